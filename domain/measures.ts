import { addDays, countDaysWithout, daysBetween, daysIn, overlap, pastPart, unitOf } from './period.ts';
import type { Day, Period } from './period.ts';
import type { Precision } from './vocabulary.ts';

/** A post younger than this is still gaining: counted as a post, left out of medians and rates. */
export const maturity = 72 * 3_600_000;
/** Below this many mature posts medians and rates say little (`few_posts`). */
export const fewPosts = 5;
/** How far from a period's bound a snapshot of subscribers may be. */
const snapshotTolerance = 48 * 3_600_000;

/** The instant at or before which a post has to be published to be mature. */
export function matureBy(now: Date): Date {
  return new Date(now.getTime() - maturity);
}

/**
 * The part of a period that is tracked: from the latest of the wanted history, the history reached and the
 * organisation's start, to the period's end or yesterday. `null` when nothing is left, or no history was read.
 */
export function trackedSpan(
  period: Period,
  beginnings: { historyFrom: Day; historyReached: Day | null; started: Day | null },
  today: Day,
): Period | null {
  const past = pastPart(period, today);
  if (past === null || beginnings.historyReached === null) {
    return null;
  }
  const from =
    [beginnings.historyFrom, beginnings.historyReached, beginnings.started ?? ''].sort().at(-1) ?? '';
  return overlap(past, { from, to: past.to });
}

/** Tracked days: those of the span without agreed pauses and holidays (which may overlap). */
export function trackedDays(span: Period | null, without: readonly Period[]): number {
  return countDaysWithout(span, without);
}

/**
 * Posts per week: posts of the tracked span / (its tracked days / 7). A period of one full past week that is an ISO
 * week shows the whole number. `null` without a tracked day.
 */
export function postsPerWeek(posts: number, days: number, period: Period, today: Day): number | null {
  if (days === 0) {
    return null;
  }
  return unitOf(period) === 'week' && period.to < today ? posts : posts / (days / 7);
}

/**
 * The longest silence within a period, in days: between two posts the difference of their local days; before the first
 * one and after the last one the days without a post; without posts all days. `null` for a period without past days.
 */
export function longestSilence(postDays: readonly Day[], period: Period | null): number | null {
  if (period === null) {
    return null;
  }
  const inside = postDays.filter((day) => period.from <= day && day <= period.to).sort();
  if (inside.length === 0) {
    return daysIn(period);
  }
  const points = [period.from, ...inside, period.to];
  return Math.max(...points.slice(1).map((day, index) => daysBetween(points[index] ?? day, day)));
}

/** The median: of an even number the mean of the middle two. `null` of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The sum of what is known; `null` when there are values and none is known. Nothing at all sums up to zero. */
export function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 && values.length > 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** A fraction; `null` when a part is unknown or the divisor is zero. */
export function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

/** ER by post, a fraction: reactions / posts / subscribers at the period's end. */
export function engagementByPost(
  reactions: number | null,
  posts: number | null,
  subscribers: number | null,
): number | null {
  return ratio(ratio(reactions, posts), subscribers);
}

/** ER by day, a fraction: reactions / days / subscribers at the period's end. */
export function engagementByDay(
  reactions: number | null,
  days: number,
  subscribers: number | null,
): number | null {
  return ratio(ratio(reactions, days), subscribers);
}

/** ERR (reach rate), a fraction that may exceed 1: median views per post / subscribers, within one network. */
export function reachRate(medianViews: number | null, subscribers: number | null): number | null {
  return ratio(medianViews, subscribers);
}

/** Coverage: subscriptions per 100 union members; may exceed 100. */
export function coverage(subscriptions: number | null, members: number | null): number | null {
  const share = ratio(subscriptions, members);
  return share === null ? null : share * 100;
}

/** A count of subscribers as observed. */
export interface Snapshot {
  count: number;
  precision: Precision;
  observed: Date;
}

/** Subscriptions: the sum over the pages that are known; rounded when a part is. `null` when none is known. */
export function subscriptionsOf(pages: readonly (Pick<Snapshot, 'count' | 'precision'> | null)[]): {
  count: number | null;
  precision: Precision | null;
} {
  const known = pages.filter((page) => page !== null);
  if (known.length === 0) {
    return { count: null, precision: null };
  }
  const count = known.reduce((sum, page) => sum + page.count, 0);
  return { count, precision: known.some(({ precision }) => precision === 'rounded') ? 'rounded' : 'exact' };
}

/** Whether a snapshot is the one for a bound: before it (or at it), and at most 48 hours. */
export function isNearBound(snapshot: Pick<Snapshot, 'observed'>, bound: Date): boolean {
  const age = bound.getTime() - snapshot.observed.getTime();
  return age >= 0 && age <= snapshotTolerance;
}

/**
 * Growth: the last snapshots of the period minus the last before it, each page's near its bound (the caller looks that
 * up with `isNearBound`). Over several pages only when every page is known at both; of different precision nothing is
 * subtracted. `share` is a fraction of the start; `null` when that is zero.
 */
export function growthOf(
  pages: readonly {
    start: Pick<Snapshot, 'count' | 'precision'> | null;
    end: Pick<Snapshot, 'count' | 'precision'> | null;
  }[],
): { growth: number | null; share: number | null } {
  let [start, end] = [0, 0];
  for (const page of pages) {
    if (page.start === null || page.end === null || page.start.precision !== page.end.precision) {
      return { growth: null, share: null };
    }
    start += page.start.count;
    end += page.end.count;
  }
  return pages.length === 0
    ? { growth: null, share: null }
    : { growth: end - start, share: ratio(end - start, start) };
}

/** Weekly growth, a fraction: (end / start)^(1 / weeks) - 1. */
export function weeklyGrowth(start: number | null, end: number | null, weeks: number): number | null {
  const whole = ratio(end, start);
  return whole === null || weeks <= 0 ? null : whole ** (1 / weeks) - 1;
}

/** The mean of the middle half: without the lowest and the highest quarter (rounded down). `null` of nothing. */
export function middleHalfMean(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 4);
  const middle = sorted.slice(cut, sorted.length - cut);
  return ratio(
    middle.reduce((sum, value) => sum + value, 0),
    middle.length,
  );
}

/** Overperformance of a post: its counters / what the page's last originals had at the same age. */
export function overperformance(counters: number | null, atSameAge: readonly number[]): number | null {
  return ratio(counters, middleHalfMean(atSameAge));
}

/** The last day of a period that can be known: its end or yesterday. */
export function lastPastDay(period: Period, today: Day): Day {
  const yesterday = addDays(today, -1);
  return period.to < yesterday ? period.to : yesterday;
}
