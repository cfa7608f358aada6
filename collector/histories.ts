import type { Day } from '../domain/period.ts';
import type { Page } from '../schema/operations/pages.ts';
import { isConvincing, readDoubt } from './evidence.ts';
import type { HistoryPurpose } from './record-history.ts';
import { readReview } from './review.ts';
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

function purposeOf(page: Page, historyFrom: Day, slot: Date): HistoryPurpose | null {
  if (page.historyReached === null || page.historyReached > historyFrom) return 'open';
  // The weekly look looks at the end again, when one kind of answer is all that speaks for it.
  const isDeepNow = page.lastDeep?.getTime() === slot.getTime();
  if (page.reachProof === 'weak' && isDeepNow && page.historyCursor !== null) return 'verify';
  return readReview(page.review).isOpen ? 'review' : null;
}

const order: Record<HistoryPurpose, number> = { open: 0, verify: 1, review: 2 };

/** Pages whose past is to be read, those not known yet first. */
export function chooseHistories(
  pages: readonly Page[],
  { historyFrom, slot, now }: { historyFrom: Day; slot: Date; now: Date },
): ChosenHistory[] {
  const chosen = pages.flatMap((page) => {
    const purpose = purposeOf(page, historyFrom, slot);
    if (purpose === null) return [];
    const doubt = readDoubt(page.historyDoubt);
    const accepts = doubt && isConvincing(doubt, now) ? doubt.detail : null;
    const place = purpose === 'review' ? readReview(page.review).place : placeOf(page);
    return [{ page, purpose, place, accepts }];
  });
  return chosen.sort((one, other) => order[one.purpose] - order[other.purpose]);
}
