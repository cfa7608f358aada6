import type { SeenLeaderboard } from '#analytics/ranking/part.ts';
import type { Day, League, Period } from '#analytics/types.ts';
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
export function leaderboardAnswer(
  ranking: SeenLeaderboard,
  explain: boolean,
): { data: object[]; meta: object } {
  const { rows, others, ...rest } = ranking;
  const told = rows.map(({ explanation, ...row }) => (explain ? { ...row, explanation } : row));
  return {
    data:
      others.length === 0
        ? told
        : inOrderOfPlaces(
            [...told, ...others.map((other) => ({ ...other, organisation: null }))],
            ranking.leagues,
          ),
    meta: { ...rest, nextCursor: null },
  };
}

interface Placed {
  league: { id: string } | null;
  place: number | null;
}

/** Rows by league, then place, then those outside the places; what shares a place stays in the given order. */
function inOrderOfPlaces<Row extends Placed>(rows: readonly Row[], leagues: readonly League[]): Row[] {
  const order = new Map(leagues.map(({ id }, index) => [id, index]));
  const leagueOf = ({ league, place }: Row): number =>
    league && place !== null ? (order.get(league.id) ?? order.size) : Infinity;
  const compare = (one: number, other: number): number => (one === other ? 0 : one - other);
  return rows.toSorted(
    (one, other) =>
      compare(leagueOf(one), leagueOf(other)) || compare(one.place ?? Infinity, other.place ?? Infinity),
  );
}
