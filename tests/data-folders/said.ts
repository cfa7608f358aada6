import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import type { Services } from '#cli/services.ts';
import { addDays, calendarPeriod, type Period } from '#domain/period.ts';

/** What a data folder says: the same for every version of the code that opens it. */
export interface Said {
  /** Rankings by their unit and first day, of all networks and of each; without the instant of their counting. */
  rankings: Record<string, unknown>;
  /** How the pages of each run ended: `slot outcome` with how many. */
  outcomes: Record<string, number>;
  /** Posts of each page. */
  posts: Record<string, number>;
}

/** The running week, the last full one and the last full month. */
function periodsOf(services: Services): Period[] {
  const week = calendarPeriod('week', services.today());
  const month = calendarPeriod('month', services.today());
  return [
    week,
    calendarPeriod('week', addDays(week.from, -1)),
    calendarPeriod('month', addDays(month.from, -1)),
  ];
}

/** Asks a folder that has been opened, as its dashboard and its API do. */
export async function saidBy(services: Services): Promise<Said> {
  const { analytics, observations } = services;
  const rankings: Said['rankings'] = {};
  for (const period of periodsOf(services)) {
    for (const network of [undefined, 'vk', 'telegram'] as const) {
      const ranking = await leaderboard(analytics, { period, network });
      const { computed: _computed, stored: _stored, formulaVersion: _version, ...shown } = ranking;
      rankings[`${ranking.unit} ${period.from} ${network ?? 'all'}`] = JSON.parse(JSON.stringify(shown));
    }
  }
  const outcomes = await observations.rows<{ key: string; pages: number }>(
    `SELECT concat(toString(slot), ' ', toString(outcome)) AS key, toUInt32(count()) AS pages
     FROM ${observations.tables.outcomes} FINAL GROUP BY key ORDER BY key`,
  );
  const posts = await observations.rows<{ key: string; posts: number }>(
    `SELECT toString(page_id) AS key, toUInt32(count()) AS posts
     FROM ${observations.tables.posts} FINAL GROUP BY page_id ORDER BY page_id`,
  );
  return {
    rankings,
    outcomes: Object.fromEntries(outcomes.map(({ key, pages }) => [key, pages])),
    posts: Object.fromEntries(posts.map(({ key, posts: count }) => [key, count])),
  };
}

/** Where two answers differ: a path each with both values. */
export function differingPaths(one: unknown, other: unknown, path = ''): string[] {
  if (Object.is(one, other)) return [];
  const isBranch = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isBranch(one) || !isBranch(other))
    return [`${path}: ${JSON.stringify(one)} | ${JSON.stringify(other)}`];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => differingPaths(one[name], other[name], `${path}/${name}`));
}
