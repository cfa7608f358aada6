import type { Day } from '#domain/period.ts';
import type { Page } from '#schema/operations/pages.ts';
import { isUncounted } from './counted.ts';
import { doubtsOf, isConvincing, readDoubt } from './doubts.ts';
import type { HistoryPurpose } from './record-history.ts';
import { isReviewed, readReview } from './review.ts';
import type { HistoryPlace } from './source.ts';

/** A page whose past is read in this run, why, and from where on. */
export interface ChosenHistory {
  page: Page;
  purpose: HistoryPurpose;
  place: HistoryPlace | null;
  /** The detail of a doubt that has convinced: it is passed over. */
  accepts: string | null;
}

/** Where a page's past was read to; `null` at its beginning. */
function placeOf(page: Page): HistoryPlace | null {
  if (page.historyCursor === null) return null;
  return { id: page.historyCursor, published: page.historyPublished, offset: page.historyOffset };
}

/**
 * Whether a past was read to its end twice, and the same items were no posts both times, or once, and the network counts
 * more posts: it is read again when that would convince.
 */
function isWaiting(page: Page, now: Date): boolean {
  const doubt = readDoubt(page.historyDoubt);
  if (doubt === null) return false;
  if (!isUncounted(doubt) && (doubt.again !== true || doubt.drops === undefined)) return false;
  return page.historyCursor === null && page.historyDropped === null && !isConvincing(doubt, now);
}

function purposeOf(page: Page, historyFrom: Day, slot: Date, now: Date): HistoryPurpose | null {
  if (page.historyReached === null || page.historyReached > historyFrom) {
    return isWaiting(page, now) ? null : 'open';
  }
  // All of it read once more comes to its end as well.
  if (isReviewed(readReview(page.review), now)) return 'review';
  // The weekly look looks at the end again, when one kind of answer is all that speaks for it.
  const isDeepNow = page.lastDeep?.getTime() === slot.getTime();
  if (page.reachProof === 'weak' && isDeepNow && page.historyCursor !== null) return 'verify';
  return null;
}

const order: Record<HistoryPurpose, number> = { open: 0, verify: 1, review: 2 };

/** Details of the doubts kept of a page that convince at an instant: whoever reads it passes them over. */
export function acceptedIn(stored: string | null, now: Date): string[] {
  const convincing = doubtsOf(readDoubt(stored)).filter((doubt) => isConvincing(doubt, now));
  // What was left out on the whole way is for the end of the way to judge.
  return convincing
    .filter((doubt) => doubt.drops === undefined && !isUncounted(doubt))
    .map(({ detail }) => detail);
}

/** Pages whose past is to be read, those not known yet first. */
export function chooseHistories(
  pages: readonly Page[],
  { historyFrom, slot, now }: { historyFrom: Day; slot: Date; now: Date },
): ChosenHistory[] {
  const chosen = pages.flatMap((page) => {
    const purpose = purposeOf(page, historyFrom, slot, now);
    if (purpose === null) return [];
    const [accepts = null] = acceptedIn(page.historyDoubt, now);
    const place = purpose === 'review' ? readReview(page.review).place : placeOf(page);
    return [{ page, purpose, place, accepts }];
  });
  return chosen.sort((one, other) => order[one.purpose] - order[other.purpose]);
}
