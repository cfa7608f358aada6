import { normPerWeek } from './norms.ts';
import type { TierNorm } from './norms.ts';
import { countDaysWithout, dayNumberOf, dayOfNumber, overlap } from './period.ts';
import type { Period } from './period.ts';

/** At most this many posts of a local day count for the index. */
const countedPostsPerDay = 3;

/** A local day's posts after near-identical texts have been made one; several pages' days may come one by one. */
export interface CountableDay {
  /** Days since 1970-01-01. */
  dayNumber: number;
  uniqueOriginals: number;
  uniqueReposts: number;
}

/** The days that are looked at: the tracked ones are those of the span that lie in no pause and no holiday. */
export interface TrackedDays {
  /** The period asked for, e.g. the index window. */
  period: Period;
  /** Its part from the beginning of tracking to yesterday; `null` when there is none. */
  span: Period | null;
  /** Agreed pauses and holidays. */
  without: readonly Period[];
}

/** What frequency and regularity are made of. */
export interface CountedPosts {
  countedPosts: number;
  /** Counted posts / (tracked days / 7); `null` without a tracked day. */
  perWeek: number | null;
  /** Full blocks of the norm (ISO weeks; 28 days for a card page) of which every day is tracked. */
  weeks: number;
  weeksAtNorm: number;
  /** The norm as posts a week. */
  norm: number;
}

/**
 * Counts the posts that frequency and regularity look at (`metrics.md`, counted posts): at most 3 a local day,
 * originals first; of each block (ISO week; 28 days back from the period's end for a card page) reposts fill at most
 * half of the norm, fractions included.
 */
export function countPosts(days: Iterable<CountableDay>, tracked: TrackedDays, norm: TierNorm): CountedPosts {
  const trackedDays = countDaysWithout(tracked.span, tracked.without);
  const blockOf = blockNumbering(tracked.period, norm);
  const blocks = new Map<number, number>();
  for (const [block, { originals, reposts }] of sumByBlock(byDay(days, tracked.span), blockOf)) {
    blocks.set(block, originals + Math.min(reposts, norm.posts / 2));
  }
  const countedPosts = [...blocks.values()].reduce((sum, counted) => sum + counted, 0);
  const full = fullBlocks(tracked, norm);
  return {
    countedPosts,
    perWeek: trackedDays === 0 ? null : countedPosts / (trackedDays / 7),
    weeks: full.length,
    weeksAtNorm: full.filter((first) => (blocks.get(blockOf(first)) ?? 0) >= norm.posts).length,
    norm: normPerWeek(norm),
  };
}

interface Kinds {
  originals: number;
  reposts: number;
}

/** The counted posts of each day of the span. */
function byDay(days: Iterable<CountableDay>, span: Period | null): Map<number, Kinds> {
  const found = new Map<number, Kinds>();
  if (span === null) {
    return found;
  }
  const [first, last] = [dayNumberOf(span.from), dayNumberOf(span.to)];
  for (const { dayNumber, uniqueOriginals, uniqueReposts } of days) {
    if (dayNumber >= first && dayNumber <= last) {
      const before = found.get(dayNumber);
      found.set(dayNumber, {
        originals: (before?.originals ?? 0) + uniqueOriginals,
        reposts: (before?.reposts ?? 0) + uniqueReposts,
      });
    }
  }
  for (const [dayNumber, day] of found) {
    const originals = Math.min(day.originals, countedPostsPerDay);
    found.set(dayNumber, { originals, reposts: Math.min(day.reposts, countedPostsPerDay - originals) });
  }
  return found;
}

function sumByBlock(days: Map<number, Kinds>, blockOf: (dayNumber: number) => number): Map<number, Kinds> {
  const blocks = new Map<number, Kinds>();
  for (const [dayNumber, { originals, reposts }] of days) {
    const sum = blocks.get(blockOf(dayNumber)) ?? { originals: 0, reposts: 0 };
    blocks.set(blockOf(dayNumber), { originals: sum.originals + originals, reposts: sum.reposts + reposts });
  }
  return blocks;
}

/** The number of a day's block. ISO weeks begin on Mondays, and 1970-01-01 was a Thursday. */
function blockNumbering(period: Period, norm: TierNorm): (dayNumber: number) => number {
  if (norm.blockDays === 7) {
    return (dayNumber) => Math.floor((dayNumber + 3) / 7);
  }
  const end = dayNumberOf(period.to);
  return (dayNumber) => -Math.floor((end - dayNumber) / norm.blockDays);
}

/** The first days of the blocks that lie in the period with every day tracked. */
function fullBlocks({ period, span, without }: TrackedDays, norm: TierNorm): number[] {
  if (span === null) {
    return [];
  }
  const [start, end] = [dayNumberOf(period.from), dayNumberOf(period.to)];
  const aligned = norm.blockDays === 7 ? end - ((((end + 3) % 7) + 1) % 7) : end;
  const found: number[] = [];
  for (let first = aligned - norm.blockDays + 1; first >= start; first -= norm.blockDays) {
    const block = { from: dayOfNumber(first), to: dayOfNumber(first + norm.blockDays - 1) };
    if (countDaysWithout(overlap(block, span), without) === norm.blockDays) {
      found.push(first);
    }
  }
  return found;
}
