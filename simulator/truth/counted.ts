import { addDays, type Day, daysBetween, daysOf, mondayOf, type Period } from '../calendar.ts';
import type { Organisation, Page, Post } from '../world/types.ts';
import { isCovered, knownPosts, within } from './facts.ts';
import type { KnownPost } from './known-post.ts';
import { expectedDays, type Question, spanOf, tierRules, twoDays } from './rules.ts';
import type { TruthCounted } from './types.ts';

/** Words by post, once worked out: they hang on nothing but the world. */
const wordsByPost = new WeakMap<Post, string>();

/** The words of a post: the same for a text and for its repetitions. Empty when there are none to compare. */
function wordsOf(question: Question, post: Post): string {
  const words = wordsByPost.get(post) ?? readWords(question, post);
  wordsByPost.set(post, words);
  return words;
}

function readWords(question: Question, post: Post): string {
  if (post.donut) {
    return '';
  }
  if (post.copyOf !== null) {
    const [pageId, postId] = post.copyOf.split('_').map(Number);
    const page = question.world.page(pageId ?? 0);
    const source =
      page && question.world.postsUntil(page, post.published).find((candidate) => candidate.id === postId);
    if (source) {
      return wordsOf(question, source);
    }
  }
  // A repost without words of its own shows its source's.
  return (post.text === '' ? (post.sources[0]?.text ?? '') : post.text)
    .toLowerCase()
    .replace(/#[\p{L}\p{N}_]+/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The posts without those that repeat a counted one of the 48 hours before. */
function uniqueOf(question: Question, posts: readonly KnownPost[]): KnownPost[] {
  const kept: { known: KnownPost; words: string }[] = [];
  const inOrder = [...posts].sort(
    (left, right) =>
      left.post.published - right.post.published ||
      left.post.pageId - right.post.pageId ||
      left.post.id - right.post.id,
  );
  for (const known of inOrder) {
    const words = wordsOf(question, known.post);
    const repeated = kept.some(
      (earlier) =>
        words !== '' &&
        earlier.words === words &&
        known.post.published - earlier.known.post.published <= twoDays,
    );
    if (!repeated) {
      kept.push({ known, words });
    }
  }
  return kept.map(({ known }) => known);
}

/** A day's posts that count: at most three, originals first. */
function countedOfDay(posts: readonly KnownPost[]): { originals: number; reposts: number } {
  const originals = Math.min(3, posts.filter(({ post }) => post.sources.length === 0).length);
  const reposts = posts.filter(({ post }) => post.sources.length > 0).length;
  return { originals, reposts: Math.min(reposts, 3 - originals) };
}

/** The first day of the block a day belongs to: its ISO week's Monday, or 28 days back from the window's end. */
function blockOf(day: Day, window: Period, blockDays: number): Day {
  if (blockDays === 7) {
    return mondayOf(day);
  }
  const back = Math.floor(daysBetween(day, window.to) / blockDays);
  return addDays(window.to, -(back + 1) * blockDays + 1);
}

/** What frequency and regularity of an organisation are made of over a window. */
export function countedOf(
  question: Question,
  organisation: Organisation,
  pages: readonly Page[],
  window: Period,
): TruthCounted {
  const rule = tierRules[organisation.tier];
  const span = isCovered(question, pages, window) ? spanOf(question, organisation, window) : null;
  const expected = expectedDays(question, organisation, span);
  const unique = within(
    uniqueOf(
      question,
      pages.flatMap((page) => knownPosts(question, page)),
    ),
    span,
  );
  const blocks = new Map<Day, { originals: number; reposts: number }>();
  for (const day of span === null ? [] : daysOf(span)) {
    const today = countedOfDay(unique.filter((post) => post.day === day));
    const block = blockOf(day, window, rule.blockDays);
    const before = blocks.get(block) ?? { originals: 0, reposts: 0 };
    blocks.set(block, {
      originals: before.originals + today.originals,
      reposts: before.reposts + today.reposts,
    });
  }
  const counts = new Map(
    [...blocks].map(([block, { originals, reposts }]) => [
      block,
      originals + Math.min(reposts, rule.posts / 2),
    ]),
  );
  const countedPosts = [...counts.values()].reduce((total, count) => total + count, 0);
  const full = [...counts].filter(([block]) => {
    const days = daysOf({ from: block, to: addDays(block, rule.blockDays - 1) });
    return days.every((day) => expected.includes(day));
  });
  return {
    countedPosts,
    trackedDays: expected.length,
    perWeek: expected.length === 0 ? null : countedPosts / (expected.length / 7),
    norm: (rule.posts * 7) / rule.blockDays,
    weeks: full.length,
    weeksAtNorm: full.filter(([, count]) => count >= rule.posts).length,
  };
}

/**
 * The days the index is made over: 13 full ISO weeks up to the last Sunday not after the period's end and yesterday,
 * or the period itself (up to yesterday) when that is longer.
 */
export function windowOf(question: Question, period: Period): Period {
  const yesterday = addDays(question.today, -1);
  const end = period.to < yesterday ? period.to : yesterday;
  if (period.from <= end && daysOf({ from: period.from, to: end }).length > 91) {
    return { from: period.from, to: end };
  }
  const monday = mondayOf(end);
  const sunday = addDays(monday, 6);
  const to = sunday === end ? sunday : addDays(monday, -1);
  return { from: addDays(to, -90), to };
}
