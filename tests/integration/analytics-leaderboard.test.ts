import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import type { OracleWorld } from '../oracle/oracle.ts';
import { oracleMeasures, oracleParts } from '../oracle/oracle.ts';
import { oracleCounted } from '../oracle/counted.ts';
import { refreshRollups, verifyRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { Leaderboard, LeaderboardRow, Period } from '#analytics/types.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock } from '../helpers/observed-rows.ts';
import { changedDays, randomWorld, writeWorld } from '../helpers/random-world.ts';

const periods: [string, Period][] = [
  ['the running week', { from: '2026-01-19', to: '2026-01-25' }],
  ['the week over the New Year', { from: '2025-12-29', to: '2026-01-04' }],
  ['a past month', { from: '2025-12-01', to: '2025-12-31' }],
  ['the running year', { from: '2026-01-01', to: '2026-12-31' }],
  ['days of one’s own over the New Year', { from: '2025-12-24', to: '2026-01-16' }],
  ['more than 13 weeks', { from: '2025-10-06', to: '2026-01-18' }],
  ['one day', { from: '2026-01-20', to: '2026-01-20' }],
];

describe.each([1, 20_260, 777_777])('the ranking of the random federation %i', (seed) => {
  const now = new Date('2026-01-21T17:30:00.000Z');
  let world: OracleWorld;
  let sources: AnalyticsSources;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const opened = await openTestObservations();
    close = opened.close;
    world = randomWorld(seed, now);
    sources = {
      observations: opened.observations,
      clock: fixedClock(now.toISOString()),
      zone: world.zone,
      historyFrom: world.historyFrom,
    };
    await writeWorld(opened.observations, world);
    await refreshRollups(sources, changedDays(world));
  });

  afterAll(async () => {
    await close();
  });

  it('rests on rollups that are what the posts say', async () => {
    expect(await verifyRollups(sources)).toEqual([]);
  });

  it.each(periods)('shows the measures the oracle counts: %s', async (_, period) => {
    const ranking = await leaderboard(sources, { period });
    expect(ranking.rows).toHaveLength(world.organisations.length);
    for (const row of ranking.rows) {
      const parts = oracleParts(world, rankedWith(ranking, row), period);
      const expected = oracleMeasures(world, row.organisation.id, period, parts);
      expect(row.erParts).toEqual(expected.erView === null ? [] : parts);
      const isKnown = row.status !== 'unknown';
      expect({ id: row.organisation.id, ...shown(row) }).toEqual({
        id: row.organisation.id,
        ...rounded({ ...expected, daysSilent: isKnown ? expected.daysSilent : null }),
      });
    }
    expect(ranking.totals.posts).toBe(ranking.rows.reduce((sum, row) => sum + (row.posts ?? 0), 0));
    const growths = ranking.rows.flatMap(({ growth }) => growth ?? []);
    expect(ranking.totals.growth).toBe(
      growths.length === 0 ? null : growths.reduce((sum, growth) => sum + growth, 0),
    );
  });

  it('makes frequency and regularity of the posts that count', async () => {
    const ranking = await leaderboard(sources, { period: { from: '2026-01-12', to: '2026-01-18' } });
    expect(ranking.window).toEqual({ from: '2025-10-20', to: '2026-01-18' });
    for (const { organisation, explanation } of ranking.rows) {
      const counted = oracleCounted(world, organisation.id, ranking.window);
      if (!explanation) continue;
      expect(explanation.frequency?.countedPosts).toBe(counted.countedPosts);
      expect(explanation.frequency?.perWeek).toBeCloseTo(counted.countedPosts / (counted.trackedDays / 7), 9);
      expect(explanation.regularity?.weeks ?? 0).toBe(counted.weeks);
      expect(explanation.regularity?.weeksAtNorm ?? 0).toBe(counted.weeksAtNorm);
    }
  });

  it('gives percentiles, index and places that hold within each league', async () => {
    const period = { from: '2026-01-12', to: '2026-01-18' };
    const ranking = await leaderboard(sources, { period });
    for (const league of ranking.leagues) {
      const placed = ranking.rows.filter((row) => row.league?.id === league.id);
      const ids = placed.map(({ organisation }) => organisation.id);
      const parts = oracleParts(world, ids, ranking.window);
      for (const row of placed) {
        const window = oracleMeasures(world, row.organisation.id, ranking.window, parts);
        for (const part of row.explanation?.engagement ?? []) {
          expect(part.value).toBeCloseTo(window.erView ?? -1, 9);
          expect(row.explanation?.comparedParts).toEqual({ vk: parts });
        }
        for (const part of row.explanation?.growth ?? []) {
          expect(part.value).toBeCloseTo(window.growthPercent ?? -9, 9);
          const others = placed
            .filter((other) => other !== row)
            .flatMap(
              (other) =>
                oracleMeasures(world, other.organisation.id, ranking.window, parts).growthPercent ?? [],
            );
          const below = others.filter((other) => other < part.value - 1e-12).length;
          const equal = others.filter((other) => Math.abs(other - part.value) <= 1e-12).length;
          expect(part.percentile).toBeCloseTo((100 * (below + equal / 2)) / others.length, 9);
        }
        // Rounded to 0.1, which a half is away from both of its neighbours.
        expect(Math.abs((row.index ?? -1) - weighted(row))).toBeLessThanOrEqual(0.05 + 1e-9);
        const better = placed.filter((other) => (other.index ?? 0) > (row.index ?? 0) && hasPosts(other));
        if (hasPosts(row)) expect(row.place).toBe(better.length + 1);
        expect(row.placeOf).toBe(placed.length);
      }
    }
  });
});

/** The organisations with a place in the league that a row belongs to, by its tier and its members. */
function rankedWith(ranking: Leaderboard, { organisation }: LeaderboardRow): number[] {
  const members = organisation.members ?? 0;
  const own = ranking.leagues.find(
    ({ tier, from, to }) =>
      tier === organisation.tier && (from ?? 0) <= members && (to === null || members < to),
  );
  return ranking.rows.filter((row) => row.league?.id === own?.id).map((row) => row.organisation.id);
}

function hasPosts(row: LeaderboardRow): boolean {
  return (row.explanation?.reach.length ?? 0) > 0 || (row.components.frequency ?? 0) > 0;
}

function weighted({ components, explanation }: LeaderboardRow): number {
  const known = Object.entries(components).filter(([, value]) => value !== null);
  const weightOf = (name: string): number => explanation?.weights[name as keyof typeof components] ?? 0;
  const weight = known.reduce((sum, [name]) => sum + weightOf(name), 0);
  return known.reduce((sum, [name, value]) => sum + weightOf(name) * (value ?? 0), 0) / weight;
}

const compared = [
  'posts',
  'originals',
  'reposts',
  'maturePosts',
  'postsPerWeek',
  'views',
  'medianViews',
  'likes',
  'comments',
  'shares',
  'reactions',
  'erView',
  'erPost',
  'subscribers',
  'growth',
  'growthPercent',
  'daysSilent',
] as const;

/** The last digits of a fraction depend on the order of additions. */
function rounded<Values extends Record<string, number | null>>(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? null : Number(value.toFixed(9))]),
  ) as Values;
}

function shown(row: LeaderboardRow): Record<string, number | null> {
  return rounded(Object.fromEntries(compared.map((measure) => [measure, row[measure]])));
}
