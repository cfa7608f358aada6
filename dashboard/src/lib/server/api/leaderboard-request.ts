import type { Day, Leaderboard, Period } from '#analytics/types.ts';
import { lastPeriod } from '../periods.ts';
import { ParametersError } from './problem.ts';

/**
 * The days a ranking is asked for: `from` and `to` (today when left out), or a `period`, or the last full week before
 * `day`, which is today.
 */
export function leaderboardPeriod(
  parameters: {
    from?: string | undefined;
    to?: string | undefined;
    period?: 'week' | 'month' | 'quarter' | 'year' | undefined;
  },
  day: Day,
): Period {
  const { from, to, period } = parameters;
  if (from && to) {
    if (period)
      throw new ParametersError([{ name: 'period', detail: 'wanted either period, or from and to.' }]);
    if (to < from)
      throw new ParametersError([{ name: 'to', detail: `got ${to}, wanted a day not before ${from}.` }]);
    return { from, to };
  }
  if (from && from <= day) return { from, to: day };
  if (from) throw new ParametersError([{ name: 'from', detail: `got ${from}, which is still to come.` }]);
  if (to) throw new ParametersError([{ name: 'from', detail: 'missing, wanted with to.' }]);
  return lastPeriod(period ?? 'week', day);
}

/** The answer's rows and what is said beside them; explanations only when they are asked for. */
export function leaderboardAnswer(ranking: Leaderboard, explain: boolean): { data: object[]; meta: object } {
  const { rows, ...rest } = ranking;
  return {
    data: rows.map(({ explanation, ...row }) => (explain ? { ...row, explanation } : row)),
    meta: { ...rest, nextCursor: null },
  };
}
