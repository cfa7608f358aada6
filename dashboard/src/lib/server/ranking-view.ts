import type {
  Coverage,
  Explanation,
  League,
  Leaderboard,
  LeaderboardRow,
  Measures,
  PageSummary,
} from '#analytics/types.ts';
import type { SeenLeaderboard } from '#analytics/ranking/part.ts';
import { countStatuses, type StatusCounts } from '#domain/status-counts.ts';
import type { Status, Tier } from '#domain/vocabulary.ts';
import type { RankingFilters } from '../filters.ts';
import {
  toScreenRow,
  sortScreenRows,
  withOthers,
  type OtherScreenRow,
  type RankingScreenRow,
} from './ranking-rows.ts';

/** A league with the lines that are shown of it. */
export interface LeagueView {
  league: League;
  lines: (RankingScreenRow | OtherScreenRow)[];
  /** Lines set apart when sorted by a median or a rate: «мало публикаций». */
  few: RankingScreenRow[];
  /** How many the filters leave, shown or not. */
  total: number;
  first: { short: string } | null;
}

/** What opens under a line. */
export interface OpenedRow {
  id: number;
  league: { id: string; name: string } | null;
  tier: Tier;
  place: number | null;
  placeTo: number | null;
  placeOf: number | null;
  index: number | null;
  components: LeaderboardRow['components'];
  explanation: Explanation | null;
  pages: PageSummary[];
  flags: LeaderboardRow['flags'];
  measures: Pick<
    Measures,
    | 'posts'
    | 'originals'
    | 'reposts'
    | 'postsPerWeek'
    | 'views'
    | 'reactions'
    | 'longestSilence'
    | 'growthPercent'
    | 'subscribers'
  >;
}

export interface RankingView {
  leagues: LeagueView[];
  /** Outside the places, and silent ones: whom to call. */
  attention: RankingScreenRow[];
  attentionTotal: number;
  outside: number;
  /** How the organisations that filters leave stand. */
  statuses: StatusCounts;
  /** Pages of those that are not read, in the network that is asked for. */
  unreadPages: number;
  opened: OpenedRow | null;
  totals: Leaderboard['totals'];
  previousTotals: Leaderboard['previousTotals'];
  coverage: Coverage;
  page: number;
  pages: number;
}

/** Up to this many lines stand on one page whole; above it each league shows its top. */
const wholeUpTo = 150;
const topOfLeague = 10;
const linesOfPage = 200;
const attentionUpTo = 12;

const attentionOrder: Partial<Record<Status, number>> = { dead: 0, stale: 0, unknown: 1, none: 2, paused: 3 };

/** Silent for longest first, then the unread, then those without a page, then agreed pauses. */
function attentionOf(rows: readonly LeaderboardRow[]): RankingScreenRow[] {
  return rows
    .filter((row) => row.place === null || row.status in attentionOrder)
    .map(toScreenRow)
    .sort(
      (one, other) =>
        (attentionOrder[one.status] ?? 1) - (attentionOrder[other.status] ?? 1) ||
        (other.daysSilent ?? Infinity) - (one.daysSilent ?? Infinity) ||
        one.short.localeCompare(other.short, 'ru'),
    );
}

function openedOf(row: LeaderboardRow): OpenedRow {
  const {
    posts,
    originals,
    reposts,
    postsPerWeek,
    views,
    reactions,
    longestSilence,
    growthPercent,
    subscribers,
  } = row;
  return {
    id: row.organisation.id,
    league: row.league,
    tier: row.organisation.tier,
    place: row.place,
    placeTo: row.placeTo,
    placeOf: row.placeOf,
    index: row.index,
    components: row.components,
    explanation: row.explanation,
    pages: row.pages,
    flags: row.flags,
    measures: {
      posts,
      originals,
      reposts,
      postsPerWeek,
      views,
      reactions,
      longestSilence,
      growthPercent,
      subscribers,
    },
  };
}

/** The lines without names of a league. Their keys say where they stand, and nothing else. */
const othersOf = ({ others }: SeenLeaderboard, leagueId: string): OtherScreenRow[] =>
  others
    .filter(({ league }) => league.id === leagueId)
    .map(({ league: _, ...other }, index) => ({ ...other, key: `other-${index}` }));

/**
 * The answer as the screen shows it: grouped by league, sorted, cut where there are hundreds of rows.
 * Sorting moves lines within their league only; places stay what they are.
 */
export function rankingView(ranking: SeenLeaderboard, filters: RankingFilters): RankingView {
  const placed = ranking.rows.filter((row) => row.place !== null);
  const whole = placed.length + ranking.others.length <= wholeUpTo;
  const single = filters.league !== '' || new Set(placed.map((row) => row.league?.id)).size === 1;
  const pages = whole || !single ? 1 : Math.ceil((placed.length + ranking.others.length) / linesOfPage);
  const page = Math.min(filters.page, pages);
  const apart = filters.sort === 'medianViews' || filters.sort === 'engagement';

  const leagues = ranking.leagues.flatMap((league) => {
    const rows = placed.filter((row) => row.league?.id === league.id);
    const others = othersOf(ranking, league.id);
    if (rows.length + others.length === 0) return [];
    const sorted = sortScreenRows(rows.map(toScreenRow), filters.sort, filters.order);
    const named = apart ? sorted.filter((line) => !line.few) : sorted;
    const lines = withOthers(named, others, filters.sort, filters.order);
    const few = apart ? sorted.filter((line) => line.few) : [];
    const cut = whole
      ? lines
      : single
        ? lines.slice((page - 1) * linesOfPage, page * linesOfPage)
        : lines.slice(0, topOfLeague);
    const first = rows.find((row) => row.place === 1);
    return [
      {
        league,
        lines: cut,
        few: whole || page === pages ? few.slice(0, linesOfPage) : [],
        total: rows.length + others.length,
        first: first ? { short: first.organisation.short } : null,
      },
    ];
  });

  const attention = attentionOf(ranking.rows);
  const opened = ranking.rows.find((row) => row.organisation.id === filters.open);
  return {
    leagues,
    attention: attention.slice(0, attentionUpTo),
    attentionTotal: attention.length,
    outside: ranking.rows.length - placed.length,
    statuses: countStatuses(ranking.rows.map(({ status }) => status)),
    unreadPages: ranking.rows
      .flatMap((row) => row.pages)
      .filter(
        ({ status, network }) =>
          status === 'unknown' && (filters.network === null || network === filters.network),
      ).length,
    opened: opened ? openedOf(opened) : null,
    totals: ranking.totals,
    previousTotals: ranking.previousTotals,
    coverage: ranking.coverage,
    page,
    pages,
  };
}
