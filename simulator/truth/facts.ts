import type { Day, Period } from '../calendar.ts';
import { countersAt, type PostCounters } from '../world/counters.ts';
import { subscribersShown } from '../world/subscribers.ts';
import type { Page, Post } from '../world/types.ts';
import { type Question, twoDays } from './rules.ts';

/** A post as it was known at the last look at its page. */
export interface KnownPost {
  post: Post;
  day: Day;
  counters: PostCounters;
}

/** The last look at which a page could be read; `null` when it never could. */
export function lastReadable(question: Question, page: Page): number | null {
  return question.looks.findLast((look) => question.world.stateOf(page, look) === 'ok') ?? null;
}

/** The page's own undeleted posts that were there at its last look, oldest first. */
export function knownPosts(question: Question, page: Page): KnownPost[] {
  const { world } = question;
  const look = lastReadable(question, page);
  if (look === null) {
    return [];
  }
  return world
    .postsUntil(page, look)
    .filter((post) => post.placement === 'own' && (post.deletedAt === null || post.deletedAt > look))
    .map((post) => ({ post, day: world.calendar.dayOf(post.published), counters: countersAt(post, look) }))
    .filter(({ day }) => day >= question.historyFrom);
}

/** The posts whose local day lies in the period. */
export function within(posts: readonly KnownPost[], period: Period | null): KnownPost[] {
  return period === null ? [] : posts.filter(({ day }) => period.from <= day && day <= period.to);
}

/** The subscribers seen at the last look in the 48 hours before an instant (the instant itself left out or in). */
function subscribersBefore(question: Question, page: Page, bound: number, inclusive: boolean): number | null {
  const look = question.looks.findLast(
    (candidate) =>
      (inclusive ? candidate <= bound : candidate < bound) &&
      question.world.stateOf(page, candidate) === 'ok',
  );
  return look === undefined || bound - look > twoDays ? null : subscribersShown(page, look);
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
