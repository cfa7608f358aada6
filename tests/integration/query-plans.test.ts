import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPosts } from '#analytics/api/posts.ts';
import { listSubscribers } from '#analytics/api/subscribers.ts';
import { organisationReport } from '#analytics/organisation/report.ts';
import { overview } from '#analytics/overview/overview.ts';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { refreshAllRollups, refreshRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { currentStatuses } from '#analytics/status/current.ts';
import { readKnownPosts, readRhythms } from '#collector/known-posts.ts';
import { countOutcomes, pagesDone } from '#collector/ledger.ts';
import { tableNames } from '#schema/observations/table.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { fillWorld } from '../helpers/large-world.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock } from '../helpers/observed-rows.ts';
import { watchPlans, type Granules } from '../helpers/query-plans.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it fills a federation of 1,500 pages and 150 days');

const size = { pages: 1_500, days: 150, end: new Date('2026-02-10T03:00:00Z') };
const now = '2026-02-10T04:00:00Z';
const week = { from: '2026-02-02', to: '2026-02-08' };
let close: () => Promise<void>;
let sources: AnalyticsSources;

beforeAll(async () => {
  const opened = await openTestObservations(2_000);
  close = opened.close;
  const { observations } = opened;
  sources = { observations, clock: fixedClock(now), zone: 'Asia/Irkutsk', historyFrom: '2025-09-13' };
  await fillWorld(observations, size);
  const slot = new Date('2026-02-10T02:00:00Z');
  await insertRuns(observations, [
    { slot, kind: 'schedule', started: slot, finished: size.end, planned: [] },
  ]);
  await refreshAllRollups(sources);
  // Else parts that are merged meanwhile are other granules.
  for (const table of tableNames)
    await observations.command(`OPTIMIZE TABLE ${observations.tables[table]} FINAL`);
});
afterAll(() => close());

/** What some work asks, and the most that each question reads: `posts 1/17` is one granule of the 17 of all posts. */
async function reads(work: (watched: AnalyticsSources) => Promise<unknown>): Promise<Record<string, string>> {
  const most: Record<string, Granules> = {};
  const observations = watchPlans(sources.observations, (query, read) => {
    const known = (most[query] ??= {});
    for (const [table, granules] of Object.entries(read))
      if (granules.selected > (known[table]?.selected ?? -1)) known[table] = granules;
  });
  await work({ ...sources, observations });
  const told = (read: Granules): string =>
    Object.entries(read)
      .filter(([table]) => !['pages', 'organisations'].includes(table))
      .map(([table, { selected, of }]) => `${table} ${selected}/${of}`)
      .sort()
      .join(', ');
  return Object.fromEntries(Object.entries(most).map(([query, read]) => [query, told(read)]));
}

/** What the ranking, its row and the overview ask of all pages over the 13 weeks before the week. */
const rankingReads = {
  ...{ queryLastRun: 'runs 1/1', queryRegisterVersion: '', queryPages: '', queryOrganisations: '' },
  queryPostMeasures: 'posts 10/15',
  // Two days before each bound are asked about; a partition is a year.
  querySubscribersAt: 'subscribers 28/28',
  queryLooks: 'outcomes 14/28',
  queryPostBounds: 'page_days 1/15, page_months 2/2',
  queryDayCells: 'page_days 13/15',
};
/** What screens ask about the last run: the months that the newest looks can stand in. */
const coverageReads = {
  queryNewestOutcomes: 'outcomes 8/28',
  // Which pages were never looked at is asked of all looks: of their ids alone, by which they are sorted.
  queryRegisteredPages: 'outcomes 28/28',
};

test('the ranking reads the months of its window', async () => {
  const work = (watched: AnalyticsSources) => leaderboard(watched, { period: week });
  expect(await reads(work)).toEqual({ ...rankingReads, ...coverageReads, queryStoredRows: '' });
});

test('the overview reads the months of its window, and of posts those of yesterday', async () => {
  const work = (watched: AnalyticsSources) => overview(watched, { posts: 5, target: null });
  expect(await reads(work)).toEqual({
    ...rankingReads,
    ...coverageReads,
    ...{ queryRankingSummaries: '', queryRecentEvents: '' },
    ...{ queryLastSuccess: 'outcomes 2/28', queryRunWork: 'outcomes 2/28' },
    ...{ queryFreshPosts: 'posts 1/15', queryPostsPage: 'posts 1/15', queryPostDetails: 'posts 1/15' },
    // What is unusual is told from the posts of 28 days, and from the 100 before each of those.
    queryOutstandingPosts: 'posts 11/30',
    queryComparableViews: 'posts 15/15',
  });
});

test('the screen of an organisation reads its own pages beside the ranking', async () => {
  const work = (watched: AnalyticsSources) => organisationReport(watched, 3, week);
  expect(await reads(work)).toEqual({
    ...rankingReads,
    ...{ queryStoredRows: '', queryEvents: '' },
    ...{ queryHours: 'posts 1/15', queryTopPosts: 'posts 1/15', queryComparableViews: 'posts 6/15' },
    ...{ querySubscriberDays: 'subscribers 2/28', queryLastSuccesses: 'outcomes 6/28' },
    queryWeeklyViews: 'page_days 6/15',
  });
});

test('who is not updated is told from the months that a silence is measured in', async () => {
  expect(await reads(currentStatuses)).toEqual({
    ...{ queryOrganisations: '', queryPages: '' },
    queryLooks: 'outcomes 8/28',
    queryPostBounds: 'page_days 1/15, page_months 2/2',
    queryDayCells: 'page_days 10/15',
  });
});

test('lists read the page, or the days, that they are asked for', async () => {
  const ofPage = async (watched: AnalyticsSources) => {
    await listPosts(watched, { organisation: 3 });
    await listSubscribers(watched, { organisation: 3 });
  };
  const own = { queryPages: '', queryPostsPage: 'posts 6/15', querySubscribersPage: 'subscribers 2/28' };
  expect(await reads(ofPage)).toEqual(own);
  const ofDays = (watched: AnalyticsSources) => listPosts(watched, { from: '2026-02-01' });
  expect(await reads(ofDays)).toEqual({ queryPostsPage: 'posts 4/15' });
});

test('counting one page reads that page', async () => {
  const work = (watched: AnalyticsSources) => refreshRollups(watched, [{ pageId: 7, days: ['2026-02-08'] }]);
  expect(await reads(work)).toEqual({
    ...{ queryOtherZone: 'page_days 15/15', queryPages: '', queryRollupPosts: 'posts 2/15' },
    ...{ queryStoredCells: 'page_days 1/15', queryMonthsOfDays: 'page_days 1/15' },
    queryStoredMonths: 'page_months 1/2',
  });
});

test('collecting reads the months that its rhythms and its posts are of', async () => {
  const work = async ({ observations }: AnalyticsSources) => {
    await readRhythms(observations, new Date(now));
    await readKnownPosts(observations, [
      { pageId: 7, ids: [140, 141], after: new Date('2026-02-01T00:00:00Z') },
    ]);
    await pagesDone(observations, new Date('2026-02-10T02:00:00Z'));
    await countOutcomes(observations, new Date('2026-02-10T02:00:00Z'));
  };
  expect(await reads(work)).toEqual({
    readRhythms: 'posts 7/15',
    monthsOfKnownPosts: 'posts 6/15',
    addKnownPosts: 'posts 2/15',
    ...{ pagesDone: 'outcomes 2/28', countOutcomes: 'outcomes 2/28' },
  });
});
