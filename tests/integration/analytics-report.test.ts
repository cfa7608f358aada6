import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { organisationReport, OrganisationUnknown } from '#analytics/organisation/report.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { queryStoredRows } from '#analytics/ranking/stored/query-stored-rows.ts';
import { storeRankings } from '#analytics/ranking/stored/store-rankings.ts';
import { PeriodError } from '#domain/period.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertRankings } from '#schema/observations/tables/rankings.ts';
import { insertMirroredOrganisations } from '#schema/observations/tables/register-mirror.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock, organisationRow } from '../helpers/observed-rows.ts';
import { writeSmallWorld } from '../helpers/small-world.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it counts a world, and shows it');

const week = { from: '2026-01-12', to: '2026-01-18' };
let observations: Observations;
let close: () => Promise<void>;
let sources: AnalyticsSources;

beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  sources = {
    observations,
    clock: fixedClock('2026-01-21T04:00:00Z'),
    zone: 'Asia/Irkutsk',
    historyFrom: '2025-01-01',
  };
  await writeSmallWorld(observations);
  await refreshAllRollups(sources);
});

afterAll(async () => {
  await close();
});

describe('the ranking', () => {
  it('shows a part of the rows without touching index, percentile or place', async () => {
    const whole = await leaderboard(sources, { period: week });
    const health = await leaderboard(sources, { period: week, sector: 'здравоохранение' });
    expect(health.rows).toEqual(whole.rows.filter((row) => row.organisation.id === 1));
    expect(health.totals).toMatchObject({ organisations: 1, posts: 6 });
    expect(health.previousTotals).toMatchObject({ organisations: 1, posts: 6 });
    expect((await leaderboard(sources, { period: week, search: 'здравоохранению' })).rows).toHaveLength(1);
    expect((await leaderboard(sources, { period: week, level: 'federation' })).rows).toMatchObject([
      { status: 'none' },
    ]);
    const telegram = await leaderboard(sources, { period: week, network: 'telegram' });
    expect(telegram.rows.find((row) => row.organisation.id === 1)).toMatchObject({
      status: 'none',
      posts: null,
      weeks: [],
    });
    expect(whole.coverage).toMatchObject({
      pages: 3,
      read: 2,
      unread: [{ outcome: 'closed', cause: 'vk:15 Access denied', pages: 1 }],
    });
  });

  it('leaves those of unknown status and without a page outside the places, and a known zero in', async () => {
    const { rows } = await leaderboard(sources, { period: week });
    const outside = rows.filter((row) => row.place === null);
    expect(outside.map((row) => [row.organisation.id, row.status]).sort()).toEqual([
      [3, 'unknown'],
      [4, 'none'],
      [5, 'none'],
    ]);
    expect(rows[0]).toMatchObject({
      place: 1,
      placeOf: 2,
      subscribers: 1100,
      growth: 100,
      growthPercent: 0.1,
    });
  });

  it('knows nothing of the posts of days that no look covers, and zero of those that one does', async () => {
    const rowOf = async (from: string, to: string) => {
      const ranking = await leaderboard(sources, { period: { from, to } });
      return ranking.rows.find(({ organisation }) => organisation.id === 3);
    };
    const unknown = {
      ...{ posts: null, originals: null, reposts: null, maturePosts: null, postsPerWeek: null },
      ...{ views: null, likes: null, reactions: null, erPost: null, erDay: null, longestSilence: null },
    };
    const closed = await rowOf(week.from, week.to);
    expect(closed).toMatchObject({ ...unknown, status: 'unknown', networks: { vk: unknown } });
    expect(closed?.weeks).toEqual([...Array.from({ length: 11 }, () => 0), null, null].slice(-13));
    expect(closed?.flags).toEqual(['history_short']);
    const partly = await rowOf('2025-12-29', '2026-01-04');
    expect(partly).toMatchObject({ posts: 0, originals: 0, views: 0, postsPerWeek: 0 });
    expect(partly?.flags).toContain('history_short');
    expect(await rowOf('2024-12-02', '2024-12-08')).toMatchObject(unknown);
    const ranking = await leaderboard(sources, { period: week });
    const second = ranking.rows.find(({ organisation }) => organisation.id === 2);
    expect(second).toMatchObject({
      posts: 1,
      networks: { vk: { posts: 1 }, telegram: { ...unknown, status: 'unknown' } },
    });
    expect(ranking.totals.posts).toBe(7);
    const federation = await leaderboard(sources, { period: week, level: 'federation' });
    expect(federation.totals).toMatchObject({ organisations: 1, posts: null });
  });

  it('is read from the store after a run, equal to the computed one, until something changes', async () => {
    const computed = await leaderboard(sources, { period: week });
    expect(computed.stored).toBe(false);
    expect(await storeRankings(sources)).toEqual({ rankings: 8, rows: 40 });
    const stored = await leaderboard(sources, { period: week });
    expect(stored).toEqual({ ...computed, stored: true });
    const own = await leaderboard(sources, { period: { from: '2026-01-13', to: '2026-01-18' } });
    expect(own.stored).toBe(false);
    const stricter = {
      ...sources,
      weights: { frequency: 1, regularity: 0, reach: 0, engagement: 0, growth: 0 },
    };
    expect((await leaderboard(stricter, { period: week })).stored).toBe(false);
    const tomorrow = { ...sources, clock: fixedClock('2026-01-22T04:00:00Z') };
    expect((await leaderboard(tomorrow, { period: week })).stored).toBe(false);
    await insertMirroredOrganisations(observations, [organisationRow(3)]);
    expect((await leaderboard(sources, { period: week })).stored).toBe(false);
  });

  it('that was stored under an earlier formula stays as it was; what is computed carries the present one', async () => {
    const old = { unit: 'week' as const, from: '2025-03-03', inputsHash: 'of the first formula' };
    const row = { organisationId: 1, row: '{"place":1}' };
    const kept = {
      periodFrom: old.from,
      periodTo: '2025-03-09',
      formulaVersion: 1,
      inputsHash: old.inputsHash,
    };
    const computed = new Date('2025-03-10T03:00:00Z');
    const places = { league: 'small', place: 1, index: 50 };
    await insertRankings(observations, [{ unit: old.unit, ...kept, computed, ...places, ...row }]);
    await storeRankings(sources);
    expect(await queryStoredRows(observations, old)).toEqual([row]);
    const versions = await observations.rows<{ from: string; version: number }>(
      `SELECT DISTINCT period_from AS from, formula_version AS version FROM ${observations.tables.rankings} FINAL
       WHERE unit = 'week' ORDER BY from`,
    );
    expect(versions.map(({ from, version }) => [from, version])).toEqual([
      [old.from, 1],
      [week.from, 2],
      ['2026-01-19', 2],
    ]);
    const again = await leaderboard(sources, { period: { from: old.from, to: kept.periodTo } });
    expect([again.stored, again.formulaVersion]).toEqual([false, 2]);
  });

  it('refuses a period that ends before it starts', async () => {
    await expect(leaderboard(sources, { period: { from: week.to, to: week.from } })).rejects.toThrow(
      PeriodError,
    );
  });
});

describe('the report of an organisation', () => {
  it('shows everything of the period', async () => {
    const report = await organisationReport(sources, 1, week);
    expect(report.row.organisation.id).toBe(1);
    // The line begins with the index window, so that a week shows more than its own days.
    expect(report.subscribers).toEqual([
      {
        page: { id: 1, network: 'vk', title: 'Страница 1', url: 'https://vk.com/club1001' },
        points: [
          { day: '2026-01-11', count: 1000 },
          { day: '2026-01-18', count: 1100 },
        ],
      },
    ]);
    expect(report.calendar).toHaveLength(365);
    expect(report.calendar.at(-1)).toEqual({ day: '2026-01-18', posts: 0 });
    expect(report.calendar.at(-2)).toEqual({ day: '2026-01-17', posts: 1 });
    expect(report.hours?.[0]?.[11]).toBe(1);
    expect(report.hours?.flat().reduce((sum, posts) => sum + posts, 0)).toBe(6);
    expect(report.weeks).toHaveLength(13);
    expect(report.weeks.at(-1)).toEqual({ from: '2026-01-12', posts: 6, views: 1110 });
    expect(report.topPosts[0]).toMatchObject({
      id: '12',
      views: 210,
      overperformance: 4.2,
      stillGaining: false,
    });
    expect(report.events).toMatchObject([{ event: 'renamed', before: 'old', after: 'page1' }]);
    expect(report.leagueMedians.posts).toBe(3.5);
    expect(report.leagueSize).toBe(2);
  });

  it('shows a gap, not a zero, where no look covers the days', async () => {
    const report = await organisationReport(sources, 3, { from: '2025-12-22', to: '2026-01-18' });
    expect(report.row).toMatchObject({ posts: 0, flags: ['few_posts', 'history_short'] });
    expect(report.weeks.slice(-4).map(({ posts }) => posts)).toEqual([0, 0, null, null]);
    expect(report.calendar.slice(-19).map(({ posts }) => posts)).toEqual([
      ...[0, 0],
      ...Array.from({ length: 17 }, () => null),
    ]);
    expect(report.hours?.flat()).toHaveLength(7 * 24);
    const after = await organisationReport(sources, 3, week);
    expect(after.hours).toBeNull();
  });

  it('is refused for an unknown organisation', async () => {
    await expect(organisationReport(sources, 99, week)).rejects.toThrow(OrganisationUnknown);
  });
});
