import type { Period } from '../calendar.ts';
import type { Page } from '../world/types.ts';
import type { KnownPost } from './known-post.ts';
import { type Question, twoDays } from './rules.ts';
import { countersSeen, looksAt, stateSeen, subscribersSeen } from './visibility.ts';

/** The last look at which a page could be read; `null` when it never could. */
export function lastReadable(question: Question, page: Page): number | null {
  return looksAt(question, page).findLast((look) => stateSeen(question, page, look) === 'ok') ?? null;
}

/** The days of which a page's posts are known: from the wanted history to its last readable look; `null` without one. */
function coveredDays(question: Question, page: Page): Period | null {
  const look = lastReadable(question, page);
  const to = look === null ? null : question.world.calendar.dayOf(look);
  return to === null || to < question.historyFrom ? null : { from: question.historyFrom, to };
}

/** Whether a day of the period is among those covered of one of the pages. */
export function isCovered(question: Question, pages: readonly Page[], period: Period): boolean {
  return pages.some((page) => {
    const covered = coveredDays(question, page);
    return covered !== null && covered.from <= period.to && period.from <= covered.to;
  });
}

/** The page's own undeleted posts that were there at its last look, oldest first. */
export function knownPosts(question: Question, page: Page): readonly KnownPost[] {
  const posts = question.known.get(page.id) ?? readPosts(question, page);
  question.known.set(page.id, posts);
  return posts;
}

function readPosts(question: Question, page: Page): KnownPost[] {
  const { world } = question;
  const look = lastReadable(question, page);
  if (look === null) {
    return [];
  }
  return world
    .postsUntil(page, look)
    .filter((post) => post.placement === 'own' && (post.deletedAt === null || post.deletedAt > look))
    .map((post) => ({
      post,
      day: world.calendar.dayOf(post.published),
      ...countersSeen(question, page, post, look),
    }))
    .filter(({ day }) => day >= question.historyFrom);
}

/** The posts whose local day lies in the period. */
export function within(posts: readonly KnownPost[], period: Period | null): KnownPost[] {
  return period === null ? [] : posts.filter(({ day }) => period.from <= day && day <= period.to);
}

/** The subscribers seen at the last look in the 48 hours before an instant (the instant itself left out or in). */
function subscribersBefore(question: Question, page: Page, bound: number, inclusive: boolean): number | null {
  const look = looksAt(question, page).findLast(
    (candidate) =>
      (inclusive ? candidate <= bound : candidate < bound) &&
      (stateSeen(question, page, candidate) === 'ok' || subscribersSeen(question, page, candidate) !== null),
  );
  return look === undefined || bound - look > twoDays ? null : subscribersSeen(question, page, look);
}

/** Subscribers before a period and at its end (or now, while it runs), each at most 48 hours from the bound. */
export function subscribersAround(
  question: Question,
  page: Page,
  period: Period,
): { start: number | null; end: number | null } {
  const { calendar } = question.world;
  const from = calendar.startOf(period.from);
  const to = calendar.endOf(period.to);
  const running = to > question.now;
  return {
    start: subscribersBefore(question, page, from, false),
    end: subscribersBefore(question, page, running ? question.now : to, running),
  };
}
