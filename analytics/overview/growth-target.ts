import type { GrowthTarget } from '#domain/growth-target.ts';
import { addDays, daysBetween } from '#domain/period.ts';
import type { Day } from '../types.ts';

export type { GrowthTarget } from '#domain/growth-target.ts';

/** Subscriptions of a day, and how many pages they are of. */
export interface DaySubscriptions {
  day: Day;
  count: number;
  pages: number;
}

/** Where the pages stand against the straight line that leads from the beginning to the target. */
export interface TargetProgress {
  /** Where the line begins: the subscriptions nearest the target's first day. */
  base: { day: Day; count: number };
  /** What the line wants today (after its last day, the target itself). */
  expected: number;
  /** What there is, at its day. */
  current: { day: Day; count: number };
  /** What there is less what the line wants on that day. */
  ahead: number;
  /** What is needed a week from now on; `null` when the target is reached or its day is over. */
  neededPerWeek: number | null;
  state: 'reached' | 'on_line' | 'behind' | 'missed';
}

/** Within this share of the way a page counts as on its line. */
const tolerance = 0.02;

/** What the line of a target wants on a day; before it began the base, after its day the target. */
export function lineAt(target: GrowthTarget, base: { day: Day; count: number }, day: Day): number {
  const whole = daysBetween(base.day, target.by);
  const gone = Math.min(Math.max(daysBetween(base.day, day), 0), Math.max(whole, 0));
  return whole <= 0 ? target.subscribers : base.count + ((target.subscribers - base.count) * gone) / whole;
}

/**
 * How subscriptions by day (oldest first) stand against a target; `null` when none are known. The line begins at the
 * last count known on the day the target was set, or at the first one after it.
 */
export function targetProgress(
  points: readonly DaySubscriptions[],
  target: GrowthTarget,
  today: Day,
): TargetProgress | null {
  const base = points.findLast(({ day }) => day <= target.from) ?? points[0];
  const current = points.at(-1);
  if (!base || !current) return null;
  const expected = lineAt(target, base, today);
  const ahead = current.count - lineAt(target, base, current.day);
  const weeks = daysBetween(today, target.by) / 7;
  const isReached = current.count >= target.subscribers;
  const isOver = target.by < today;
  const way = Math.abs(target.subscribers - base.count);
  return {
    base: { day: base.day, count: base.count },
    expected: Math.round(expected),
    current: { day: current.day, count: current.count },
    ahead: Math.round(ahead),
    neededPerWeek:
      isReached || isOver || weeks <= 0 ? null : Math.ceil((target.subscribers - current.count) / weeks),
    state: isReached ? 'reached' : isOver ? 'missed' : ahead >= -tolerance * way ? 'on_line' : 'behind',
  };
}

/** Over how many days the pace is taken, and how far from its beginning a count may be. */
const paceDays = 28;
const paceTolerance = 3;

/**
 * Subscriptions gained or lost a week over the last four; `null` without a count of the same number of pages at both
 * ends.
 */
export function weeklyPace(points: readonly DaySubscriptions[]): number | null {
  const last = points.at(-1);
  if (!last) return null;
  const wanted = addDays(last.day, -paceDays);
  const near = points
    .filter(({ day, pages }) => pages === last.pages && Math.abs(daysBetween(wanted, day)) <= paceTolerance)
    .sort(
      (one, other) =>
        Math.abs(daysBetween(wanted, one.day)) - Math.abs(daysBetween(wanted, other.day)) ||
        one.day.localeCompare(other.day),
    )[0];
  return near ? ((last.count - near.count) * 7) / daysBetween(near.day, last.day) : null;
}
