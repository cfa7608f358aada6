import type { LeaderboardRow } from '../types.ts';
import type { OtherPlace } from './part.ts';

/** A cell of a table; unknown is an empty cell. */
export type TableCell = string | number | boolean | null;

/** The columns of the ranking as a table, for the HTTP API and the command line alike. */
export const leaderboardColumns = [
  'league',
  'place',
  'placeTo',
  'placeOf',
  'movement',
  'organisationId',
  'organisation',
  'short',
  'level',
  'tier',
  'sector',
  'municipality',
  'members',
  'status',
  'statusReason',
  'index',
  'frequency',
  'regularity',
  'reach',
  'engagement',
  'componentGrowth',
  'posts',
  'originals',
  'reposts',
  'postsPerWeek',
  'views',
  'viewsPrecision',
  'medianViews',
  'reactions',
  'reactionsPrecision',
  'erView',
  'erParts',
  'erPost',
  'erDay',
  'reachRate',
  'subscribers',
  'subscribersPrecision',
  'growth',
  'growthPercent',
  'longestSilence',
  'daysSilent',
  'flags',
  'pages',
] as const;

/** A row of the ranking as cells. */
export function leaderboardCells(row: LeaderboardRow): Record<string, TableCell> {
  const { organisation, components } = row;
  const measures = Object.fromEntries(
    leaderboardColumns.flatMap((name) =>
      name in row ? [[name, row[name as keyof LeaderboardRow] as TableCell]] : [],
    ),
  );
  return {
    ...measures,
    league: row.league?.name ?? null,
    organisationId: organisation.id,
    organisation: organisation.name,
    short: organisation.short,
    level: organisation.level,
    tier: organisation.tier,
    sector: organisation.sector,
    municipality: organisation.municipality,
    members: organisation.members,
    frequency: components.frequency,
    regularity: components.regularity,
    reach: components.reach,
    engagement: components.engagement,
    componentGrowth: components.growth,
    erParts: row.erParts.join(' '),
    flags: row.flags.join(' '),
    pages: row.pages.map(({ url }) => url).join(' '),
  };
}

/** The place of an organisation without a name as cells: of all else nothing is told. */
export function otherPlaceCells({ league, ...places }: OtherPlace): Record<string, TableCell> {
  return { ...places, league: league.name };
}
