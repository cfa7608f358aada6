import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listOrganisations } from '#analytics/api/organisations.ts';
import { overview } from '#analytics/overview/overview.ts';
import { listPages } from '#analytics/api/pages.ts';
import { listPosts } from '#analytics/api/posts.ts';
import { refreshRollups } from '#analytics/rollups/rollups.ts';
import { listRuns } from '#analytics/api/runs.ts';
import { loadPostsSince, pageDetails, currentStatuses } from '#analytics/status/current.ts';
import { listSubscribers } from '#analytics/api/subscribers.ts';
import { openServices } from '#cli/compose.ts';
import { healthReasons } from '#cli/health.ts';
import type { Services } from '#cli/services.ts';
import { askForDeleted } from '#collector/deleted-posts.ts';
import { readKnownPosts, readRhythms } from '#collector/known-posts.ts';
import { countOutcomes, missedCauses, slotsWithRuns } from '#collector/ledger.ts';
import { recordMissedSlots } from '#collector/missed-slots.ts';
import { readSettings } from '#domain/settings.ts';
import { removePostRows, insertPosts } from '#schema/observations/tables/posts.ts';
import { syncRegister } from '#register/sync.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import { takeRevision } from '#schema/operations/revisions.ts';
import { under } from '#schema/revisions.ts';
import { setStrayedAside } from '#schema/strayed-copies.ts';
import { listOwedDays, owePages, settleOwedDays } from '#schema/operations/owed-days.ts';
import { listPages as registeredPages, type Page } from '#schema/operations/pages.ts';
import { serveClickHouse, type ClickHouseServer } from '../contract/clickhouse-http-server.ts';
import { fixedClock, postRow, subscribersRow } from '../helpers/observed-rows.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it asks every question of 30,000 pages');

/** More ids of pages than a server takes as one parameter: 24,000 of five digits are. */
const size = { organisations: 10_000, pages: 30_000 };
const now = '2026-02-10T04:00:00Z';
const clock = fixedClock(now);
const hour = 3_600_000;
const analyticsZone = 'Asia/Irkutsk';
const withPosts = 300;
const at = (hours: number) => new Date(new Date(now).getTime() + hours * hour);
const directory = mkdtempSync(join(tmpdir(), 'profpulse-large-'));
let server: ClickHouseServer;
let services: Services;
let pages: Page[];

beforeAll(async () => {
  server = await serveClickHouse({ path: join(directory, 'server') });
  const environment = {
    DATA_DIR: directory,
    CLICKHOUSE_URL: server.url,
    TIMEZONE: analyticsZone,
    HISTORY_FROM: '2025-06-01',
    LOCALE: 'en',
    VK_TOKENS: 'large-register-key',
    VK_API_URL: 'http://127.0.0.1:9',
    TELEGRAM_WEB_URL: 'http://127.0.0.1:9',
  };
  const settings = readSettings(environment, { now: new Date(now), readFile: () => '' });
  const log = pino({ level: 'silent' });
  services = await openServices(settings, { command: 'test', clock, simulatedNetworks: true, log });
  await fillRegister();
  await syncRegister(services.operations, services.observations);
  pages = await registeredPages(services.operations);
  const observations = await writing();
  await insertPosts(
    observations,
    pages.slice(0, withPosts).map(({ id }, index) => postRow(id, 1, at(-1 - index))),
  );
  await insertSubscribers(
    observations,
    pages.slice(0, withPosts).map(({ id }) => subscribersRow(id, at(-24), 100 + id)),
  );
});
afterAll(async () => {
  await services?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The observations as counting writes them. */
async function writing() {
  const about = { stream: 'observations', kind: 'rebuild', summary: 'a test' } as const;
  return under(services.observations, await takeRevision(services.operations, clock, about));
}

/** Organisations with three pages each, one of them of Telegram; two organisations of three are the federation's own. */
async function fillRegister(): Promise<void> {
  const { db } = services.operations;
  const numbers = (most: number) =>
    sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${sql.lit(most)})`;
  const created = at(-5_000).toISOString();
  await sql`INSERT INTO organisations (id, council, name, short, level, sector, municipality, tier, league, created_at)
    ${numbers(size.organisations)}
    SELECT i, '', 'Организация ' || i, '', CASE i % 3 WHEN 0 THEN 'branch' ELSE 'federation' END, '', '', 'active', '',
           ${created} FROM n`.execute(db);
  await sql`INSERT INTO pages (id, organisation_id, network, native_id, name, title, link, state, history_reached, added_at)
    ${numbers(size.pages)}
    SELECT 100000 + i, 1 + (i - 1) / 3, CASE i % 3 WHEN 0 THEN 'telegram' ELSE 'vk' END, 1000000000 + i, 'page' || i, '',
           'https://vk.com/page' || i, 'ok', '2025-06-01', ${created} FROM n`.execute(db);
}

const ids = (): number[] => pages.map(({ id }) => id);

describe('30,000 pages, through a server with ordinary limits', () => {
  test('are counted when all of them are owed', async () => {
    const { operations, analytics } = services;
    await owePages(operations, ids(), clock.now());
    const owed = await listOwedDays(operations);
    const days = owed.map(({ pageId, fromDay }) => ({ pageId, days: [fromDay] }));
    expect(days).toHaveLength(size.pages);
    const numbered = { ...analytics, observations: await writing() };
    expect(await refreshRollups(numbered, days)).toEqual({ written: withPosts });
    await settleOwedDays(operations, owed, clock.now());
    expect(await listOwedDays(operations)).toEqual([]);
  });

  test('are ranked, and shown on the overview', async () => {
    const seen = await overview(services.analytics, { posts: 8, target: null });
    expect(seen.organisations).toBe(size.organisations);
    expect(seen.silent.statuses.organisations).toBe(size.organisations);
    expect(seen.newPosts).toMatchObject({ total: 24, organisations: 8 });
    expect(seen.newPosts.posts).toHaveLength(8);
    expect(seen.growth.pages).toHaveLength((size.pages * 2) / 3 + 1);
    expect(seen.growth.points).not.toEqual([]);
  });

  test('are judged, with the details of as many as are asked for', async () => {
    const { analytics } = services;
    const { organisations } = await currentStatuses(analytics);
    const shown = organisations.flatMap((organisation) => organisation.pages);
    expect(shown).toHaveLength(size.pages);
    const details = await pageDetails(analytics, shown);
    expect(details.size).toBe(size.pages);
    expect([...details.values()].filter(({ lastPost }) => lastPost).length).toBe(withPosts);
    const after = await loadPostsSince(
      analytics,
      ids().map((pageId) => ({ pageId, since: at(-500) })),
    );
    expect(after.filter(({ posts }) => posts === 1).length).toBe(withPosts);
    expect(await healthReasons(services, at(-1))).toEqual([]);
  });

  test('are listed', async () => {
    const { analytics } = services;
    const lists = [listPages, listOrganisations, listPosts, listSubscribers, listRuns];
    const found: number[] = [];
    for (const list of lists) found.push((await list(analytics, { limit: 1_000 })).data.length);
    expect(found).toEqual([1_000, 1_000, withPosts, withPosts, 0]);
    const own = { page: 'https://vk.com/page1' };
    expect((await listPosts(analytics, own)).data).toHaveLength(1);
    expect((await listSubscribers(analytics, { organisation: 1 })).data).toHaveLength(3);
  });

  test('are what a collection asks about, and what it knows of long pasts', async () => {
    const { observations } = services;
    expect((await readRhythms(observations, clock.now())).size).toBe(withPosts);
    const long = Array.from({ length: 9_000 }, (_, index) => Number.MAX_SAFE_INTEGER - 1 - index);
    const wanted = pages.slice(0, 3).map(({ id: pageId }, index) => ({
      pageId,
      ids: index === 1 ? [...long, 1] : [],
      ...(index === 2 ? { after: null } : {}),
    }));
    const known = await readKnownPosts(observations, wanted);
    expect([...known.values()].map((posts) => posts.size)).toEqual([0, 1, 1]);
    const refuse = () => Promise.reject(new Error('None of them was deleted.'));
    const records = {
      ...services.collection,
      ...{ slot: at(0), late: false, zone: analyticsZone, historyFrom: '2025-06-01', stretch: 1 },
      confirm: () => Promise.resolve(),
      confirming: { confirmAtOnce: 100, confirm: refuse },
    };
    await askForDeleted(records, pages, at(0));
    await removePostRows(
      observations,
      ids().map((pageId) => ({ pageId, postId: 99, published: at(0) })),
    );
    expect((await readRhythms(observations, clock.now())).size).toBe(withPosts);
  });

  test('are missed by name in a slot in which nothing ran', async () => {
    const { observations, collection } = services;
    const fortnight = Array.from({ length: 14 * 24 * 60 }, (_, minute) => at(-minute / 60));
    expect(await recordMissedSlots(collection, [at(-3)], missedCauses.asleep)).toBe(1);
    expect(await slotsWithRuns(observations, fortnight)).toEqual(new Set([at(-3).getTime()]));
    expect(await countOutcomes(observations, at(-3))).toMatchObject({ missed: size.pages });
  });

  test('are set aside when the register was restored from before there were any', async () => {
    const { operations, observations } = services;
    await sql`DELETE FROM pages WHERE id > 100100`.execute(operations.db);
    expect(await setStrayedAside(operations, observations)).toEqual({
      organisations: 0,
      pages: size.pages - 100,
    });
  });
});
