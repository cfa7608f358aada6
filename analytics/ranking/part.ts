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

/** What is told of some of those of whom no name is told: how many they are. Sums would tell what a few of them have. */
const countOf = (places: readonly OtherPlace[]): Pick<Leaderboard, 'totals' | 'previousTotals'> => ({
  totals: {
    ...{ organisations: places.length, posts: null, views: null },
    ...{ subscribers: null, silent: null, growth: null },
  },
  previousTotals: null,
});

/**
 * The part of a whole ranking that who is within `within` sees: their own organisations, and the leagues that these stand in.
 * The others there have their names or, without `namesOthers`, nothing but their places. Filters choose among rows with names
 * alone: what was left of the others by a filter would tell who they are. Of the period before nothing is summed up;
 * `coverage` is of their own pages. Who is told the name of nobody sees all leagues as places, with the sums of all; or those of a
 * level, or one of them, with the number of their places. What is found by names or a sector is nothing then.
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
  const isFound = [filters.sector, filters.search].some(Boolean);
  const isChosen = [filters.level, filters.league].some(Boolean);
  // A level has leagues of its own: those of whom nothing is told are not picked out by it.
  const levels = new Map(whole.leagues.map(({ id, level }) => [id, level]));
  const isLeft = (leagueId: string): boolean =>
    (!filters.league || leagueId === filters.league) &&
    (!filters.level || (isOfAll && levels.get(leagueId) === filters.level));
  const others = whole.rows.flatMap((row): OtherPlace[] => {
    const { league, place, placeTo, placeOf, movement, index } = row;
    const isOther = !namesOthers && !isFound && !isOwn(row) && isBeside(row) && place !== null;
    if (!isOther || league === null || !isLeft(league.id)) return [];
    return [{ league, place, placeTo, placeOf, movement, index }];
  });
  const sums = isOfAll ? (isFound || isChosen ? countOf(others) : {}) : sumsOf(rows);
  return {
    ...whole,
    leagues: whole.leagues.filter(({ id }) => leagueIds.has(id)),
    rows,
    others,
    ...sums,
    coverage,
    sectors: sectorsOf(seen),
  };
}
