import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Page, PageChanges } from '#schema/operations/pages.ts';
import { lateBy } from './dates.ts';
import type { JudgedLook } from './judge.ts';
import { isAhead, usualNewest } from './plan.ts';
import type { Joined } from './record.ts';
import { mayReview, reviewDue, wantedForDates } from './review.ts';
import type { Look } from './source.ts';

/** Of the newest posts of a look so many are surely in the looks of the next hours as well: half of what one asks for. */
const surelyShown = usualNewest / 2;

/** Ids of the posts of a look that the next ones will surely show. */
function shownAgain({ posts }: Look, asked: JudgedLook['asked']): ReadonlySet<number> {
  const ofAsked = new Set(asked.map(({ postId }) => postId));
  const shown = posts.map(({ postId }) => postId).filter((postId) => !ofAsked.has(postId));
  return new Set(shown.sort((one, other) => other - one).slice(0, surelyShown));
}

/**
 * A look that shows posts which an earlier one should have shown: what was taken for known has gaps, and the past is
 * read once more.
 */
export function reviewChanges(
  { page, look, asked, passedOver }: JudgedLook & { page: Page },
  { fresh, unsettled, redated }: Pick<Joined, 'fresh' | 'unsettled' | 'redated'>,
): PageChanges {
  const { historyReached, lastSuccess } = page;
  // The mark of new posts moves over what nobody has read: all of the past is read once more.
  if (passedOver && historyReached !== null) return { review: reviewDue };
  // By a clock that was wrong it is not known what was read.
  if (historyReached !== null && isAhead(page, look.observed)) return { review: reviewDue };
  // Where the dates of some posts have changed those of others may be wrong.
  const now = redated.length > 0 ? wantedForDates(page.review, look.observed, 'at once') : null;
  if (now !== null) return { review: now };
  // The newest posts will be shown again; those that were asked for, or lie deep in a gap, are seen again in a review.
  const again = shownAgain(look, asked);
  const isBuried = unsettled.some(({ postId }) => !again.has(postId));
  const later = isBuried ? wantedForDates(page.review, look.observed, 'when convincing') : null;
  if (later !== null) return { review: later };
  if (historyReached === null || lastSuccess === null || !mayReview(page.review, look.observed)) return {};
  const known = lastSuccess.getTime() - lateBy;
  const isLate = ({ published, placement }: PostRow) => placement === 'own' && published.getTime() < known;
  return fresh.some(isLate) ? { review: reviewDue } : {};
}
