import { z } from 'zod';
import { readStoredJson } from '#schema/operations/stored-json.ts';
import { convincingAfter } from './doubts.ts';
import type { HistoryPlace } from './source.ts';

/** Whether the whole past of a page is to be read once more, beside what is known of it. */
export interface Review {
  /** It is wanted, and has not come to its end. */
  isOpen: boolean;
  /** From when on it is wanted; `null` when it is open, or not wanted. */
  from: Date | null;
  /** How far it has come; `null` at its beginning. */
  place: HistoryPlace | null;
  /** When the last one ended; `null` when there was none. */
  done: Date | null;
  /** On its way it found posts whose other dates do not convince yet. */
  isUnsettled: boolean;
  /** It is one that was wanted for such posts; of one that is done, that it was. */
  isOfDates: boolean;
}

/** A review asked for, as it is kept. */
export const reviewDue = 'due';

const storedShape = z.object({
  place: z
    .object({ id: z.number(), published: z.iso.datetime().nullable(), offset: z.number().nullable() })
    .nullish(),
  done: z.iso.datetime().optional(),
  from: z.iso.datetime().optional(),
  unsettled: z.literal(true).optional(),
  ofDates: z.literal(true).optional(),
});
type StoredReview = z.infer<typeof storedShape>;

const none: Review = {
  isOpen: false,
  from: null,
  place: null,
  done: null,
  isUnsettled: false,
  isOfDates: false,
};

/** Reads what is kept of a page's review. */
export function readReview(stored: string | null): Review {
  if (stored === null) return none;
  if (stored === reviewDue) return { ...none, isOpen: true };
  const read = storedShape.safeParse(readStoredJson(stored));
  // How far one had come that is damaged is not known: it begins anew.
  const { place, done, from, unsettled, ofDates } = read.success ? read.data : {};
  const why = { isUnsettled: unsettled === true, isOfDates: ofDates === true };
  if (done !== undefined) return { ...none, ...why, done: new Date(done) };
  if (from !== undefined) return { ...none, ...why, from: new Date(from) };
  if (!place) return { ...none, ...why, isOpen: true };
  const published = place.published === null ? null : new Date(place.published);
  return { ...none, ...why, isOpen: true, place: { ...place, published } };
}

/** Whether a review is to be read at this instant. */
export function isReviewed({ isOpen, from }: Review, now: Date): boolean {
  return isOpen || (from !== null && from <= now);
}

/** A review on its way, as it is kept: what one step adds to what was known of it. */
export function reviewAt(review: Review, place: HistoryPlace | null, isUnsettled: boolean): string {
  const stored: StoredReview = {
    place: place && { ...place, published: place.published?.toISOString() ?? null },
    ...(review.isUnsettled || isUnsettled ? { unsettled: true } : {}),
    ...(review.isOfDates ? { ofDates: true } : {}),
  };
  return JSON.stringify(stored);
}

/** A page is reviewed for what its looks or reviews show at most so often. */
const reviewEvery = 7 * 24 * 3_600_000;

/**
 * A review that has come to its end, as it is kept. When it found other dates they are looked at again as soon as that
 * would convince; one that was such a second look, a week later.
 */
export function reviewDone(review: Review, isUnsettled: boolean, at: Date): string {
  if (!review.isUnsettled && !isUnsettled) {
    return JSON.stringify({ done: at.toISOString(), ...(review.isOfDates ? { ofDates: true } : {}) });
  }
  return reviewForDates(at, review.isOfDates ? reviewEvery : convincingAfter);
}

/** A review that is wanted once other dates of posts would convince, as it is kept. */
export function reviewForDates(at: Date, after: number = convincingAfter): string {
  return JSON.stringify({ from: new Date(at.getTime() + after).toISOString(), ofDates: true });
}

/**
 * A past that has been read wholly is read once more a week later, as it is kept: what an odd answer left out or misdated
 * on the way stands in no other.
 */
export function secondReading(at: Date): string {
  return JSON.stringify({ from: new Date(at.getTime() + reviewEvery).toISOString() });
}

/** Whether a review may begin for what was seen at this instant. */
export function mayReview(stored: string | null, observed: Date): boolean {
  const { isOpen, done } = readReview(stored);
  return !isOpen && (done === null || observed.getTime() - done.getTime() >= reviewEvery);
}

/**
 * A review that is wanted for dates of posts, as it is kept: at once where some have changed, or once those that are to be
 * seen again would convince. `null`: one is wanted as soon anyway. A week lies between two of them.
 */
export function wantedForDates(
  stored: string | null,
  observed: Date,
  after: 'at once' | 'when convincing',
): string | null {
  const { isOpen, from, done, isOfDates } = readReview(stored);
  const soon = observed.getTime() + (after === 'at once' ? 0 : convincingAfter);
  if (isOpen || (from !== null && from.getTime() <= soon)) return null;
  const earliest = done && isOfDates ? done.getTime() + reviewEvery : soon;
  return reviewForDates(new Date(Math.max(soon, earliest)), 0);
}
