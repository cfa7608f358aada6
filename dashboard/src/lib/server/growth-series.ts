import type { FederationGrowth } from '#analytics/overview/types.ts';
import { addDays, eachDay, type Day } from '#domain/period.ts';
import { lineAt } from './questions.ts';

/** Subscriptions and the target's line on one axis of days, each day in its place. */
export interface GrowthSeries {
  days: Day[];
  /** `null` on a day without a count. */
  counts: (number | null)[];
  /** What the line of the target wants, rounded; `null` before it begins. Without a target there is no line. */
  line: (number | null)[] | null;
}

/** A line is drawn at most so many days past the last count: a target far away must not squeeze what has been. */
const daysAhead = 183;

/** What the chart of the federation's growth shows; no days before there is a count. */
export function growthSeries({
  points,
  target,
  progress,
}: Pick<FederationGrowth, 'points' | 'target' | 'progress'>): GrowthSeries {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return { days: [], counts: [], line: null };
  const horizon = addDays(last.day, daysAhead);
  const wanted = target && progress ? [last.day, target.by < horizon ? target.by : horizon] : [last.day];
  const days = eachDay({ from: first.day, to: wanted.sort().at(-1) ?? last.day });
  const known = new Map(points.map(({ day, count }) => [day, count]));
  return {
    days,
    counts: days.map((day) => known.get(day) ?? null),
    line:
      target && progress
        ? days.map((day) => (day < progress.base.day ? null : Math.round(lineAt(target, progress.base, day))))
        : null,
  };
}
