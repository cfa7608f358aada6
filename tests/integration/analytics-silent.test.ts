import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import { loadPostsSince, pageDetails, currentStatuses } from '#analytics/status/current.ts';
import type { OrganisationStatus, PageStatus } from '#analytics/status/current.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock, organisationRow, outcomeRow, pageRow, postRow } from '../helpers/observed-rows.ts';

const now = '2026-03-31T04:00:00Z';
let observations: Observations;
let close: () => Promise<void>;
let sources: AnalyticsSources;

/** Nine organisations on 31 March 2026, each silent in a way of its own, or not. */
beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  const zone = 'Asia/Irkutsk';
  sources = { observations, clock: fixedClock(now), zone, historyFrom: '2025-01-01' };
  const paused = { pausesFrom: ['2026-03-20'], pausesTo: ['2026-04-10'] };
  await insertMirroredOrganisations(
    observations,
    Array.from({ length: 9 }, (_, index) => organisationRow(index + 1, index === 6 ? paused : {})),
  );
  const telegram = { network: 'telegram', nativeId: 500, name: 'union', url: 'https://t.me/union' } as const;
  await insertMirroredPages(observations, [
    pageRow(1, 1),
    pageRow(2, 2),
    pageRow(21, 2, telegram),
    pageRow(3, 3),
    pageRow(4, 4, { state: 'closed' }),
    pageRow(5, 5),
    pageRow(6, 6, { historyReached: '2026-03-20' }),
    pageRow(7, 7),
    pageRow(8, 8, { network: 'site', nativeId: 0, name: '', url: 'https://union.example' }),
    pageRow(9, 9, { state: 'unresolved', nativeId: 0, historyReached: null }),
    pageRow(91, 9, { historyReached: null }),
  ]);
  await insertPosts(observations, [
    postRow(1, 1, '2026-02-01T03:00:00Z', { text: 'Раньше' }),
    // In Irkutsk it is the 2nd already.
    postRow(1, 2, '2026-03-01T17:00:00Z', { text: 'П'.repeat(400) }),
    postRow(1, 3, '2026-03-25T03:00:00Z', { placement: 'visitor' }),
    postRow(1, 4, '2026-03-26T03:00:00Z', { deleted: new Date('2026-03-27T03:00:00Z') }),
    postRow(2, 1, '2026-01-10T03:00:00Z'),
    ...[20, 22, 24, 26, 28, 30].map((day) => postRow(21, day, `2026-03-${day}T03:00:00Z`)),
    postRow(3, 7, '2026-03-20T03:00:00Z', { kind: 'repost', text: '', sourceText: 'Слова источника' }),
    postRow(4, 1, '2026-03-01T03:00:00Z'),
    postRow(5, 1, '2026-03-01T03:00:00Z'),
    postRow(7, 1, '2026-01-01T03:00:00Z'),
  ]);
  const slot = '2026-03-31T03:00:00Z';
  await insertOutcomes(observations, [
    ...[1, 2, 21, 3, 7].map((page) => outcomeRow(page, slot)),
    outcomeRow(4, slot, { outcome: 'closed', state: 'closed' }),
    outcomeRow(5, '2026-03-20T03:00:00Z'),
    outcomeRow(5, slot, { outcome: 'error', cause: 'timeout' }),
    outcomeRow(6, slot, { outcome: 'empty' }),
    outcomeRow(9, slot, { outcome: 'gone', state: 'unresolved' }),
  ]);
  await refreshAllRollups(sources);
});

afterAll(async () => {
  await close();
});

async function statusOf(id: number, network?: 'vk' | 'telegram'): Promise<OrganisationStatus> {
  const { organisations } = await currentStatuses(sources, { network });
  const found = organisations.find((organisation) => organisation.id === id);
  if (!found) throw new Error(`There is no organisation ${id}.`);
  return found;
}

describe('statuses as of now', () => {
  it('say who is silent, for how many local days, and since which post', async () => {
    expect(await statusOf(1)).toMatchObject({
      status: 'stale',
      daysSilent: 29,
      pause: null,
      pages: [{ id: 1, status: 'stale', unread: null, daysSilent: 29, url: 'https://vk.com/club1001' }],
    });
    expect((await statusOf(1)).pages[0]?.lastPost).toEqual(new Date('2026-03-01T17:00:00Z'));
    expect(await statusOf(3)).toMatchObject({ status: 'quiet', daysSilent: 11 });
  });

  it('give an organisation its best page’s status, and each page its own', async () => {
    const both = await statusOf(2);
    expect(both).toMatchObject({ status: 'slow', daysSilent: 1 });
    expect(both.pages.map(({ network, status }) => [network, status])).toEqual([
      ['vk', 'dead'],
      ['telegram', 'slow'],
    ]);
    expect(await statusOf(2, 'vk')).toMatchObject({ status: 'dead', daysSilent: 80, pages: [{ id: 2 }] });
    expect(await statusOf(1, 'telegram')).toMatchObject({ status: 'none', pages: [] });
  });

  it('never call silent what could not be read, and say why', async () => {
    const unread = async (id: number) => {
      const { status, daysSilent, pages } = await statusOf(id);
      return [status, daysSilent, ...pages.map((page) => page.unread)];
    };
    expect(await unread(4)).toEqual(['unknown', null, 'closed']);
    expect(await unread(5)).toEqual(['unknown', null, 'not_lately']);
    expect(await unread(6)).toEqual(['unknown', null, 'no_posts_yet']);
    expect(await unread(9)).toEqual(['unknown', null, 'unresolved', 'never_read']);
  });

  it('tell a pause and until when, and who has no page that is read', async () => {
    expect(await statusOf(7)).toMatchObject({
      status: 'paused',
      pause: { from: '2026-03-20', to: '2026-04-10' },
    });
    expect(await statusOf(8)).toMatchObject({
      status: 'none',
      pages: [],
      otherPages: ['https://union.example'],
    });
    const { organisations, today } = await currentStatuses(sources);
    expect([organisations.length, today]).toEqual([9, '2026-03-31']);
    expect(organisations.every(({ league }) => league !== null)).toBe(true);
  });
});

const pagesOf = async (...ids: number[]): Promise<PageStatus[]> =>
  (await currentStatuses(sources)).organisations.flatMap(({ pages }) =>
    pages.filter((page) => ids.includes(page.id)),
  );

describe('the details of pages', () => {
  it('hold the last post with its beginning, and the last look', async () => {
    const details = await pageDetails(sources, await pagesOf(1, 3, 5, 21, 91));
    expect(details.get(1)).toEqual({
      lastPost: {
        published: '2026-03-01T17:00:00.000Z',
        url: 'https://vk.com/wall-1001_2',
        text: 'П'.repeat(300),
        textKind: 'text',
      },
      lastSuccess: '2026-03-31T03:00:30.000Z',
      lastOutcome: 'ok',
    });
    expect(details.get(3)?.lastPost?.text).toBe('Слова источника');
    expect(details.get(5)).toMatchObject({
      lastSuccess: '2026-03-20T03:00:30.000Z',
      lastOutcome: 'error',
    });
    expect(details.get(21)?.lastPost?.url).toBe('https://t.me/union/30');
    expect(details.get(91)).toEqual({ lastPost: null, lastSuccess: null, lastOutcome: null });
    expect(await pageDetails(sources, [])).toEqual(new Map());
  });
});

describe('what happened after an instant', () => {
  it('counts undeleted posts of the page itself, and does not claim silence of what was not read since', async () => {
    const since = (pageId: number, day: string) => ({ pageId, since: new Date(`2026-03-${day}T03:00:00Z`) });
    expect(
      await loadPostsSince(sources, [since(21, '24'), since(21, '29'), since(1, '24'), since(5, '21')]),
    ).toEqual([
      { posts: 3, first: new Date('2026-03-26T03:00:00Z'), isKnown: true },
      { posts: 1, first: new Date('2026-03-30T03:00:00Z'), isKnown: true },
      { posts: 0, first: null, isKnown: true },
      { posts: 0, first: null, isKnown: false },
    ]);
    expect(await loadPostsSince(sources, [])).toEqual([]);
  });
});
