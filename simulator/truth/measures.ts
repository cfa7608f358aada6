import { type Day, daysBetween, daysOf, type Period } from '../calendar.ts';
import type { Organisation, Page } from '../world/types.ts';
import { knownPosts, type KnownPost, lastReadable, subscribersAround, within } from './facts.ts';
import { expectedDays, maturity, type Question, spanOf } from './rules.ts';
import type { TruthMeasures } from './types.ts';

/** Everything but the status. */
export type TruthNumbers = Omit<TruthMeasures, 'status' | 'statusReason' | 'daysSilent'>;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 && values.length > 0 ? null : sum(known);
}

function divided(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

/** The middle value, or the mean of the two middle ones. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)];
  const lower = sorted[Math.ceil(half) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

function reactionsOf({ counters }: KnownPost): (number | null)[] {
  return [counters.likes, counters.comments, counters.reposts];
}

function isWhole(post: KnownPost): boolean {
  return reactionsOf(post).every((count) => count !== null);
}

/** ER by view: reactions / views over mature posts that show all four counters. */
export function erViewOf(mature: readonly KnownPost[]): number | null {
  const comparable = mature.filter((post) => post.counters.views !== null && isWhole(post));
  const reactions = sum(comparable.flatMap((post) => reactionsOf(post).map((count) => count ?? 0)));
  return comparable.length === 0
    ? null
    : divided(reactions, sum(comparable.map((post) => post.counters.views ?? 0)));
}

/** The mature ones of the posts: published 72 hours before the asking or earlier. */
export function matureOf(question: Question, posts: readonly KnownPost[]): KnownPost[] {
  return posts.filter(({ post }) => post.published <= question.now - maturity);
}

/** The median views of mature posts that show them. */
export function medianViewsOf(mature: readonly KnownPost[]): number | null {
  return median(mature.map(({ counters }) => counters.views).filter((views) => views !== null));
}

/** Growth over a period, absolute and as a fraction: known only when every page is known before it and at its end. */
export function growthOf(
  question: Question,
  pages: readonly Page[],
  period: Period,
): { growth: number | null; growthPercent: number | null; subscribers: number | null } {
  const counts = pages.map((page) => subscribersAround(question, page, period));
  const ends = counts.map(({ end }) => end);
  const subscribers = ends.every((end) => end === null) ? null : sumOfKnown(ends);
  const known = pages.length > 0 && counts.every(({ start, end }) => start !== null && end !== null);
  const start = sum(counts.map((count) => count.start ?? 0));
  const growth = known ? sum(ends.map((end) => end ?? 0)) - start : null;
  return { growth, growthPercent: divided(growth, start), subscribers };
}

/** The largest gap in days: between two posts, or days without a post at the span's ends. */
function longestSilence(days: readonly Day[], span: Period | null): number | null {
  if (span === null) {
    return null;
  }
  const inside = days.filter((day) => span.from <= day && day <= span.to).sort();
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined) {
    return daysOf(span).length;
  }
  const between = inside.slice(1).map((day, index) => daysBetween(inside[index] ?? day, day));
  return Math.max(daysBetween(span.from, first), daysBetween(last, span.to), ...between);
}

function isFullPastWeek(question: Question, period: Period): boolean {
  const days = daysOf(period);
  const { calendar } = question.world;
  const week = calendar.daysOfWeek(calendar.weekOf(calendar.startOf(period.from)));
  return days.length === 7 && week[0] === period.from && period.to < question.today;
}

/** The numbers of some pages of one organisation over a period. */
export function numbersOf(
  question: Question,
  organisation: Organisation,
  pages: readonly Page[],
  period: Period,
): TruthNumbers {
  const isRead = pages.some((page) => lastReadable(question, page) !== null);
  const all = pages.flatMap((page) => knownPosts(question, page));
  const posts = within(all, period);
  const mature = matureOf(question, posts);
  // Of pages that could never be read nothing is known, which is not zero.
  const span = isRead ? spanOf(question, organisation, period) : null;
  const known = (values: readonly (number | null)[]): number | null => (isRead ? sumOfKnown(values) : null);
  const tracked = expectedDays(question, organisation, span).length;
  const onTracked = within(posts, span).length;
  const originals = posts.filter(({ post }) => post.sources.length === 0).length;
  const likes = known(posts.map(({ counters }) => counters.likes));
  const comments = known(posts.map(({ counters }) => counters.comments));
  const shares = known(posts.map(({ counters }) => counters.reposts));
  // Without a post there were no reactions; with posts that are still gaining only, nothing can be said yet.
  const matureReactions =
    posts.length > 0 && mature.length === 0 ? null : sumOfKnown(mature.flatMap(reactionsOf));
  const medianViews = medianViewsOf(mature);
  const grown = growthOf(question, pages, period);
  const days = span === null ? 0 : daysOf(span).length;
  return {
    posts: posts.length,
    originals,
    reposts: posts.length - originals,
    maturePosts: mature.length,
    postsPerWeek:
      tracked === 0 ? null : isFullPastWeek(question, period) ? onTracked : onTracked / (tracked / 7),
    views: known(posts.map(({ counters }) => counters.views)),
    medianViews,
    likes,
    comments,
    shares,
    reactions: sumOfKnown([likes, comments, shares]),
    partialReactions: posts.filter((post) => !isWhole(post)).length,
    erView: erViewOf(mature),
    erPost: divided(divided(matureReactions, mature.length), grown.subscribers),
    erDay: divided(divided(matureReactions, days), grown.subscribers),
    reachRate: divided(medianViews, grown.subscribers),
    ...grown,
    longestSilence: longestSilence(
      all.map(({ day }) => day),
      span,
    ),
  };
}
