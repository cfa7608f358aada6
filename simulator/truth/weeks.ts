import { addDays, mondayOf, type Period } from '../calendar.ts';
import type { Organisation, Page } from '../world/types.ts';
import { isCovered, knownPosts, within } from './facts.ts';
import type { Question } from './rules.ts';

const shownWeeks = 13;

/** Posts of the last 13 ISO weeks that are over at the period's end, oldest first; `null` for those that no look covers. */
export function weeksOf(
  question: Question,
  organisation: Organisation,
  pages: readonly Page[],
  period: Period,
): (number | null)[] {
  const yesterday = addDays(question.today, -1);
  const end = period.to < yesterday ? period.to : yesterday;
  const monday = addDays(mondayOf(addDays(end, 1)), -7);
  const started = question.knows === 'world' ? (organisation.started ?? '') : '';
  const posts = pages.flatMap((page) => knownPosts(question, page));
  return Array.from({ length: shownWeeks }, (_unused, index) => {
    const from = addDays(monday, 7 * (index + 1 - shownWeeks));
    const week = { from, to: addDays(from, 6) };
    const isTracked = isCovered(question, pages, week) && week.to >= started;
    return isTracked ? within(posts, week).length : null;
  });
}
