import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListRequestError } from '#analytics/api/list-request.ts';
import { listOrganisations } from '#analytics/api/organisations.ts';
import { listPages } from '#analytics/api/pages.ts';
import { listPosts } from '#analytics/api/posts.ts';
import { loadRegisterMirror } from '#analytics/ranking/period-facts.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import { listRuns } from '#analytics/api/runs.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { listSubscribers } from '#analytics/api/subscribers.ts';
import { formulaVersion } from '#domain/activity-index.ts';
import { PageLinkError } from '#domain/page-link.ts';
import { PeriodError } from '#domain/period.ts';
import type { Observations } from '#schema/observations/connect.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock, organisationRow, pageRow } from '../helpers/observed-rows.ts';
import { writeSmallWorld } from '../helpers/small-world.ts';

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

describe('posts', () => {
  it('come newest first by the community itself, in the shape of the API', async () => {
    const { data, meta } = await listPosts(sources, { limit: 2 });
    expect(data).toEqual([
      {
        network: 'vk',
        page: 'https://vk.com/club1001',
        id: '51',
        url: 'https://vk.com/wall-1001_51',
        published: '2026-01-19T16:00:00.000Z',
        kind: 'original',
        text: 'Соглашение подписано профсоюзом',
        textKind: 'text',
        sourceText: null,
        views: 100,
        likes: 5,
        comments: 1,
        reposts: 2,
        precision: { views: 'exact', likes: 'exact', comments: 'exact', reposts: 'exact' },
        stars: null,
        edited: '2026-01-20T00:00:00.000Z',
        deleted: null,
        lastDeleted: null,
        returned: null,
      },
      expect.objectContaining({ id: '50', views: null }),
    ]);
    expect(meta).toMatchObject({ zone: 'Asia/Irkutsk', formulaVersion, period: { from: null, to: null } });
  });

  it('are all read through cursors, none twice', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { data, meta } = await listPosts(sources, { limit: 4, cursor });
      seen.push(...data.map((post) => `${post.page} ${post.id}`));
      cursor = meta.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(15);
    expect(new Set(seen).size).toBe(15);
  });

  it('are chosen by local days, pages in any form of link, organisation and word forms', async () => {
    const ids = async (request: Parameters<typeof listPosts>[1]) =>
      (await listPosts(sources, request)).data.map((post) => post.id);
    expect(await ids({ from: '2026-01-20', to: '2026-01-20' })).toEqual(['51']);
    expect(await ids({ from: '2026-01-19', to: '2026-01-19' })).toEqual(['50']);
    expect(await ids({ q: 'профсоюзу подписали' })).toEqual(['51', '50']);
    expect(await ids({ q: 'отпуск' })).toEqual([]);
    expect(await ids({ organisation: 2 })).toEqual(['1']);
    for (const page of [
      'https://vk.ru/club1002?from=search',
      'vk.com/page2',
      '@page2',
      'https://vk.com/public1002',
    ]) {
      expect(await ids({ page })).toEqual(['1']);
    }
    expect(await ids({ page: 'vk.com/nobody' })).toEqual([]);
    expect(await ids({ deleted: true, from: '2026-01-20' })).toEqual(['53', '51']);
  });

  it.each([
    [{ limit: 0 }, ListRequestError],
    [{ limit: 1001 }, ListRequestError],
    [{ cursor: 'nonsense' }, ListRequestError],
    [{ cursor: Buffer.from('["x",1,"1"]').toString('base64url') }, ListRequestError],
    [{ cursor: Buffer.from('[1]').toString('base64url') }, ListRequestError],
    [{ from: '2026-02-30' }, PeriodError],
    [{ from: '2026-02-02', to: '2026-02-01' }, PeriodError],
    [{ page: 'https://vk.com/id1' }, PageLinkError],
  ])('refuse what cannot be understood: %j', async (request, kind) => {
    await expect(listPosts(sources, request)).rejects.toThrow(kind);
  });
});

describe('the other lists', () => {
  it('give subscribers by observation, unknown as null', async () => {
    const { data } = await listSubscribers(sources, { page: 'vk.com/club1001', from: '2026-01-18' });
    expect(data).toEqual([
      {
        network: 'vk',
        page: 'https://vk.com/club1001',
        slot: '2026-01-18T10:00:00.000Z',
        observed: '2026-01-18T10:00:20.000Z',
        count: 1100,
        precision: 'exact',
      },
      {
        network: 'vk',
        page: 'https://vk.com/club1001',
        slot: '2026-01-21T03:00:00.000Z',
        observed: '2026-01-21T03:00:20.000Z',
        count: null,
        precision: null,
      },
    ]);
    const first = await listSubscribers(sources, { limit: 1 });
    const second = await listSubscribers(sources, { limit: 1, cursor: first.meta.nextCursor ?? '' });
    expect([first, second].map(({ data: [row] }) => row?.count)).toEqual([1000, 1100]);
  });

  it('give runs with every outcome counted', async () => {
    const { data, meta } = await listRuns(sources, { limit: 1 });
    expect(data).toEqual([
      {
        slot: '2026-01-21T03:00:00.000Z',
        started: '2026-01-21T03:00:00.000Z',
        finished: '2026-01-21T03:01:00.000Z',
        pages: 3,
        outcomes: { ok: 1, empty: 1, closed: 1, gone: 0, rate_limited: 0, error: 0, missed: 0, suspect: 0 },
      },
    ]);
    const next = await listRuns(sources, { cursor: meta.nextCursor ?? '' });
    expect(next.data).toMatchObject([{ finished: null, pages: 1, outcomes: { ok: 0 } }]);
    expect(next.meta.nextCursor).toBeNull();
  });

  it('give pages with state, status and the newest known subscribers', async () => {
    const { data } = await listPages(sources, {});
    expect(data).toHaveLength(5);
    expect(data[0]).toMatchObject({
      network: 'vk',
      url: 'https://vk.com/club1001',
      nativeId: 1001,
      state: 'ok',
      status: 'active',
      organisation: { id: 1 },
      lastOutcome: 'ok',
      lastSuccess: '2026-01-21T03:00:30.000Z',
      subscribers: 1100,
      precision: 'exact',
    });
    expect(data[1]).toMatchObject({ status: 'quiet', lastOutcome: 'empty', precision: 'rounded' });
    expect(data[2]).toMatchObject({
      state: 'closed',
      status: 'unknown',
      statusReason: 'closed',
      lastOutcome: 'closed',
      lastSuccess: '2026-01-01T03:00:30.000Z',
      subscribers: null,
    });
    expect(data[3]).toMatchObject({ network: 'site', nativeId: null, url: 'https://union.example/' });
    expect(data[4]).toMatchObject({
      network: 'telegram',
      url: 'https://t.me/union',
      status: 'unknown',
      lastOutcome: null,
    });
    const page = await listPages(sources, { limit: 2 });
    expect((await listPages(sources, { cursor: page.meta.nextCursor ?? '' })).data).toHaveLength(3);
  });

  it('give organisations with parent, league and status', async () => {
    const { data } = await listOrganisations(sources, {});
    expect(data.map(({ status }) => status)).toEqual(['active', 'unknown', 'unknown', 'none', 'none']);
    expect(data[3]).toMatchObject({ parent: { id: 1 }, members: null, level: 'primary' });
    expect(data[0]).toMatchObject({
      members: 500,
      pages: [{ network: 'vk', url: 'https://vk.com/club1001' }],
    });
    expect((await listOrganisations(sources, { page: 'https://t.me/s/union' })).data).toMatchObject([
      { id: 2 },
    ]);
    const one = await listOrganisations(sources, { limit: 1 });
    expect(
      (await listOrganisations(sources, { cursor: one.meta.nextCursor ?? '', limit: 1 })).data[0]?.id,
    ).toBe(2);
  });

  it('name what the register gives no short name, and what the network gives no title', async () => {
    await insertMirroredOrganisations(observations, [organisationRow(9, { name: 'Профком', short: '' })]);
    await insertMirroredPages(observations, [
      pageRow(91, 9, { title: '', nativeId: 0 }),
      pageRow(92, 9, { title: '', name: '', nativeId: 0 }),
    ]);
    const { organisations, pages } = await loadRegisterMirror(sources);
    expect(organisations.at(-1)).toMatchObject({ id: 9, name: 'Профком', short: 'Профком' });
    expect(pages.slice(-2)).toMatchObject([
      { title: 'page91', ownTitle: '', url: 'https://vk.com/page91', link: 'https://vk.com/page91' },
      { title: 'https://vk.com/page92', url: 'https://vk.com/page92' },
    ]);
  });
});
