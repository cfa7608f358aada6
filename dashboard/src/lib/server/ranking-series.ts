import type { Components, Leaderboard, League } from '#analytics/types.ts';
import { pointsOf } from '#domain/activity-index.ts';
import { addDays, calendarPeriod } from '#domain/period.ts';
import { sumSeries } from '../series.ts';

/** What the charts of the ranking draw, with the numbers that stand under them. */
export interface RankingSeries {
  weeks: { from: string; posts: number | null }[];
  /** Points that each component brings to the index, of the best organisations of the largest league. */
  index: {
    league: Pick<League, 'id' | 'name'>;
    /** How many organisations of the league have a place, compared or not. */
    of: number;
    lines: { id: number; short: string; index: number; points: Components }[];
  } | null;
}

/** How many organisations the chart of the index compares. */
const compared = 12;

/** The first Monday of the weeks that a row's `weeks` stand for: full ones up to the window's end. */
function firstMonday(ranking: Leaderboard, count: number): string {
  const week = calendarPeriod('week', ranking.window.to);
  const last = week.to === ranking.window.to ? week.from : addDays(week.from, -7);
  return addDays(last, -7 * (count - 1));
}

/** Posts of all shown organisations by week, and what the index of the best is made of. */
export function rankingSeries(ranking: Leaderboard): RankingSeries {
  const weeks = sumSeries(ranking.rows.map((row) => row.weeks));
  // Of weeks that nothing is known of there is nothing to draw.
  const sums = weeks.some((posts) => posts !== null) ? weeks : [];
  const monday = sums.length > 0 ? firstMonday(ranking, sums.length) : '';
  const placed = ranking.rows.filter((row) => row.place !== null);
  const sizeOf = (id: string): number => placed.filter((row) => row.league?.id === id).length;
  const league = ranking.leagues.toSorted((one, other) => sizeOf(other.id) - sizeOf(one.id))[0];
  const lines = placed
    .filter((row) => row.league?.id === league?.id)
    .slice(0, compared)
    .flatMap((row) =>
      row.index === null || row.explanation === null
        ? []
        : [
            {
              id: row.organisation.id,
              short: row.organisation.short,
              index: row.index,
              points: pointsOf(row.components, row.explanation.weights),
            },
          ],
    );
  return {
    weeks: sums.map((posts, index) => ({ from: addDays(monday, 7 * index), posts })),
    index:
      league && lines.length > 1
        ? { league: { id: league.id, name: league.name }, of: sizeOf(league.id), lines }
        : null,
  };
}
