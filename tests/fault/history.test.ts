import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Services } from '#cli/services.ts';
import { rollupsVerifyCommand } from '#cli/commands/rollups.ts';
import { exitCodes } from '#cli/failures.ts';
import { beginHistory, historyDifferences } from '#schema/history.ts';
import { readHistoryMark } from '#schema/observations/tables/instance.ts';
import { mirroredPages } from '#schema/observations/tables/register-mirror.ts';
import { writesPerRevision } from '#schema/revision-numbers.ts';
import { collectAll, openStoreFolder, type StoreFolder } from '../helpers/store-folder.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects worlds, and kills who does');

const hour = 3_600_000;
let folder: StoreFolder;
let restore: () => void;

/** A folder with a register and nothing collected. Each test goes on from there. */
beforeAll(async () => {
  folder = await openStoreFolder({
    seed: 9,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 10,
    historyFrom: '2026-01-12',
  });
  await folder.opened((services) => folder.importRegister(services));
  restore = folder.keep();
});
beforeEach(() => restore());
afterAll(async () => {
  await folder.close();
});

const histories = ['post_states', 'page_day_states', 'organisation_states', 'page_states'] as const;

async function countStates({ observations }: Services): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of histories) {
    const [row] = await observations.rows<{ states: number }>(
      `SELECT toUInt32(count()) AS states FROM ${observations.tables[name]} FINAL`,
    );
    counts[name] = row?.states ?? 0;
  }
  return counts;
}

/** The newest revision that is committed. */
const newestRevision = async ({ operations }: Services): Promise<number> => {
  const rows = await operations.db.selectFrom('revisions').select(['id', 'committed']).execute();
  return Math.max(...rows.flatMap(({ id, committed }) => (committed === null ? [] : [Number(id)])));
};

interface Shown {
  page: number;
  post: number;
  text: string;
  isDeleted: boolean;
}

/** Posts as of a revision. */
async function postsAsOf({ observations }: Services, revision: number): Promise<Shown[]> {
  const rows = await observations.rows<{ page: number; post: number; text: string; deleted: string | null }>(
    `SELECT page_id AS page, post_id AS post, text, deleted FROM (
       SELECT page_id, post_id, text, deleted, is_redated FROM ${observations.tables.post_states}
       WHERE version < {until: UInt64}
       ORDER BY page_id DESC, post_id DESC, version DESC LIMIT 1 BY page_id, post_id
     ) WHERE NOT is_redated ORDER BY page, post`,
    { until: (revision + 1) * writesPerRevision },
  );
  return rows.map(({ deleted, ...row }) => ({ ...row, isDeleted: deleted !== null }));
}

/** Posts as they are stored. */
async function postsNow({ observations }: Services): Promise<Shown[]> {
  const rows = await observations.rows<{ page: number; post: number; text: string; deleted: string | null }>(
    `SELECT page_id AS page, post_id AS post, text, deleted FROM ${observations.tables.posts} FINAL ORDER BY page, post`,
  );
  return rows.map(({ deleted, ...row }) => ({ ...row, isDeleted: deleted !== null }));
}

test('history begins at the first start, and holds what every later look has found', async () => {
  await folder.opened(async (services) => {
    expect(await readHistoryMark(services.observations)).toMatchObject({ at: folder.clock.now() });
    await collectAll(services);
    const then = { revision: await newestRevision(services), posts: await postsNow(services) };
    expect(then.posts.length).toBeGreaterThan(20);
    const first = await countStates(services);
    expect(first['post_states']).toBe(then.posts.length);

    // Nothing has changed but counters: they are no states.
    folder.clock.advance(hour);
    await collectAll(services);
    expect((await postsNow(services)).length - then.posts.length).toBe(
      ((await countStates(services))['post_states'] ?? 0) - (first['post_states'] ?? 0),
    );

    // On the days that follow posts are added, edited and deleted.
    const days = [then];
    for (let day = 0; day < 6; day += 1) {
      folder.clock.advance(24 * hour);
      await collectAll(services);
      days.push({ revision: await newestRevision(services), posts: await postsNow(services) });
    }
    const changes = days.slice(1).flatMap(({ posts }, day) =>
      posts.flatMap((each) => {
        const was = days[day]?.posts.find(({ page, post }) => page === each.page && post === each.post);
        return was ? [{ edited: was.text !== each.text, deleted: !was.isDeleted && each.isDeleted }] : [];
      }),
    );
    expect(changes.some(({ edited }) => edited)).toBe(true);
    expect(changes.some(({ deleted }) => deleted)).toBe(true);
    for (const { revision, posts } of days) expect(await postsAsOf(services, revision)).toEqual(posts);
    expect(await historyDifferences(services.observations)).toEqual([]);
  });
});

test('a copy of the register adds what differs alone, and what is removed is a state too', async () => {
  await folder.opened(async (services) => {
    const before = await countStates(services);
    await services.syncRegister();
    expect(await countStates(services)).toEqual(before);
    const { operations, observations } = services;
    const [organisation] = await operations.db.selectFrom('organisations').select(['id', 'name']).execute();
    const id = Number(organisation?.id);
    await operations.db
      .updateTable('organisations')
      .set({ name: 'Переименована' })
      .where('id', '=', id)
      .execute();
    await services.syncRegister();
    const removedAt = folder.clock.now().toISOString();
    await operations.db.updateTable('organisations').set({ removedAt }).where('id', '=', id).execute();
    await services.syncRegister();
    const states = await observations.rows<{ name: string; removed: number }>(
      `SELECT name, is_deleted AS removed FROM ${observations.tables.organisation_states} FINAL
       WHERE organisation_id = {id: UInt32} ORDER BY version`,
      { id },
    );
    expect(states).toEqual([
      { name: organisation?.name, removed: 0 },
      { name: 'Переименована', removed: 0 },
      { name: 'Переименована', removed: 1 },
    ]);
    expect(await historyDifferences(observations)).toEqual([]);
  });
});

test('a beginning that was cut short is done again, and adds nothing twice', async () => {
  await folder.opened(async (services) => {
    await collectAll(services);
    const { operations, observations, clock } = services;
    for (const name of histories) await observations.command(`TRUNCATE TABLE ${observations.tables[name]}`);
    const forget = async () =>
      await observations.command(
        `ALTER TABLE ${observations.tables.instance} DELETE WHERE name = 'history' SETTINGS mutations_sync = 2`,
      );
    await forget();
    await beginHistory(operations, observations, clock);
    const counts = await countStates(services);
    // As after a kill before the mark was written.
    await forget();
    const from = await beginHistory(operations, observations, clock);
    expect(await countStates(services)).toEqual(counts);
    expect(await historyDifferences(observations)).toEqual([]);
    expect(await beginHistory(operations, observations, clock)).toEqual(from);
    expect(await readHistoryMark(observations)).toEqual(from);
  });
});

test('what the history says otherwise is named', async () => {
  await folder.opened(async (services) => {
    await collectAll(services);
    const { observations } = services;
    const [post] = await postsNow(services);
    await observations.command(
      `ALTER TABLE ${observations.tables.post_states} DELETE
       WHERE page_id = ${post?.page} AND post_id = ${post?.post} SETTINGS mutations_sync = 2`,
    );
    const page = {
      pageId: 999_999,
      organisationId: 1,
      network: 'vk',
      nativeId: 5,
      name: 'x',
      title: '',
      url: '',
    } as const;
    const found = {
      state: 'ok',
      stateSince: null,
      historyReached: null,
      foundAs: null,
      isDeleted: false,
    } as const;
    await observations.insert(mirroredPages, [{ ...page, ...found }], 2 ** 40);
    expect(await historyDifferences(observations)).toEqual([
      { table: 'posts', key: `${post?.page} ${post?.post}` },
      { table: 'pages', key: '999999' },
    ]);
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const code = await rollupsVerifyCommand.run({ services, out: say, err: say } as never, {});
    expect(code).toBe(exitCodes.failed);
    expect(said).toEqual(
      expect.arrayContaining([
        `posts, ${post?.page} ${post?.post}: the history says something else`,
        expect.stringContaining('2 differences between the history and what is stored'),
      ]),
    );
  });
});

/**
 * What the history says in the end: of posts every state in turn, each once (who was killed after the first write has told twice); of all
 * else the newest, as a past that is read by a later run is counted by that one.
 */
async function contents({ observations }: Services): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const [name, key, left] of [
    ['post_states', 'page_id, post_id', 'version, observed'],
    ['page_day_states', 'page_id, day', 'version'],
    ['organisation_states', 'organisation_id', 'version'],
    ['page_states', 'page_id', 'version, state_since'],
  ] as const) {
    const newest = name === 'post_states' ? '' : `LIMIT 1 BY ${key}`;
    const rows = await observations.rows<Record<string, unknown>>(
      `SELECT * EXCEPT (${left}) FROM ${observations.tables[name]} FINAL ORDER BY ${key}, version DESC ${newest}`,
    );
    const told = rows.map((row) => JSON.stringify(row));
    all[name] = told.filter((state, place) => state !== told[place - 1]);
  }
  return all;
}

/** The slot again, and a minute later what it has left. */
const again = async (services: Services): Promise<Record<string, unknown>> => {
  await services.mend();
  await services.collect({ slot: services.clock.now(), kind: 'schedule', pages: 'all' });
  folder.clock.advance(60_000);
  await services.collect({ slot: services.clock.now(), kind: 'schedule', pages: 'all' });
  expect(await historyDifferences(services.observations)).toEqual([]);
  return await contents(services);
};

test('killed anywhere between history and newest states, and made again: the same in the end', async () => {
  const undisturbed = await folder.opened(again);
  const points = fc.record({
    when: fc.constantFrom('before', 'after'),
    table: fc.constantFrom('post_states', 'posts', 'page_day_states', 'page_days', 'page_states', 'pages'),
    number: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(points, { minLength: 1, maxLength: 3 }), async (kills) => {
      restore();
      for (const { when, table, number } of kills) await folder.collectAndDie(`${when}:${table}:${number}`);
      expect(await folder.opened(again)).toEqual(undisturbed);
    }),
    { numRuns: 8, seed: 12, endOnFailure: true },
  );
});
