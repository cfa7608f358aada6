import type { Outcome, PageState, Placement } from '#domain/vocabulary.ts';
import { convincingAfter } from './doubts.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** No page is left alone for longer, whatever the quota (`metrics.md`: planned intervals are at most 24 h). */
export const longestInterval = 24;
/** The newest posts looked at. */
export const usualNewest = 20;
/** How many are looked at once a week, to refresh older counters. */
const deepNewest = 100;
const deepEvery = 7 * day;
/** Counters and deletions of posts are followed for so many days: later hardly anything changes. */
const followedDays = 10;
/** The share of the daily quota that looks may take; the rest is for histories and repetitions. */
const shareOfQuota = 0.9;
/** How much earlier than it appeared a post may say that it was published. */
const plannedAhead = 10 * 60_000;
/** Without a look for longer than this, posts may have been followed too briefly. */
const longestQuiet = 1.5 * day;

/** How often a page publishes: over the last 28 days, or the last 7 when that is more. */
export interface Rhythm {
  postsPerDay: number;
  /** Publication of the newest post; `null` when there is none. */
  last: Date | null;
}

/** The rhythm that the newest posts of a page show. Only posts of its own count. */
export function rhythmOf(posts: readonly { published: Date; placement: Placement }[], now: Date): Rhythm {
  const times = posts
    .filter(({ placement }) => placement === 'own')
    .map(({ published }) => published.getTime());
  const recent = times.filter((time) => now.getTime() - time < 28 * day);
  const all = recent.length === times.length && times.length >= usualNewest;
  // A full list that is all recent says nothing of the days before its oldest post.
  const span = all ? Math.max(day, now.getTime() - Math.min(...times)) : 28 * day;
  const last = times.length > 0 ? new Date(Math.max(...times)) : null;
  return { postsPerDay: recent.length / (span / day), last };
}

/** Hours between two looks by the page's own rhythm, before the quota is thought of: 1, 3, 6, 12 or 24. */
export function pollInterval(state: PageState, rhythm: Rhythm, now: Date): number {
  if (state !== 'ok') return longestInterval;
  if (rhythm.postsPerDay >= 2) return 1;
  if (rhythm.postsPerDay >= 0.5) return 3;
  if (rhythm.postsPerDay >= 1 / 7) return 6;
  const silent = rhythm.last === null ? Number.POSITIVE_INFINITY : now.getTime() - rhythm.last.getTime();
  return silent < 30 * day ? 12 : longestInterval;
}

/** Looks a day at these intervals (hours), each stretched by the factor and at most 24 h. */
export function looksPerDay(intervals: readonly number[], factor: number): number {
  return intervals.reduce((sum, hours) => sum + 24 / Math.min(longestInterval, hours * factor), 0);
}

/**
 * What all intervals have to be multiplied by so that the looks of a day fit into 90% of the network's quota: 1 when
 * they do. With more pages than that allows once a day it is 24, and the quota ends the last of them.
 */
export function quotaStretch(intervals: readonly number[], quota: number | null): number {
  if (quota === null) return 1;
  const allowed = quota * shareOfQuota;
  if (looksPerDay(intervals, 1) <= allowed) return 1;
  let fits = longestInterval;
  let tooMany = 1;
  for (let step = 0; step < 30; step += 1) {
    const middle = (fits + tooMany) / 2;
    if (looksPerDay(intervals, middle) <= allowed) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

/** Steps into the past that today's quota still leaves, when the looks of the rest of the day are kept back. */
export function historySteps(
  source: { looksPerDay: number | null; used: number },
  looksPerDay: number,
  shareOfDayLeft: number,
): number {
  if (source.looksPerDay === null) return Number.POSITIVE_INFINITY;
  const left = source.looksPerDay * shareOfQuota - source.used - looksPerDay * shareOfDayLeft;
  return Math.max(0, Math.floor(left));
}

/**
 * When the page is due again. What failed by the moment or the quota, or was doubtful, is due in an hour at the latest; a page that is
 * closed or gone once a day. A little is taken off, so that a look which was late does not miss the next slot.
 */
export function nextDue(slot: Date, outcome: Outcome, hours: number): Date {
  const failed = ['error', 'rate_limited', 'missed', 'suspect'].includes(outcome);
  const away = outcome === 'closed' || outcome === 'gone';
  const interval =
    (away ? longestInterval : failed ? Math.min(1, hours) : Math.min(longestInterval, hours)) * hour;
  return new Date(slot.getTime() + interval - Math.min(hour / 2, interval / 10));
}

/**
 * Whether a page is due in a slot: never looked at, or its time has come. No interval is longer than a day: what is
 * further ahead was written by a clock that was wrong.
 */
export function isDue({ nextDue }: { nextDue: Date | null }, slot: Date): boolean {
  if (nextDue === null || nextDue <= slot) return true;
  return nextDue.getTime() - slot.getTime() > longestInterval * hour;
}

/**
 * How many of the newest posts this look asks for: 20, or what the page published in ten days, at most 100, so that
 * counters and deletions are followed while they happen; once a week 100. The quota counts calls, not posts.
 */
export function postsToRequest(
  page: { lastDeep: Date | null },
  slot: Date,
  rhythm: Rhythm | undefined,
): number {
  if (isDeep(page, slot)) return deepNewest;
  const busy = Math.ceil((rhythm?.postsPerDay ?? 0) * followedDays);
  return Math.max(usualNewest, Math.min(deepNewest, busy));
}

/** Which new posts of a page have been read. */
export interface ReadMarks {
  lastSuccess: Date | null;
  /** Up to when they have been read twice. */
  wantedSince: Date | null;
  /** Up to when they have been read once. */
  readUntil: Date | null;
}

/** Whether marks lie ahead of an instant: the clock was wrong when they were written, and they tell nothing. */
export function isAhead(marks: ReadMarks, now: Date): boolean {
  return [marks.lastSuccess, marks.wantedSince, marks.readUntil].some(
    (mark) => mark !== null && mark.getTime() > now.getTime() + plannedAhead,
  );
}

/**
 * From when on everything published is wanted: what has not been read twice, a little earlier because posts appear with
 * the time they were planned for. After a gap of more than a day and a half also what had not come to rest then: the
 * newest posts may not reach back to it any more, and its counters would stand still at a young age.
 */
export function sinceFor(marks: ReadMarks, slot: Date): Date | null {
  // What was read until when is not known: a review reads what lies deeper.
  if (isAhead(marks, slot)) return new Date(slot.getTime() - followedDays * day);
  const { lastSuccess, wantedSince, readUntil } = marks;
  const twice = wantedSince ?? lastSuccess;
  if (!twice) return null;
  const once = readUntil ?? twice;
  const isGap = slot.getTime() - once.getTime() > longestQuiet;
  const resting = once.getTime() - (isGap ? followedDays * day : plannedAhead);
  return new Date(Math.min(twice.getTime() - plannedAhead, resting));
}

/**
 * The marks of new posts after a look of that instant that was read: one that left nothing out moves them, once what was
 * read at the last move is hours old, so that another answer than the first has shown each post, or has left it out.
 */
export function marksAfter(
  marks: ReadMarks,
  { observed, whole }: { observed: Date; whole: boolean },
): Pick<ReadMarks, 'wantedSince' | 'readUntil'> {
  if (isAhead(marks, observed)) {
    const begun = whole ? observed : null;
    return { wantedSince: begun, readUntil: begun };
  }
  const { lastSuccess, wantedSince, readUntil } = marks;
  const twice = wantedSince ?? lastSuccess;
  if (!whole) return { wantedSince: twice, readUntil };
  const once = readUntil ?? twice;
  if (once === null) return { wantedSince: observed, readUntil: observed };
  const isLater = observed.getTime() - once.getTime() >= convincingAfter;
  return isLater ? { wantedSince: once, readUntil: observed } : { wantedSince: twice, readUntil: once };
}

/** Whether a look is the weekly deep one. A page never looked at has its history read anyway. */
export function isDeep(page: { lastDeep: Date | null }, slot: Date): boolean {
  if (page.lastDeep === null) return false;
  const since = slot.getTime() - page.lastDeep.getTime();
  // One that lies ahead was written by a clock that was wrong.
  return since >= deepEvery || since < -hour;
}
