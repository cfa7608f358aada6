import { allowedDays } from '#domain/allowed-days.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { DoubtSeen } from './doubts.ts';
import { convincingAfter } from './doubts.ts';
import type { Doubt, Look, ObservedPost } from './source.ts';

/**
 * What dates of posts are worth. The date of a post is one answer's word: another one that is said twice, hours apart,
 * takes its place; a single answer with other dates changes nothing.
 */

/** How much later than the answer a post may say that it was published: clocks differ. In milliseconds. */
export const clockTolerance = 10 * 60_000;
/** No network of today is as old. */
const earliest = Date.parse(`${allowedDays.from}T00:00:00Z`);
/** An answer that shows fewer known posts under other dates is not doubted for it. */
const fewestRedated = 3;

/** Posts whose dates are possible, and the others counted by reason: they are none, and their ids are there. */
export function withPossibleDates(
  posts: readonly ObservedPost[],
  observed: Date,
): { posts: ObservedPost[]; dropped: Record<string, number> } {
  const latest = observed.getTime() + clockTolerance;
  const kept: ObservedPost[] = [];
  const dropped: Record<string, number> = {};
  for (const post of posts) {
    const published = post.published.getTime();
    if (published >= earliest && published <= latest) kept.push(post);
    else {
      const reason = published < earliest ? 'impossible_date' : 'future_date';
      dropped[reason] = (dropped[reason] ?? 0) + 1;
    }
  }
  return { posts: kept, dropped };
}

/** Whether a stored publication cannot be right: later than the first answer that showed the post. */
export function isMisdated({ published, firstSeen }: Pick<PostRow, 'published' | 'firstSeen'>): boolean {
  return published.getTime() > firstSeen.getTime() + clockTolerance;
}

type Dates = Pick<PostRow, 'published' | 'otherPublished' | 'otherSince'>;

const sameInstant = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime();

/**
 * When a post was published, after an answer of that instant that shows it. A date that cannot be right gives way at once,
 * any other to one that is shown twice, hours apart, with none but it in between. An album tells its date by its first
 * message alone.
 */
export function datesOf(post: ObservedPost, known: PostRow | null, observed: Date): Dates {
  const settled = (published: Date): Dates => ({ published, otherPublished: null, otherSince: null });
  if (known === null) return settled(post.published);
  if (post.postId !== known.postId) {
    const { published, otherPublished, otherSince } = known;
    return { published, otherPublished, otherSince };
  }
  if (sameInstant(post.published, known.published)) return settled(known.published);
  if (isMisdated(known)) return settled(post.published);
  const { published, otherPublished, otherSince } = known;
  if (otherSince === null || !sameInstant(post.published, otherPublished)) {
    return { published, otherPublished: post.published, otherSince: observed };
  }
  const isConvinced = observed.getTime() - otherSince.getTime() >= convincingAfter;
  return isConvinced ? settled(post.published) : { published, otherPublished, otherSince };
}

/** Known posts that a look shows under other dates. */
export interface Redated {
  /** Known posts of the look whose dates can be compared. */
  compared: number;
  /** Shown under another date, which does not convince yet. */
  unsettled: number;
  /** Shown under another date, which takes the place of the one before. */
  settled: number;
}

/** Compares the dates of a look with those known. A date that could not be right is no evidence. */
export function redatedOf(
  { posts, observed }: Pick<Look, 'posts' | 'observed'>,
  known: ReadonlyMap<number, PostRow>,
): Redated {
  const redated: Redated = { compared: 0, unsettled: 0, settled: 0 };
  for (const post of posts) {
    const row = known.get(post.postId);
    if (!row || isMisdated(row)) continue;
    redated.compared += 1;
    const { published, otherPublished } = datesOf(post, row, observed);
    if (otherPublished !== null) redated.unsettled += 1;
    else if (!sameInstant(published, row.published)) redated.settled += 1;
  }
  return redated;
}

const isMany = (count: number, { compared }: Redated) => count >= fewestRedated && count * 2 >= compared;

/** The doubt of an answer that shows at least half of the known posts under other dates. */
export function doubtOfDates(redated: Redated): Doubt | null {
  if (!isMany(redated.unsettled, redated)) return null;
  const detail = `${redated.unsettled} of ${redated.compared} known posts have other dates`;
  return { kind: 'redated', detail };
}

/** How much earlier than the last look a post may be that it did not show yet. */
export const lateBy = 24 * 3_600_000;

/**
 * The doubt of an answer of which at least half are new posts, of greater ids than all known, that are dated before the
 * last good look: that would have shown them.
 */
export function doubtOfOrder(
  { posts }: Pick<Look, 'posts'>,
  known: ReadonlyMap<number, PostRow>,
  lastSuccess: Date | null,
): DoubtSeen | null {
  if (lastSuccess === null || known.size === 0) return null;
  const newest = Math.max(...known.keys());
  const latest = lastSuccess.getTime() - lateBy;
  const late = posts.filter(
    ({ postId, published, placement }) =>
      postId > newest && placement === 'own' && published.getTime() < latest,
  );
  if (late.length < fewestRedated || late.length * 2 < posts.length) return null;
  const detail = `${late.length} new posts are dated before the last look, which did not show them`;
  return { kind: 'redated', detail, missing: late.map(({ postId }) => postId) };
}

/** Whether the dates by which a page was known have changed, so that what was reached by them is not. */
export function isRedated(redated: Redated): boolean {
  return isMany(redated.settled, redated);
}
