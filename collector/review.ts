import type { HistoryPlace } from './source.ts';

/** Whether the whole past of a page is to be read once more, beside what is known of it. */
export interface Review {
  /** It is wanted, and has not come to its end. */
  isOpen: boolean;
  /** How far it has come; `null` at its beginning. */
  place: HistoryPlace | null;
  /** When the last one ended; `null` when there was none. */
  done: Date | null;
}

/** A review asked for, as it is kept. */
export const reviewDue = 'due';

interface StoredReview {
  place?: { id: number; published: string | null; offset: number | null };
  done?: string;
}

/** Reads what is kept of a page's review. */
export function readReview(stored: string | null): Review {
  if (stored === null) return { isOpen: false, place: null, done: null };
  if (stored === reviewDue) return { isOpen: true, place: null, done: null };
  const { place, done } = JSON.parse(stored) as StoredReview;
  if (done !== undefined) return { isOpen: false, place: null, done: new Date(done) };
  if (!place) return { isOpen: true, place: null, done: null };
  const published = place.published === null ? null : new Date(place.published);
  return { isOpen: true, place: { ...place, published }, done: null };
}

/** A review on its way, as it is kept. */
export function reviewAt(place: HistoryPlace | null): string {
  if (place === null) return reviewDue;
  return JSON.stringify({ place: { ...place, published: place.published?.toISOString() ?? null } });
}

/** A review that has come to its end, as it is kept. */
export function reviewDone(at: Date): string {
  return JSON.stringify({ done: at.toISOString() });
}

/** A page is reviewed because of what a look shows at most so often. */
const reviewEvery = 7 * 24 * 3_600_000;

/** Whether a review may begin for what was seen at this instant. */
export function mayReview(stored: string | null, observed: Date): boolean {
  const { isOpen, done } = readReview(stored);
  return !isOpen && (done === null || observed.getTime() - done.getTime() >= reviewEvery);
}
