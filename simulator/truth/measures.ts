import { type Day, daysBetween, daysOf, type Period } from '../calendar.ts';
import type { Network, Organisation, Page } from '../world/types.ts';
import { erViewOver, type Part, partsShown } from './engagement.ts';
import { isCovered, knownPosts, subscribersAround, within } from './facts.ts';
import type { KnownPost } from './known-post.ts';
import { expectedDays, maturity, type Question, spanOf } from './rules.ts';
import type { TruthMeasures } from './types.ts';

/** Everything but the status. */
export type TruthNumbers = Omit<TruthMeasures, 'status' | 'statusReason' | 'daysSilent'>;

/** The parts of reactions that ER by view is made of in each network. */
export type PartsByNetwork = Partial<Record<Network, readonly Part[]>>;

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

function reactionsOf({ own }: KnownPost): (number | null)[] {
  return [own.likes, own.comments, own.reposts];
}

function isWhole(post: KnownPost): boolean {
  return reactionsOf(post).every((count) => count !== null);
}

/** The mature ones of the posts: published 72 hours before the asking or earlier. */
export function matureOf(question: Question, posts: readonly KnownPost[]): KnownPost[] {
  return posts.filter(({ post }) => post.published <= question.now - maturity);
}

/** The median views of mature posts that show them. */
export function medianViewsOf(mature: readonly KnownPost[]): number | null {
  return median(mature.map(({ own }) => own.views).filter((views) => views !== null));
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

/** The pages whose medians and rates stand for all: those of the only network with posts; `null` when several have some. */
function ratedPages(pages: readonly Page[], posts: readonly KnownPost[]): readonly Page[] | null {
  const publishing = pages.filter(({ id }) => posts.some(({ post }) => post.pageId === id));
  const networks = new Set(publishing.map(({ network }) => network));
  if (networks.size > 1) {
    return null;
  }
  return networks.size === 0 ? pages : pages.filter(({ network }) => networks.has(network));
}

/**
 * The numbers of some pages of one organisation over a period. ER by view is made of the given parts of reactions in
 * each network, else of those that the organisation itself shows.
 */
export function numbersOf(
  question: Question,
  organisation: Organisation,
  pages: readonly Page[],
  period: Period,
  parts?: PartsByNetwork,
): TruthNumbers {
  const all = pages.flatMap((page) => knownPosts(question, page));
  const posts = within(all, period);
  const mature = matureOf(question, posts);
  // Of days that no look covers nothing is known, which is not zero.
  const isKnown = isCovered(question, pages, period);
  const counted = (found: readonly KnownPost[]): number | null => (isKnown ? found.length : null);
  const span = isKnown ? spanOf(question, organisation, period) : null;
  const known = (values: readonly (number | null)[]): number | null => (isKnown ? sumOfKnown(values) : null);
  const tracked = expectedDays(question, organisation, span).length;
  const onTracked = within(posts, span).length;
  const originals = posts.filter(({ post }) => post.sources.length === 0);
  const views = known(posts.map(({ own }) => own.views));
  const likes = known(posts.map(({ own }) => own.likes));
  const comments = known(posts.map(({ own }) => own.comments));
  const shares = known(posts.map(({ own }) => own.reposts));
  const reactions = sumOfKnown([likes, comments, shares]);
  const grown = growthOf(question, pages, period);
  const days = span === null ? 0 : daysOf(span).length;
  // Networks are never mixed in one mean.
  const rated = ratedPages(pages, posts);
  const network = posts.length > 0 ? rated?.[0]?.network : undefined;
  const audience = rated === null ? null : growthOf(question, rated, period).subscribers;
  // Without a post there were no reactions; with posts that are still gaining only, nothing can be said yet.
  const matureReactions =
    rated === null || (posts.length > 0 && mature.length === 0) ? null : known(mature.flatMap(reactionsOf));
  const medianViews = rated === null ? null : medianViewsOf(mature);
  const erParts = network === undefined ? [] : (parts?.[network] ?? partsShown(mature));
  const erView = erViewOver(mature, erParts);
  return {
    posts: counted(posts),
    originals: counted(originals),
    reposts: isKnown ? posts.length - originals.length : null,
    maturePosts: counted(mature),
    postsPerWeek:
      tracked === 0 ? null : isFullPastWeek(question, period) ? onTracked : onTracked / (tracked / 7),
    views,
    viewsPrecision:
      views === null
        ? null
        : posts.some(({ own, rounded }) => rounded && own.views !== null)
          ? 'rounded'
          : 'exact',
    medianViews,
    likes,
    comments,
    shares,
    reactions,
    // There are too few in this world to be abbreviated.
    reactionsPrecision: reactions === null ? null : 'exact',
    partialReactions: posts.filter((post) => !isWhole(post)).length,
    erView,
    erParts: erView === null ? [] : erParts,
    erPost: divided(divided(matureReactions, mature.length), audience),
    erDay: divided(divided(matureReactions, days), audience),
    reachRate: divided(medianViews, audience),
    ...grown,
    subscribersPrecision: grown.subscribers === null ? null : 'exact',
    longestSilence: longestSilence(
      all.map(({ day }) => day),
      span,
    ),
  };
}
