import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyRollups } from '#analytics/rollups/rollups.ts';
import type { Services } from '#cli/services.ts';
import { tableNames } from '#schema/observations/table.ts';
import { newestRevisionIn } from '#schema/observations/versions.ts';
import { writesPerRevision } from '#schema/revision-numbers.ts';
import { collectAll, openStoreFolder, type StoreFolder } from '../helpers/store-folder.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects worlds under clocks that are wrong');

const hour = 3_600_000;
const day = 24 * hour;
let folder: StoreFolder;
let restore: () => void;

/** The newest edit of a post on a page that can be read. */
function newestEdit(): { published: number; edited: number } {
  const { world, clock } = folder.simulation;
  const now = clock.now().getTime();
  const edits = world.pages
    .filter((page) => world.stateOf(page, now) === 'ok')
    .flatMap((page) => world.wall(page, now))
    .flatMap(({ published, edit }) => (edit && edit.at < now ? [{ published, edited: edit.at }] : []))
    .sort((one, other) => other.edited - one.edited);
  const [newest] = edits;
  if (!newest) throw new Error('Nothing was edited in this world.');
  return newest;
}

/** A folder with a register and nothing collected, between a post and its edit. Each test goes on from there. */
beforeAll(async () => {
  folder = await openStoreFolder({
    seed: 38,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 5,
    historyFrom: '2026-01-20',
  });
  const { published, edited } = newestEdit();
  folder.clock.set(new Date(Math.max(published, edited - hour)));
  await folder.opened((services) => folder.importRegister(services));
  restore = folder.keep();
});
beforeEach(() => restore());
afterAll(async () => {
  await folder.close();
});

const revisions = async ({ operations }: Services) =>
  await operations.db.selectFrom('revisions').selectAll().orderBy('id').execute();

/** Posts of before the instant that the world edited since, as they are stored and as they should be. */
async function editedSince({ observations }: Services, instant: number) {
  const { world } = folder.simulation;
  const now = folder.clock.now().getTime();
  const stored = await observations.rows<{ native_id: number; post_id: number; text: string }>(
    `SELECT page.native_id AS native_id, post.post_id AS post_id, post.text AS text
     FROM ${observations.tables.posts} AS post FINAL
     INNER JOIN ${observations.tables.pages} AS page FINAL ON page.page_id = post.page_id`,
  );
  const texts = new Map(stored.map((row) => [`${row.native_id}_${row.post_id}`, row.text]));
  return world.pages.flatMap((page) =>
    world
      .wall(page, now)
      .filter(
        ({ published, edit }) => published <= instant && edit !== null && edit.at > instant && edit.at <= now,
      )
      .filter((post) => texts.has(`${page.id}_${post.id}`))
      .map((post) => ({ stored: texts.get(`${page.id}_${post.id}`), shown: world.textOf(post, now) })),
  );
}

/** Lets two days and a half go by and collects once more: what is stored is what the network shows then, and is counted. */
async function showsTheNewerState(services: Services): Promise<void> {
  const before = folder.clock.now().getTime();
  folder.clock.advance(60 * hour);
  await collectAll(services);
  const edited = await editedSince(services, before);
  expect(edited.length).toBeGreaterThan(0);
  for (const { stored, shown } of edited) expect(stored).toBe(shown);
  expect(await verifyRollups(services.analytics)).toEqual([]);
}

test('a run on a machine whose clock was a day ahead, killed: the next one closes it, and its newer state shows', async () => {
  expect(await folder.collectAndDie('after:runs:2', day)).toBe('SIGKILL');
  await folder.opened(async (services) => {
    const before = (await revisions(services)).at(-1);
    const killed = (await revisions(services)).find(
      ({ kind, stream }) => kind === 'run' && stream !== 'register',
    );
    expect(killed).toMatchObject({ committed: null, summary: null, slot: folder.clock.now().toISOString() });
    await showsTheNewerState(services);
    const now = await revisions(services);
    const ended = now.filter(({ kind, stream }) => kind === 'run' && stream === 'observations');
    expect(ended.map(({ id, summary }) => [id, summary?.replace(/\d+/, 'n')])).toEqual([
      [killed?.id, 'cut short'],
      [ended[1]?.id, 'pages: n'],
    ]);
    expect(ended[1]?.id).toBeGreaterThan(before?.id ?? 0);
    expect(now.filter(({ committed }) => committed === null)).toEqual([]);
    // The counting began after them, and all three are known from the same instant on.
    const counted = now.filter(({ kind, stream }) => kind === 'rebuild' && stream === 'observations').at(-1);
    expect(counted?.id).toBeGreaterThan(ended[1]?.id ?? 0);
    expect((counted?.committed ?? 0) - (ended[0]?.committed ?? 0)).toBe(2);
  });
});

test('a folder written by a clock that ran ahead by a year, before there were numbers', async () => {
  const ahead = folder.clock.now().getTime() + 365 * day;
  await folder.opened(async (services) => {
    await collectAll(services);
    const { observations, operations } = services;
    for (const name of tableNames) {
      const table = observations.tables[name];
      await observations.command(
        `INSERT INTO ${table} SELECT * REPLACE (toUInt64(${ahead}) AS version) FROM ${table} FINAL
         SETTINGS max_partitions_per_insert_block = 1000`,
      );
    }
    await operations.db.deleteFrom('revisions').execute();
  });
  await folder.opened(async (services) => {
    expect((await revisions(services))[0]).toMatchObject({
      kind: 'upgrade',
      id: Math.floor(ahead / writesPerRevision) + 1,
    });
    await showsTheNewerState(services);
  });
});

test('an operations store restored from a copy older than the observations', async () => {
  const file = join(folder.directory, 'operations.sqlite');
  await folder.opened(collectAll);
  copyFileSync(file, `${file}.copy`);
  const used = await folder.opened(async (services) => {
    folder.clock.advance(60_000);
    // A number whose word alone is where it is looked for: it writes cells and rankings.
    await services.aggregation.rebuild();
    return await newestRevisionIn(services.observations, 'all');
  });
  for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
  copyFileSync(`${file}.copy`, file);
  await folder.opened(async (services) => {
    const raised = (await revisions(services)).filter(({ summary }) => summary?.startsWith('numbers begin'));
    expect(raised).toMatchObject([{ id: used + 1 }]);
    await showsTheNewerState(services);
  });
});

test('a killed run that is made again in its slot leaves what an undisturbed one does', async () => {
  const contents = async ({ observations }: Services) => {
    const all: Record<string, unknown> = {};
    for (const [name, left] of [
      ['posts', 'version, recorded'],
      ['post_counters', 'version, recorded'],
      ['subscribers', 'version, recorded'],
      ['page_days', 'version'],
      ['page_months', 'version'],
      // A post that the killed run had written is not new any more.
      ['outcomes', 'version, posts_new'],
    ] as const)
      all[name] = await observations.rows(
        `SELECT * EXCEPT (${left}) FROM ${observations.tables[name]} FINAL ORDER BY ALL`,
      );
    return all;
  };
  const again = async (services: Services) => {
    await services.mend();
    await services.collect({ slot: services.clock.now(), kind: 'schedule', pages: 'all' });
    return await contents(services);
  };
  const undisturbed = await folder.opened(again);
  restore();
  expect(await folder.collectAndDie('after:posts:1')).toBe('SIGKILL');
  expect(await folder.opened(again)).toEqual(undisturbed);
});
