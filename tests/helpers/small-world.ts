import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPageEvents } from '#schema/observations/tables/page-events.ts';
import { insertPostCounters } from '#schema/observations/tables/post-counters.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import { organisationRow, outcomeRow, pageRow, postRow, subscribersRow } from './observed-rows.ts';

/**
 * Five organisations in January 2026: one writes daily, one reposted once and has a Telegram page that was never read,
 * one closed its wall, one has no page, one only a site.
 */
export async function writeSmallWorld(observations: Observations): Promise<void> {
  await insertMirroredOrganisations(observations, [
    organisationRow(1, {
      name: 'Областная организация работников здравоохранения',
      sector: 'здравоохранение',
    }),
    organisationRow(2),
    organisationRow(3),
    organisationRow(4, { parentId: 1, level: 'primary', members: [], membersOn: [] }),
    organisationRow(5, { level: 'federation', tier: 'flagship' }),
  ]);
  await insertMirroredPages(observations, [
    pageRow(1, 1),
    pageRow(2, 2),
    pageRow(3, 3, { state: 'closed' }),
    pageRow(4, 5, { network: 'site', nativeId: 0, name: '', url: 'https://union.example/' }),
    pageRow(5, 2, {
      network: 'telegram',
      nativeId: 0,
      name: 'union',
      url: 'https://t.me/union',
      historyReached: null,
    }),
  ]);
  const ages = Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2026, 0, 6 + index, 3)));
  await insertPosts(observations, [
    ...ages.map((published, index) => postRow(1, index + 1, published, { views: 100 + 10 * index })),
    postRow(1, 50, '2026-01-19T15:59:59Z', { text: 'Профсоюзы подписали соглашение', views: null }),
    postRow(1, 51, '2026-01-19T16:00:00Z', {
      text: 'Соглашение подписано профсоюзом',
      edited: new Date('2026-01-20T00:00:00Z'),
    }),
    postRow(1, 52, '2026-01-20T03:00:00Z', { placement: 'visitor' }),
    postRow(1, 53, '2026-01-20T04:00:00Z', { deleted: new Date('2026-01-20T06:00:00Z') }),
    postRow(2, 1, '2026-01-13T03:00:00Z', { kind: 'repost', views: 0, likes: null }),
  ]);
  await insertPostCounters(
    observations,
    ages.map((published, index) => ({
      pageId: 1,
      postId: index + 1,
      slot: new Date(published.getTime() + 3_600_000),
      observed: new Date(published.getTime() + 3_600_000),
      views: 50,
      likes: 1,
      comments: 0,
      reposts: 0,
      viewsPrecision: 'exact' as const,
      likesPrecision: 'exact' as const,
      commentsPrecision: 'exact' as const,
      repostsPrecision: 'exact' as const,
    })),
  );
  await insertSubscribers(observations, [
    subscribersRow(1, '2026-01-11T10:00:00Z', 1000),
    subscribersRow(1, '2026-01-18T10:00:00Z', 1100),
    subscribersRow(1, '2026-01-21T03:00:00Z', null),
    subscribersRow(2, '2026-01-18T10:00:00Z', 40, { precision: 'rounded' }),
  ]);
  const slot = new Date('2026-01-21T03:00:00Z');
  await insertOutcomes(observations, [
    outcomeRow(1, slot),
    outcomeRow(2, slot, { outcome: 'empty' }),
    outcomeRow(3, '2026-01-01T03:00:00Z'),
    outcomeRow(3, slot, { outcome: 'closed', cause: 'vk:15 Access denied', state: 'closed' }),
  ]);
  await insertRuns(observations, [
    {
      slot: new Date('2026-01-21T02:00:00Z'),
      kind: 'schedule',
      started: new Date('2026-01-21T02:00:00Z'),
      finished: null,
      planned: [1],
    },
    { slot, kind: 'schedule', started: slot, finished: new Date('2026-01-21T03:01:00Z'), planned: [1, 2, 3] },
  ]);
  await insertPageEvents(observations, [
    {
      pageId: 1,
      observed: new Date('2026-01-14T00:00:00Z'),
      event: 'renamed',
      before: 'old',
      after: 'page1',
    },
  ]);
}
