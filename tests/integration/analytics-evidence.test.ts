import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { organisationReport } from '#analytics/organisation/report.ts';
import { overview } from '#analytics/overview/overview.ts';
import { listPages } from '#analytics/api/pages.ts';
import { listPosts } from '#analytics/api/posts.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import { listRuns } from '#analytics/api/runs.ts';
import { pageDetails, currentStatuses } from '#analytics/status/current.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPageEvents } from '#schema/observations/tables/page-events.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock, organisationRow, outcomeRow, pageRow, postRow } from '../helpers/observed-rows.ts';

const week = { from: '2026-01-12', to: '2026-01-18' };
const slot = new Date('2026-01-21T03:00:00Z');
const doubt = 'the wall shows no posts, and 120 are known';
let sources: AnalyticsSources;
let close: () => Promise<void>;

/** A channel with all kinds of posts; walls doubted for a day and for four; an address that is a group. */
beforeAll(async () => {
  const opened = await openTestObservations();
  close = opened.close;
  const { observations } = opened;
  await insertMirroredOrganisations(
    observations,
    [1, 2, 3, 4].map((id) => organisationRow(id)),
  );
  const channel = { network: 'telegram' as const, url: 'https://t.me/page1' };
  await insertMirroredPages(observations, [
    pageRow(1, 1, channel),
    pageRow(2, 2),
    pageRow(3, 3),
    pageRow(4, 4, {
      ...{ network: 'telegram', nativeId: 0, name: 'chat', url: 'https://t.me/chat', historyReached: null },
      ...{ state: 'unresolved', foundAs: 'group_chat' },
    }),
  ]);
  await insertPosts(observations, [
    postRow(1, 1, '2026-01-13T03:00:00Z', { views: 105, likes: 8, comments: 0, reposts: 0, stars: 500 }),
    postRow(1, 2, '2026-01-14T03:00:00Z', { text: 'Выходим на субботник?', textKind: 'poll', stars: 0 }),
    postRow(1, 3, '2026-01-15T03:00:00Z', {
      lastDeleted: new Date('2026-01-16T03:00:00Z'),
      returned: new Date('2026-01-16T09:00:00Z'),
    }),
    postRow(1, 4, '2026-01-16T03:00:00Z', {
      ...{ kind: 'repost', text: '', sourceText: 'Слова источника' },
      ...{ sourceOwner: -77, sourcePost: 5 },
    }),
    postRow(2, 1, '2026-01-14T03:00:00Z'),
    postRow(3, 1, '2026-01-14T03:00:00Z'),
  ]);
  const suspect = { outcome: 'suspect' as const, cause: doubt };
  await insertOutcomes(observations, [
    outcomeRow(1, slot),
    outcomeRow(2, '2026-01-20T03:00:00Z'),
    outcomeRow(2, slot, suspect),
    outcomeRow(3, '2026-01-17T03:00:00Z'),
    ...['18', '19', '20'].map((day) => outcomeRow(3, `2026-01-${day}T03:00:00Z`, suspect)),
    outcomeRow(3, slot, { ...suspect, state: 'closed' }),
    outcomeRow(4, slot, { outcome: 'error', cause: 't.me/chat is a group', state: 'unresolved' }),
  ]);
  const finished = new Date(slot.getTime() + 60_000);
  await insertRuns(observations, [
    { slot, kind: 'schedule', started: slot, finished, planned: [1, 2, 3, 4] },
  ]);
  const events = { pageId: 1, before: 'page1' };
  await insertPageEvents(observations, [
    { ...events, observed: new Date('2026-01-17T03:00:00Z'), event: 'found_again', after: 'page_one' },
    { ...events, observed: new Date('2026-01-18T03:00:00Z'), event: 'became', after: 'group_chat' },
  ]);
  sources = {
    ...{ observations, zone: 'Asia/Irkutsk', historyFrom: '2025-01-01' },
    clock: fixedClock('2026-01-21T04:00:00Z'),
  };
  await refreshAllRollups(sources);
});
afterAll(async () => {
  await close();
});

describe('a suspect answer', () => {
  it('is no successful look: three intervals after the last one nothing is claimed', async () => {
    const { data } = await listPages(sources, {});
    expect(data.slice(1, 3)).toMatchObject([
      { lastOutcome: 'suspect', lastSuccess: '2026-01-20T03:00:30.000Z', status: 'slow' },
      {
        ...{ lastOutcome: 'suspect', lastSuccess: '2026-01-17T03:00:30.000Z' },
        ...{ status: 'unknown', statusReason: 'no_observation', state: 'ok' },
      },
    ]);
    const now = await leaderboard(sources, { period: { from: '2026-01-18', to: '2026-01-21' } });
    const posts = new Map(now.rows.map((row) => [row.organisation.id, row.posts]));
    expect([posts.get(2), posts.get(3)]).toEqual([0, null]);
  });

  it('is counted in the runs, among what was not read, and stands on the line of its page', async () => {
    const { data } = await listRuns(sources, {});
    expect(data).toMatchObject([{ pages: 4, outcomes: { ok: 1, suspect: 2, error: 1 } }]);
    const { coverage } = await leaderboard(sources, { period: week });
    expect(coverage).toMatchObject({ pages: 4, read: 1 });
    expect(coverage.unread).toContainEqual({
      ...{ network: 'vk', outcome: 'suspect', cause: doubt, foundAs: null, pages: 2 },
    });
    const { collection } = await overview(sources, { posts: 1, target: null });
    expect(collection.unread.map(({ id, outcome }) => [id, outcome])).toEqual([
      [2, 'suspect'],
      [3, 'suspect'],
      [4, 'error'],
    ]);
    const running = await organisationReport(sources, 3, { from: '2026-01-19', to: '2026-01-25' });
    expect(running.row.pages).toMatchObject([{ lastOutcome: 'suspect', lastCause: doubt, state: 'ok' }]);
    const details = await currentStatuses(sources);
    const page = details.organisations.find(({ id }) => id === 3)?.pages ?? [];
    expect(page).toMatchObject([{ unread: 'not_lately' }]);
    expect((await pageDetails(sources, page)).get(3)).toMatchObject({ lastOutcome: 'suspect' });
  });
});

describe('what is no page of publications', () => {
  it('is said to be what it is in every list', async () => {
    const { data } = await listPages(sources, {});
    expect(data.map(({ foundAs }) => foundAs)).toEqual([null, null, null, 'group_chat']);
    const ranking = await leaderboard(sources, { period: week });
    const row = ranking.rows.find(({ organisation }) => organisation.id === 4);
    expect(row).toMatchObject({ status: 'unknown', posts: null, pages: [{ foundAs: 'group_chat' }] });
    expect(ranking.coverage.unread).toContainEqual({
      ...{ network: 'telegram', outcome: 'error', cause: 't.me/chat is a group', pages: 1 },
      foundAs: 'group_chat',
    });
    const { organisations } = await currentStatuses(sources);
    expect(organisations.find(({ id }) => id === 4)?.pages).toMatchObject([{ foundAs: 'group_chat' }]);
    const { collection } = await overview(sources, { posts: 1, target: null });
    expect(collection.unread.at(-1)).toMatchObject({ id: 4, foundAs: 'group_chat' });
  });

  it('and what becomes so, or is found again, is an event', async () => {
    const { events } = await overview(sources, { posts: 1, target: null });
    expect(events.events).toMatchObject([
      { kind: 'became', after: 'group_chat' },
      { kind: 'found_again', after: 'page_one' },
    ]);
    const report = await organisationReport(sources, 1, week);
    expect(report.events.map(({ event }) => event)).toEqual(['became', 'found_again']);
  });
});

describe('a page that has become something else', () => {
  it('was none of it before: in a period by whose end it was read as a page it is one', async () => {
    const { observations } = sources;
    await insertMirroredPages(observations, [pageRow(2, 2, { state: 'unresolved', foundAs: 'group_chat' })]);
    const became = { outcome: 'gone' as const, state: 'unresolved' as const };
    await insertOutcomes(observations, [outcomeRow(2, '2026-01-21T03:30:00Z', became)]);
    const pageIn = async (from: string, to: string) =>
      (await organisationReport(sources, 2, { from, to })).row.pages;
    expect(await pageIn('2026-01-14', '2026-01-20')).toMatchObject([{ state: 'ok', foundAs: null }]);
    expect(await pageIn('2026-01-15', '2026-01-21')).toMatchObject([
      { state: 'unresolved', foundAs: 'group_chat', status: 'unknown' },
    ]);
    const { organisations } = await currentStatuses(sources);
    expect(organisations.find(({ id }) => id === 2)?.pages).toMatchObject([{ foundAs: 'group_chat' }]);
  });
});

describe('a post', () => {
  it('shows its Stars apart, in no sum of reactions', async () => {
    const { data } = await listPosts(sources, { organisation: 1 });
    expect(data.map(({ id, stars }) => [id, stars])).toEqual([
      ['4', null],
      ['3', null],
      ['2', 0],
      ['1', 500],
    ]);
    const report = await organisationReport(sources, 1, { from: '2026-01-13', to: '2026-01-13' });
    expect(report.topPosts).toMatchObject([{ id: '1', stars: 500, likes: 8 }]);
    expect(report.row).toMatchObject({ reactions: 8, erView: 8 / 105 });
  });

  it('says what its words are of, those of a source being a text', async () => {
    const { data } = await listPosts(sources, { organisation: 1 });
    expect(data.find(({ id }) => id === '2')).toMatchObject({
      text: 'Выходим на субботник?',
      textKind: 'poll',
    });
    const { topPosts } = await organisationReport(sources, 1, week);
    expect(topPosts.find(({ id }) => id === '2')).toMatchObject({ textKind: 'poll' });
    expect(topPosts.find(({ id }) => id === '4')).toMatchObject({
      text: 'Слова источника',
      textKind: 'text',
      // Of a channel that is not in the register no name is known.
      sourceUrl: null,
    });
  });

  it('that was missed and came back counts as if it had never been gone, and says both instants', async () => {
    const { data } = await listPosts(sources, { organisation: 1 });
    expect(data.find(({ id }) => id === '3')).toMatchObject({
      deleted: null,
      lastDeleted: '2026-01-16T03:00:00.000Z',
      returned: '2026-01-16T09:00:00.000Z',
    });
    const { rows } = await leaderboard(sources, { period: week });
    expect(rows.find(({ organisation }) => organisation.id === 1)?.posts).toBe(4);
  });
});
