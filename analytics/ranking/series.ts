import {
  addDays,
  calendarPeriod,
  contains,
  daysBetween,
  dayNumberOf,
  dayOfNumber,
  isoWeeks,
  overlap,
} from '#domain/period.ts';
import type { DayCell } from '../queries/day-cells.ts';
import type { HourCount } from '../queries/hours.ts';
import type { Day, Period } from '../types.ts';

/** How many weeks a sparkline shows. */
const sparklineWeeks = 13;

/** The last 13 full ISO weeks up to the day (inclusive), oldest first. */
export function lastFullWeeks(until: Day): Period[] {
  const week = calendarPeriod('week', until);
  const end = week.to === until ? until : addDays(week.from, -1);
  return isoWeeks({ from: addDays(end, 1 - 7 * sparklineWeeks), to: end });
}

/**
 * Posts of each week on all given pages; `null` for a week of which no day is in `known`, the days whose posts are known
 * (`null`: none).
 */
export function weeklyPosts(
  cells: readonly (readonly DayCell[])[],
  weeks: readonly Period[],
  known: Period | null,
): (number | null)[] {
  const first = weeks[0] ? dayNumberOf(weeks[0].from) : 0;
  const counts = weeks.map(() => 0);
  for (const { dayNumber, posts } of cells.flat()) {
    const index = Math.floor((dayNumber - first) / 7);
    if (dayNumber >= first && index < counts.length) counts[index] = (counts[index] ?? 0) + posts;
  }
  return weeks.map((week, index) =>
    known === null || overlap(week, known) === null ? null : (counts[index] ?? 0),
  );
}

/** Posts of each day of the period; `null` on days that are not in `known` (`null`: none is). */
export function dailyPosts(
  cells: readonly (readonly DayCell[])[],
  period: Period,
  known: Period | null,
): { day: Day; posts: number | null }[] {
  const counts = new Map<number, number>();
  for (const { dayNumber, posts } of cells.flat())
    counts.set(dayNumber, (counts.get(dayNumber) ?? 0) + posts);
  const first = dayNumberOf(period.from);
  return Array.from({ length: daysBetween(period.from, period.to) + 1 }, (_, index) => {
    const day = dayOfNumber(first + index);
    return { day, posts: known !== null && contains(known, day) ? (counts.get(first + index) ?? 0) : null };
  });
}

/** Posts as 7 rows (Monday first) of 24 hours. */
export function hourTable(counts: readonly HourCount[]): number[][] {
  const table = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, posts } of counts) {
    const row = table[weekday - 1];
    if (row) row[hour] = posts;
  }
  return table;
}
