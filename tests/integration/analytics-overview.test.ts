import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationReport } from '#analytics/organisation/report.ts';
import { sourceAddresses } from '#analytics/organisation/source-addresses.ts';
import { overview } from '#analytics/overview/overview.ts';
import type { Overview } from '#analytics/overview/types.ts';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { storeRankings } from '#analytics/ranking/stored/store-rankings.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertMirroredPages } from '#schema/observations/tables/register-mirror.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock, outcomeRow, pageRow } from '../helpers/observed-rows.ts';
import { writeOverviewWorld } from '../helpers/overview-world.ts';

/** A Wednesday, 9:40 in Irkutsk. */
const now = '2026-11-25T01:40:00Z';
const target = { subscribers: 7000, by: '2026-12-31', from: '2026-10-01' };
const week = { from: '2026-11-16', to: '2026-11-22' };

let observations: Observations;
let close: () => Promise<void>;
let sources: AnalyticsSources;
/** Asked before anything was registered. */
let ofNothing: Overview;

beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  sources = { observations, clock: fixedClock(now), zone: 'Asia/Irkutsk', historyFrom: '2025-01-01' };
  ofNothing = await overview(sources, { posts: 5, target });
  await writeOverviewWorld(observations, new Date(now));
  await refreshAllRollups(sources);
});
afterAll(async () => {
  await close();
});

describe('the overview', () => {
  it('has nothing to say of an empty register, and says so', () => {
    expect(ofNothing).toMatchObject({
      organisations: 0,
      collection: { coverage: { slot: null, pages: 0, waiting: 0, registered: [] }, run: null, unread: [] },
      silent: { total: null, before: null, statuses: { organisations: 0, judged: 0 } },
      newPosts: { total: 0, posts: [] },
      bestPosts: { posts: [] },
      subscriptions: { count: 0, growth: 0 },
      growth: { organisations: [], points: [], progress: null, pace: null },
      events: { total: 0, isKnown: false },
    });
  });

  it('says which pages were not read and why, those read most recently first', async () => {
    const { collection } = await overview(sources, { posts: 5, target: null });
    expect(collection.coverage).toMatchObject({
      ...{ pages: 16, read: 13, waiting: 0 },
      registered: [
        { network: 'telegram', pages: 7, waiting: 0, never: 0 },
        { network: 'vk', pages: 9, waiting: 0, never: 0 },
      ],
    });
    expect(collection.coverage.slot?.toISOString()).toBe('2026-11-25T01:20:00.000Z');
    expect(collection).toMatchObject({ run: { pages: 16, read: 13, newPosts: 26 } });
    expect(collection.unread).toMatchObject([
      {
        organisation: { short: 'Профсоюз торговли' },
        network: 'vk',
        url: 'https://vk.com/club1012',
        outcome: 'error',
        cause: 'vk:10 Internal server error',
        lastSuccess: '2026-11-24T01:20:30.000Z',
      },
      {
        organisation: { short: 'Профсоюз здравоохранения' },
        network: 'telegram',
        url: 'https://t.me/profsoyuz_6',
        outcome: 'closed',
        state: 'closed',
        lastSuccess: '2026-11-22T01:20:30.000Z',
      },
      { organisation: { short: 'Профсоюз авиаработников' }, outcome: 'gone', state: 'taken_over' },
    ]);
  });

  it('names the newly silent first', async () => {
    const { silent } = await overview(sources, { posts: 5, target: null });
    expect(
      silent.organisations.map(({ organisation, daysSilent, since }) => [
        organisation.short,
        daysSilent,
        since,
      ]),
    ).toEqual([
      ['Профсоюз культуры', 14, 'yesterday'],
      ['Профсоюз строителей', 20, 'week'],
      ['Нефтегазстройпрофсоюз', 64, 'earlier'],
    ]);
    expect(silent).toMatchObject({ total: 3, fresh: 2, before: 2, statuses: { quiet: 1 } });
  });

  it('tells who moved in the last full week, as the ranking does', async () => {
    const { movers } = await overview(sources, { posts: 5, target: null });
    const { rows } = await leaderboard(sources, { period: week });
    const moved = rows.filter(({ movement }) => movement);
    expect(movers.period).toEqual(week);
    expect(movers.movedUp + movers.movedDown).toBe(moved.length);
    expect(moved.length).toBeGreaterThan(0);
    for (const { organisation, movement, place, placeBefore } of [...movers.up, ...movers.down]) {
      const row = moved.find((each) => each.organisation.id === organisation.id);
      expect(row).toMatchObject({ movement, place });
      expect(placeBefore - place).toBe(movement);
    }
  });

  it('lists the posts of the last 24 hours, of both networks, newest first', async () => {
    const { newPosts } = await overview(sources, { posts: 40, target: null });
    expect(newPosts.posts.length).toBe(newPosts.total);
    const times = newPosts.posts.map(({ published }) => published);
    expect(times).toEqual(times.toSorted().reverse());
    expect((times.at(-1) ?? '') >= '2026-11-24T01:40:00.000Z').toBe(true);
    expect(newPosts.networks.map(({ network }) => network)).toEqual(['telegram', 'vk']);
    // Visitors' and deleted posts are nobody's news; a forwarded message is, with the counters of its source.
    expect(newPosts.posts.map(({ id }) => id)).not.toContain('9002');
    expect(newPosts.posts.map(({ id }) => id)).not.toContain('9003');
    expect(newPosts.posts.find(({ id }) => id === '9001')).toMatchObject({
      organisation: { short: 'Иркутское Профобъединение' },
      url: 'https://t.me/profsoyuz_2/9001',
      sourceUrl: 'https://t.me/profsoyuz_4/3',
      showsSource: true,
      overperformance: null,
      stillGaining: true,
    });
    const few = await overview(sources, { posts: 3, target: null });
    expect(few.newPosts.posts).toEqual(newPosts.posts.slice(0, 3));
    expect(few.newPosts.total).toBe(newPosts.total);
  });

  it('knows where the sources of reposts are, of communities alone', async () => {
    const repost = { network: 'vk', kind: 'repost', sourceOwner: '-500', sourcePost: '7' } as const;
    const asked = [
      repost,
      { ...repost, sourceOwner: '500' },
      { ...repost, kind: 'original' as const },
      { ...repost, sourcePost: '' },
      { ...repost, network: 'telegram' as const },
      { ...repost, network: 'telegram' as const, sourceOwner: '-1777000004' },
    ];
    const addressOf = await sourceAddresses(observations, asked);
    expect(asked.map(addressOf)).toEqual([
      'https://vk.com/wall-500_7',
      null,
      null,
      null,
      null,
      'https://t.me/profsoyuz_4/7',
    ]);
  });

  it('does not know how many posts there were in a day in which no page was read', async () => {
    const asked = async (later: string) =>
      (await overview({ ...sources, clock: fixedClock(later) }, { posts: 5, target: null })).newPosts;
    expect(await asked('2026-11-26T03:00:00Z')).toMatchObject({ total: null, posts: [], networks: [] });
    expect((await asked('2026-11-26T03:00:00Z')).before).toBeGreaterThan(0);
    expect(await asked('2026-11-28T03:00:00Z')).toMatchObject({ total: null, before: null });
  });

  it('finds the post that did best for its page, not the one with the most views', async () => {
    const { bestPosts } = await overview(sources, { posts: 5, target: null });
    expect(bestPosts.period).toEqual({ from: '2026-11-19', to: '2026-11-25' });
    expect(bestPosts.posts[0]).toMatchObject({
      organisation: { short: 'Профсоюз образования' },
      network: 'telegram',
      views: 2500,
      precision: { views: 'rounded' },
    });
    expect(bestPosts.posts[0]?.overperformance).toBeCloseTo(5.42, 1);
    expect(bestPosts.posts.every(({ overperformance }) => (overperformance ?? 0) > 1)).toBe(true);
  });

  it('holds the federation’s own pages against their target', async () => {
    const { growth } = await overview(sources, { posts: 5, target });
    expect(growth.pages.map(({ network, count }) => [network, count])).toEqual([
      ['vk', 5200],
      ['telegram', 1300],
    ]);
    expect(growth.points.at(-1)).toEqual({ day: '2026-11-25', count: 6500, pages: 2 });
    expect(growth.pace).toBe(49);
    expect(growth.progress).toEqual({
      base: { day: '2026-10-01', count: 6115 },
      expected: 6650,
      current: { day: '2026-11-25', count: 6500 },
      ahead: -150,
      neededPerWeek: 98,
      state: 'behind',
    });
    expect((await overview(sources, { posts: 5, target: null })).growth).toMatchObject({
      target: null,
      progress: null,
    });
  });

  it('tells what happened to pages, and leaves out what is no news', async () => {
    const { events } = await overview(sources, { posts: 5, target: null });
    expect(events.events.map(({ kind, organisation }) => [kind, organisation.short])).toEqual([
      ['renamed', 'Профсоюз образования'],
      ['state', 'Профсоюз здравоохранения'],
      ['burst', 'Профсоюз здравоохранения'],
    ]);
    expect(events.total).toBe(3);
  });

  it('says the same from the store as computed', async () => {
    const later = { ...sources, clock: fixedClock('2026-11-25T02:00:00Z') };
    const other = {
      ...later,
      weights: { frequency: 30, regularity: 20, reach: 20, engagement: 20, growth: 10 },
    };
    const computed = await overview(other, { posts: 5, target });
    await storeRankings(later);
    const stored = await overview(later, { posts: 5, target });
    expect(stored).toEqual(computed);
  });
});

describe('two networks', () => {
  it('show each its own measures, weeks and marks, and never a mean of both', async () => {
    const both = await leaderboard(sources, { period: week });
    const row = both.rows.find(({ organisation }) => organisation.id === 2);
    expect(row).toMatchObject({ medianViews: null, erView: null });
    expect(row?.networks.vk?.medianViews).toBeGreaterThan(row?.networks.telegram?.medianViews ?? Infinity);
    const [vk, telegram] = [row?.networks.vk, row?.networks.telegram];
    expect((vk?.posts ?? 0) + (telegram?.posts ?? 0)).toBe(row?.posts);
    expect(row?.weeks).toEqual(vk?.weeks.map((posts, index) => (posts ?? 0) + (telegram?.weeks[index] ?? 0)));
    expect(vk?.flags).not.toContain('reactions_partial');
    expect(telegram?.flags).toContain('reactions_partial');

    const only = await leaderboard(sources, { period: week, network: 'telegram' });
    const same = only.rows.find(({ organisation }) => organisation.id === 2);
    expect(same).toMatchObject({
      place: row?.place,
      index: row?.index,
      weeks: telegram?.weeks,
      flags: telegram?.flags,
      medianViews: telegram?.medianViews,
    });
    expect(Object.keys(same?.networks ?? {})).toEqual(['telegram']);
    expect(same?.pages.map(({ network }) => network)).toEqual(['telegram']);
    const without = only.rows.find(({ organisation }) => organisation.id === 5);
    expect(without).toMatchObject({ status: 'none', posts: null, weeks: [], flags: [], networks: {} });
  });

  it('compare in the report with the median of the league in that network', async () => {
    const report = await organisationReport(sources, 2, week);
    const peers = (await leaderboard(sources, { period: week })).rows.filter(
      ({ league }) => league?.id === report.row.league?.id,
    );
    const inTelegram = peers
      .flatMap(({ networks }) => networks.telegram?.medianViews ?? [])
      .sort((a, b) => a - b);
    expect(inTelegram.length).toBeGreaterThan(1);
    const middle = (inTelegram.length - 1) / 2;
    const median = ((inTelegram[Math.floor(middle)] ?? 0) + (inTelegram[Math.ceil(middle)] ?? 0)) / 2;
    expect(report.networkMedians.telegram?.medianViews).toBe(median);
    expect(report.row.pages.map(({ network, precision }) => [network, precision])).toEqual([
      ['vk', 'exact'],
      ['telegram', 'exact'],
    ]);
    expect(report.subscribers.map(({ page }) => page.network)).toEqual(['vk', 'telegram']);
    expect(new Set(report.topPosts.map(({ network }) => network))).toEqual(new Set(['vk', 'telegram']));
  });

  it('put a forwarded message last among the best posts, for its views are its source’s', async () => {
    const report = await organisationReport(sources, 1, { from: '2026-11-24', to: '2026-11-24' });
    expect(report.topPosts.at(-1)).toMatchObject({ id: '9001', views: 90_000, showsSource: true });
  });
});

describe('pages that were not read', () => {
  it('are told apart: never looked at, not for long, and read before the newest looks', async () => {
    const [never, longAgo, once] = [9101, 9102, 9103];
    await insertMirroredPages(
      observations,
      [never, longAgo, once].map((id) => pageRow(id, 1)),
    );
    await insertOutcomes(observations, [
      outcomeRow(longAgo, '2026-09-01T01:00:00Z'),
      outcomeRow(once, '2026-09-01T01:00:00Z'),
      outcomeRow(once, '2026-11-25T01:00:00Z', { outcome: 'error', cause: 'vk:10' }),
    ]);
    const { collection } = await overview(sources, { posts: 5, target: null });
    expect(collection.coverage).toMatchObject({
      ...{ pages: 17, waiting: 2 },
      registered: [
        { network: 'telegram', pages: 7, waiting: 0, never: 0 },
        { network: 'vk', pages: 12, waiting: 2, never: 1 },
      ],
    });
    expect(collection.unread.at(-1)).toMatchObject({ id: once, lastSuccess: '2026-09-01T01:00:30.000Z' });
  });
});
