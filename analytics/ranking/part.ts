import { sumOfKnown } from '#domain/measures.ts';
import type { Reach } from '#domain/reach.ts';
import { isShown, sectorsOf, totalsOf } from './leaderboard.ts';
import type { Coverage, Leaderboard, LeaderboardRequest, LeaderboardRow } from '../types.ts';

/**
 * An organisation of which nothing is told but where it stands: no id, name, page or count, for each of these would give away
 * who it is.
 */
export type OtherPlace = Pick<LeaderboardRow, 'place' | 'placeTo' | 'placeOf' | 'movement' | 'index'> & {
  league: NonNullable<LeaderboardRow['league']>;
};

/** A ranking as far as somebody sees it: rows by name, and the places of those they are not told the names of. */
export interface SeenLeaderboard extends Leaderboard {
  /** In order of league, then place. */
  others: OtherPlace[];
}

/** Sums of the rows that somebody sees. What they were in the period before is not known of a part. */
const sumsOf = (rows: readonly LeaderboardRow[]): Pick<Leaderboard, 'totals' | 'previousTotals'> => ({
  totals: { ...totalsOf(rows, rows.length), growth: sumOfKnown(rows.map(({ growth }) => growth)) },
  previousTotals: null,
});

/**
 * The part of a whole ranking that who is within `within` sees: their own organisations, and the leagues that these stand in.
 * The others there have their names or, without `namesOthers`, nothing but their places. Filters choose among rows with names
 * alone: what was left of the others by a filter would tell who they are. Of the period before nothing is summed up;
 * `coverage` is of their own pages. Who is told the name of nobody sees all leagues as places, with the sums of all.
 */
export function partOfLeaderboard(
  whole: Leaderboard,
  { within, namesOthers, coverage }: { within: Reach; namesOthers: boolean; coverage: Coverage },
  filters: Omit<LeaderboardRequest, 'period' | 'network'> = {},
): SeenLeaderboard {
  const isOwn = (row: LeaderboardRow): boolean => within.has(row.organisation.id);
  const isOfAll = within.size === 0;
  const known = isOfAll ? whole.rows : whole.rows.filter(isOwn);
  const leagueIds = new Set(known.flatMap(({ league }) => league?.id ?? []));
  const isBeside = ({ league }: LeaderboardRow): boolean => league !== null && leagueIds.has(league.id);
  const seen = whole.rows.filter((row) => isOwn(row) || (namesOthers && isBeside(row)));
  const rows = seen.filter((row) => isShown(row, filters));
  const isFiltered = [filters.sector, filters.level, filters.search].some(Boolean);
  const others = whole.rows.flatMap((row): OtherPlace[] => {
    const { league, place, placeTo, placeOf, movement, index } = row;
    const isOther = !namesOthers && !isFiltered && !isOwn(row) && isBeside(row) && place !== null;
    if (!isOther || league === null || (filters.league && league.id !== filters.league)) return [];
    return [{ league, place, placeTo, placeOf, movement, index }];
  });
  return {
    ...whole,
    leagues: whole.leagues.filter(({ id }) => leagueIds.has(id)),
    rows,
    others,
    ...(isOfAll ? {} : sumsOf(rows)),
    coverage,
    sectors: sectorsOf(seen),
  };
}
