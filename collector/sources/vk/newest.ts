import type { Clock } from '#domain/clock.ts';
import type { LookRequest } from '../../source.ts';
import { pageOf } from './answer.ts';
import { VkFailure } from './errors.ts';
import { doubtOfItems, hasLeap, lineOf, outOfLine } from './line.ts';
import type { WallPage } from './map.ts';
import { printOf } from './sighting.ts';
import type { WallReader } from './walls.ts';

/** So many of the newest posts are compared with those of the next look. */
const mostCompared = 20;
/** How many answers to the same question there are at most, until two agree. */
const mostAnswers = 3;

/** What the last look at a wall has shown, as far as the next one is compared with it. */
interface Shown {
  count: number | null;
  /** Posts that VK counts and does not show, of those asked for. */
  missing: number;
  newestId: number;
  /** Publications by id, in milliseconds. */
  dates: ReadonlyMap<number, number>;
  outOfLine: number;
  hasLeap: boolean;
}

/** How much older a new post may be than the newest before it: it may have been planned. */
const plannedFor = 86_400_000;

/** By native id, what the last looks have shown. In memory: without it only what one answer tells by itself is seen. */
export type ShownBook = Map<number, Shown>;

function missingOf({ count, returned }: WallPage, asked: number): number {
  return count === null ? 0 : Math.max(0, Math.min(asked, count) - returned);
}

/**
 * Whether dates are odd: others than before, several out of line or older than their ids allow (ids rise with dates), or a
 * leap in them.
 */
function hasOddDates(page: WallPage, last: Shown | undefined, now: Date): boolean {
  if (outOfLine(page, now) >= Math.max(2, (last?.outOfLine ?? 0) + 1)) return true;
  if (hasLeap(lineOf(page, now)) && !last?.hasLeap) return true;
  if (!last) return false;
  const newest = (last.dates.get(last.newestId) ?? 0) - plannedFor;
  const early = page.posts.filter(
    ({ postId, published }) => postId > last.newestId && published.getTime() < newest,
  );
  const isMoved = page.posts.some(({ postId, published }) => {
    const before = last.dates.get(postId);
    return before !== undefined && before !== published.getTime();
  });
  return early.length >= 2 || isMoved;
}

/** Whether posts seem to be left out: fewer are shown than asked for, or than VK counts as new since the last look. */
function leavesOut(page: WallPage, asked: number, last: Shown | undefined): boolean {
  if (missingOf(page, asked) > (last?.missing ?? 0)) return true;
  if (!last || last.count === null || page.count === null) return false;
  const fresh = page.posts.filter(({ postId }) => postId > last.newestId).length;
  const others = Object.values(page.dropped).reduce((sum, count) => sum + count, page.removed.length);
  const isMet = page.posts.some(({ postId }) => postId <= last.newestId);
  return isMet && page.count - last.count > fresh + others;
}

/** What is odd about an answer for the newest posts; `null` when nothing is, or when there are none. */
function oddnessOf(
  page: WallPage,
  asked: number,
  last: Shown | undefined,
  now: Date,
): 'dates' | 'posts' | null {
  if (page.returned === 0) return null;
  if (hasOddDates(page, last, now)) return 'dates';
  return leavesOut(page, asked, last) ? 'posts' : null;
}

function shownBy(page: WallPage, asked: number, now: Date): Shown {
  return {
    count: page.count,
    missing: missingOf(page, asked),
    newestId: Math.max(...page.posts.map(({ postId }) => postId)),
    dates: new Map(
      page.posts.slice(0, mostCompared).map(({ postId, published }) => [postId, published.getTime()]),
    ),
    outOfLine: outOfLine(page, now),
    hasLeap: hasLeap(lineOf(page, now)),
  };
}

/** The last of several answers to the same question, with the posts that only the others show. */
function joined(pages: readonly WallPage[], last: WallPage): WallPage {
  const posts = new Map(pages.flatMap((page) => page.posts).map((post) => [post.postId, post]));
  for (const post of last.posts) posts.set(post.postId, post);
  const window = last.window && { ...last.window, ids: [...new Set([...last.window.ids, ...posts.keys()])] };
  return { ...last, posts: [...posts.values()], window };
}

/** The answer for the newest posts of a wall. With a failure: what was shown before it. */
export type Newest = { page: WallPage; failure: null } | { page: WallPage | null; failure: VkFailure };

/** A wall whose newest posts are asked for, and the answers so far. */
interface Asked {
  request: LookRequest;
  /** Answers whose posts are to be believed. */
  kept: WallPage[];
  prints: string[];
  newest: Newest | null;
}

function take(asked: Asked, page: WallPage | VkFailure, book: ShownBook, now: Date): void {
  const { request, kept, prints } = asked;
  if (page instanceof VkFailure) {
    const last = kept.at(-1);
    asked.newest = { page: last ? joined(kept, last) : null, failure: page };
    return;
  }
  const { nativeId, newest } = request;
  const oddness = doubtOfItems(page, now) ? null : oddnessOf(page, newest, book.get(nativeId), now);
  const print = printOf(page);
  const isTold = !oddness || prints.at(-1) === print || prints.length >= mostAnswers - 1;
  prints.push(print);
  if (oddness !== 'dates') kept.push(page);
  if (!isTold) return;
  asked.newest = { page: joined(kept, page), failure: null };
  if (page.posts.length > 0 && !doubtOfItems(page, now)) book.set(nativeId, shownBy(page, newest, now));
}

/**
 * Asks for the newest posts of several walls at once. Odd answers are asked for again until two agree, as VK hides posts
 * on some walls; as many as were hidden at the last look are no reason to ask. Posts that a full page leaves out show by
 * VK's count, when an earlier look told it. `split`: the batch was too large. Never throws what is VK's.
 */
export async function readNewest(
  { reader, book, clock }: { reader: WallReader; book: ShownBook; clock: Clock },
  requests: readonly LookRequest[],
  signal?: AbortSignal,
): Promise<{ newest: Newest[]; split: boolean }> {
  const all: Asked[] = requests.map((request) => ({ request, kept: [], prints: [], newest: null }));
  let isSplit = false;
  for (let left = all; left.length > 0; left = left.filter(({ newest }) => newest === null)) {
    const calls = left.map(({ request }) => ({
      groupId: request.nativeId,
      offset: 0,
      count: request.newest,
    }));
    const { answers, split } = await reader.read(calls, signal);
    isSplit ||= split;
    for (const [index, asked] of left.entries()) {
      take(asked, pageOf(answers[index], asked.request.nativeId, asked.request.newest), book, clock.now());
    }
  }
  return { newest: all.flatMap(({ newest }) => newest ?? []), split: isSplit };
}
