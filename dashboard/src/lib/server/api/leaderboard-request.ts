import type { Day, Leaderboard, LeaderboardRow, Period } from '../../../../../analytics/types.ts';
import { lastPeriod } from '../periods.ts';
import type { Cell } from './csv.ts';
import { ParametersError } from './problem.ts';

/** The days a ranking is asked for: `from` and `to`, or a `period`, or the last full week before `day`. */
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
  if (from || to) {
    const missing = from ? 'to' : 'from';
    throw new ParametersError([{ name: missing, detail: 'missing, wanted both from and to, or neither.' }]);
  }
  return lastPeriod(period ?? 'week', day);
}

/** The answer's rows and what is said beside them; explanations only when they are asked for. */
export function leaderboardAnswer(board: Leaderboard, explain: boolean): { data: object[]; meta: object } {
  const { rows, ...rest } = board;
  return {
    data: rows.map(({ explanation, ...row }) => (explain ? { ...row, explanation } : row)),
    meta: { ...rest, nextCursor: null },
  };
}

/** The columns of the table of a ranking. */
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
  'medianViews',
  'reactions',
  'erView',
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
export function leaderboardCells(row: LeaderboardRow): Record<string, Cell> {
  const { organisation, components } = row;
  const measures = Object.fromEntries(
    leaderboardColumns.flatMap((name) =>
      name in row ? [[name, row[name as keyof LeaderboardRow] as Cell]] : [],
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
    flags: row.flags.join(' '),
    pages: row.pages.map(({ url }) => url).join(' '),
  };
}
