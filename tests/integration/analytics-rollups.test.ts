import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshAllRollups, refreshRollups, verifyRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { queryStoredCells, queryStoredMonths } from '#analytics/queries/rollup-cells.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import { insertPageDays } from '#schema/observations/tables/page-days.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock, organisationRow, pageRow, postRow } from '../helpers/observed-rows.ts';

const greeting =
  'Дорогие коллеги, сердечно поздравляем вас с праздником весны и желаем всем добра и здоровья';
let observations: Observations;
let close: () => Promise<void>;
let sources: AnalyticsSources;

async function cell(pageId: number, day: string) {
  const cells = await queryStoredCells(observations, [pageId], '2000-01-01');
  return cells.find((each) => each.day === day);
}

beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  sources = {
    observations,
    clock: fixedClock('2026-01-20T04:00:00Z'),
    zone: 'Asia/Irkutsk',
    historyFrom: '2025-01-01',
  };
  await insertMirroredOrganisations(observations, [organisationRow(1), organisationRow(2)]);
  await insertMirroredPages(observations, [pageRow(1, 1), pageRow(2, 1), pageRow(3, 2)]);
});

afterAll(async () => {
  await close();
});

describe('the rollups by local day', () => {
  it('count a post on the local day, over the change of the year', async () => {
    await insertPosts(observations, [
      postRow(1, 1, '2025-12-31T15:59:59.999Z'),
      postRow(1, 2, '2025-12-31T16:00:00.000Z', { views: null, comments: null }),
      postRow(1, 3, '2026-01-01T10:00:00Z', { kind: 'repost' }),
      postRow(1, 4, '2026-01-01T11:00:00Z', { placement: 'visitor' }),
      postRow(1, 5, '2026-01-01T12:00:00Z', { deleted: new Date('2026-01-02T00:00:00Z') }),
    ]);
    await refreshRollups(sources, [{ pageId: 1, days: ['2025-12-31', '2026-01-01'] }]);
    expect(await cell(1, '2025-12-31')).toMatchObject({ posts: 1, originals: 1, views: 100, viewsKnown: 1 });
    expect(await cell(1, '2026-01-01')).toMatchObject({
      posts: 2,
      originals: 1,
      reposts: 1,
      views: 100,
      viewsKnown: 1,
      reactionsKnown: 1,
      likes: 10,
      comments: 1,
      firstPublished: new Date('2025-12-31T16:00:00.000Z'),
    });
    expect(await verifyRollups(sources)).toEqual([]);
  });

  it('takes near-identical texts on pages of one organisation within 48 hours for one, the first counts', async () => {
    await insertPosts(observations, [
      postRow(1, 10, '2026-01-05T03:00:00Z', { text: greeting }),
      postRow(2, 10, '2026-01-06T03:00:00Z', { text: `${greeting}!` }),
      postRow(3, 10, '2026-01-06T03:00:00Z', { text: greeting }),
      postRow(2, 11, '2026-01-08T03:00:01Z', { text: greeting }),
    ]);
    await refreshRollups(
      sources,
      [1, 2, 3].map((pageId) => ({ pageId, days: ['2026-01-05', '2026-01-06', '2026-01-08'] })),
    );
    expect(await cell(1, '2026-01-05')).toMatchObject({ posts: 1, uniqueOriginals: 1 });
    expect(await cell(2, '2026-01-06')).toMatchObject({ posts: 1, uniqueOriginals: 0 });
    expect(await cell(3, '2026-01-06')).toMatchObject({ posts: 1, uniqueOriginals: 1 });
    expect(await cell(2, '2026-01-08')).toMatchObject({ posts: 1, uniqueOriginals: 1 });
  });

  it('counts the second text when the first is gone, on the other page too, and writes zeros over the empty day', async () => {
    await insertPosts(observations, [
      postRow(1, 10, '2026-01-05T03:00:00Z', { text: greeting, deleted: new Date('2026-01-07T00:00:00Z') }),
    ]);
    await refreshRollups(sources, [{ pageId: 1, days: ['2026-01-05'] }]);
    expect(await cell(1, '2026-01-05')).toMatchObject({ posts: 0, uniqueOriginals: 0, firstPublished: null });
    expect(await cell(2, '2026-01-06')).toMatchObject({ uniqueOriginals: 1 });
    expect(await verifyRollups(sources)).toEqual([]);
  });

  it('finds where counting may begin when the same text comes every day', async () => {
    const daily = Array.from({ length: 60 }, (_, index) =>
      postRow(3, 100 + index, new Date(Date.UTC(2025, 9, 1 + index, 1)), { text: greeting }),
    );
    await insertPosts(observations, daily);
    await refreshRollups(sources, [{ pageId: 3, days: ['2025-10-01'] }]);
    await insertPosts(observations, [postRow(3, 200, '2025-11-29T23:30:00Z')]);
    await refreshRollups(sources, [{ pageId: 3, days: ['2025-11-30'] }]);
    expect(await verifyRollups(sources)).toEqual([]);
  });

  it('sums the months, and names what differs when a cell has been spoilt', async () => {
    const months = await queryStoredMonths(observations, [1], '2000-01-01');
    expect(months.map((month) => [month.month, month.posts])).toEqual([
      ['2025-12-01', 1],
      ['2026-01-01', 2],
    ]);
    const right = await cell(1, '2026-01-01');
    if (!right) throw new Error('The cell was written above.');
    await insertPageDays(observations, [{ ...right, posts: 7 }]);
    expect(await verifyRollups(sources)).toEqual([
      { pageId: 1, day: '2026-01-01', rollup: 'day', measure: 'posts', stored: '7', expected: '2' },
    ]);
    expect(await refreshAllRollups(sources)).toEqual({ written: 1 });
    expect(await refreshAllRollups(sources)).toEqual({ written: 0 });
    expect(await verifyRollups(sources)).toEqual([]);
  });

  it('counts everything again when the zone has changed', async () => {
    const moscow = { ...sources, zone: 'Europe/Moscow' };
    await refreshRollups(moscow, []);
    expect(await cell(1, '2025-12-31')).toMatchObject({ posts: 2, zone: 'Europe/Moscow' });
    expect(await verifyRollups(moscow)).toEqual([]);
    await refreshRollups(sources, []);
    expect(await cell(1, '2025-12-31')).toMatchObject({ posts: 1, zone: 'Asia/Irkutsk' });
    expect(await verifyRollups(sources)).toEqual([]);
  });
});
