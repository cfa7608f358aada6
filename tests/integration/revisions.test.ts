import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { writePageChanges } from '#collector/page-changes.ts';
import { systemClock } from '#domain/clock.ts';
import { syncRegister } from '#register/sync.ts';
import { fields } from '../contract/sample-organisation.ts';
import { fixedClock, pageRow, postRow } from '../helpers/observed-rows.ts';
import { connectObservations, type Observations } from '#schema/observations/connect.ts';
import { insertMirroredPages } from '#schema/observations/tables/register-mirror.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import { insertPage, updatePage } from '#schema/operations/pages.ts';
import { commitRevisions, newestRevision, takeRevision } from '#schema/operations/revisions.ts';
import { revisionOf, writesPerRevision } from '#schema/revision-numbers.ts';
import { keepRevisionsAbove, under, whileMirroring } from '#schema/revisions.ts';

const log = pino({ level: 'silent' });
const clock = fixedClock('2026-03-01T00:00:00Z');
const run = { stream: 'observations', kind: 'run' } as const;
let directory: string;
let observations: Observations;
let operations: Operations;
let folders = 0;

/** A register of its own, which begins to number anew. */
async function anotherRegister(): Promise<Operations> {
  const opened = await connectOperations({
    dataDirectory: join(directory, `register-${(folders += 1)}`),
    disposable: true,
    log,
  });
  await opened.migrate();
  return opened;
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-revisions-'));
  observations = await connectObservations({
    dataDirectory: directory,
    database: 'profpulse',
    numbered: true,
    log,
  });
  await observations.migrate();
});
beforeEach(async () => {
  for (const table of [
    'posts',
    'pages',
    'organisations',
    'instance',
    'page_states',
    'organisation_states',
  ] as const)
    await observations.command(`TRUNCATE TABLE ${observations.tables[table]}`);
  operations = await anotherRegister();
});
afterAll(async () => {
  await observations.close();
  rmSync(directory, { recursive: true, force: true });
});

const read = async <Row>(sql: string): Promise<Row[]> =>
  await observations.rows<Row>(sql.replace(/\{(\w+)\}/g, (_, name: 'posts') => observations.tables[name]));
const texts = async () =>
  (await read<{ text: string }>('SELECT text FROM {posts} FINAL ORDER BY post_id')).map(({ text }) => text);
const titles = async () =>
  (await read<{ title: string }>('SELECT title FROM {pages} FINAL ORDER BY page_id')).map(
    ({ title }) => title,
  );
const write = async (to: Observations, text: string) => {
  await insertPosts(to, [postRow(1, 1, '2026-02-01T00:00:00Z', { text })]);
};

test('of two writes that of the later revision holds, whichever came first; in one, the later', async () => {
  const [first, second] = [
    under(observations, await takeRevision(operations, clock, run)),
    under(observations, await takeRevision(operations, clock, run)),
  ];
  await write(second, 'one');
  await write(second, 'two');
  expect(await texts()).toEqual(['two']);
  // Who stood still while another went on comes too late.
  await write(first, 'stood still');
  expect(await texts()).toEqual(['two']);
  const [row] = await read<{ recorded: string; version: number }>(
    'SELECT recorded, version FROM {posts} FINAL',
  );
  expect(revisionOf(row?.version ?? 0)).toBe(2);
  // The clock of the process tells when it was, and nothing else.
  expect(Math.abs(new Date(row?.recorded ?? 0).getTime() - systemClock.now().getTime())).toBeLessThan(60_000);
});

test('a write under no revision is refused', async () => {
  await expect(write(observations, 'one')).rejects.toThrow('under no revision');
  expect(await texts()).toEqual([]);
});

test('a revision leaves word of itself once, before it writes into a table that grows', async () => {
  const marks = async () =>
    await read('SELECT id, toUInt32(count()) AS rows FROM {instance} GROUP BY id ORDER BY id');
  const revision = await takeRevision(operations, clock, run);
  const numbered = under(observations, revision);
  await insertMirroredPages(numbered, [pageRow(1, 1)]);
  await insertPosts(numbered, []);
  expect(await marks()).toEqual([]);
  await Promise.all(['one', 'two', 'three'].map((text) => write(numbered, text)));
  expect(await marks()).toEqual([{ id: '1', rows: 1 }]);
});

test('numbers begin above what the clock gave, also one that was ahead by years, and are not raised again', async () => {
  const ahead = new Date('2099-01-01T00:00:00Z').getTime();
  await observations.insert({ table: 'posts', columns: [], recorded: false }, [{}], ahead);
  expect(await keepRevisionsAbove(operations, observations, clock.now())).toEqual({
    number: revisionOf(ahead) + 1,
    wasEmpty: true,
  });
  const numbered = under(observations, await takeRevision(operations, clock, run));
  await write(numbered, 'newer');
  const [row] = await read<{ version: number }>('SELECT max(version) AS version FROM {posts}');
  expect(row?.version).toBe((revisionOf(ahead) + 2) * writesPerRevision);

  let questions = 0;
  const watched = {
    ...observations,
    rows: (async (sql: string) => {
      questions += 1;
      expect(sql).not.toContain('posts');
      return await observations.rows(sql);
    }) as Observations['rows'],
  };
  expect(await keepRevisionsAbove(operations, watched, clock.now())).toBeNull();
  expect(questions).toBe(1);
});

test('an operations store that is older than the observations, or was lost, goes on above them', async () => {
  for (let count = 0; count < 7; count += 1)
    await write(under(observations, await takeRevision(operations, clock, run)), `run ${count}`);
  const older = await anotherRegister();
  await takeRevision(older, clock, run);
  expect(await keepRevisionsAbove(older, observations, clock.now())).toEqual({ number: 8, wasEmpty: false });
  const lost = await anotherRegister();
  expect(await keepRevisionsAbove(lost, observations, clock.now())).toEqual({ number: 8, wasEmpty: true });
  const empty = await anotherRegister();
  await observations.command(`TRUNCATE TABLE ${observations.tables.posts}`);
  await observations.command(`TRUNCATE TABLE ${observations.tables.instance}`);
  expect(await keepRevisionsAbove(empty, observations, clock.now())).toBeNull();
  expect(await newestRevision(empty)).toBeNull();
});

test('versions that no clock and no counter gave are named, and nothing is numbered', async () => {
  const never = Number.MAX_SAFE_INTEGER;
  await observations.insert({ table: 'posts', columns: [], recorded: false }, [{}], never);
  const refused = keepRevisionsAbove(operations, observations, clock.now());
  await expect(refused).rejects.toMatchObject({ name: 'RevisionsExhausted' });
  expect(await newestRevision(operations)).toBeNull();
});

/** A page in the register and its mirror. */
async function mirroredPage(title: string): Promise<number> {
  const { id: organisationId } = await insertOrganisation(operations, fields, clock.now());
  const link = 'https://vk.com/club5';
  const page = { organisationId, network: 'vk' as const, link, nativeId: 5 };
  const { id } = await insertPage(operations, page, clock.now());
  await updatePage(operations, id, { title });
  await syncRegister(operations, observations);
  expect(await titles()).toEqual([title]);
  return id;
}

test('what a long run learns of a page is not lost to an edit since it began, nor the edit to the run', async () => {
  const id = await mirroredPage('old');
  const long = under(observations, await takeRevision(operations, clock, run));
  await updatePage(operations, id, { title: 'edited' });
  await syncRegister(operations, observations);
  expect(await titles()).toEqual(['edited']);
  const stores = { operations, observations: long, clock };
  await writePageChanges(stores, [{ id, changes: { title: 'learnt' }, events: [] }]);
  expect(await titles()).toEqual(['learnt']);
  await updatePage(operations, id, { title: 'edited again' });
  await syncRegister(operations, observations);
  expect(await titles()).toEqual(['edited again']);
  expect(await syncRegister(operations, observations)).toEqual({ organisations: 0, pages: 0 });
});

test('a copy that was slow does not bring back what was taken back meanwhile', async () => {
  const id = await mirroredPage('right');
  await updatePage(operations, id, { title: 'wrong' });
  await whileMirroring({ operations, observations, clock }, { kind: 'rebuild' }, async (numbered) => {
    const read = pageRow(id, 1, { title: 'wrong' });
    // It has read the register; an edit is taken back before it writes, and copied: the mirror says «right» already.
    await updatePage(operations, id, { title: 'right' });
    expect(await syncRegister(operations, observations)).toEqual({ organisations: 0, pages: 0 });
    await insertMirroredPages(numbered, [read]);
    return { result: null, whole: false };
  });
  expect(await titles()).toEqual(['right']);
  const open = await operations.db
    .selectFrom('revisions')
    .select('id')
    .where('committed', 'is', null)
    .execute();
  expect(open).toEqual([]);
});

test('a copy that was cut short is over with the next one, which writes every row', async () => {
  const id = await mirroredPage('right');
  const killed = await takeRevision(operations, clock, { stream: 'register', kind: 'rebuild' });
  expect(await syncRegister(operations, observations)).toEqual({ organisations: 0, pages: 0 });
  await insertMirroredPages(under(observations, killed), [pageRow(id, 1, { title: 'late' })]);
  expect(await titles()).toEqual(['right']);
  const versions = async () =>
    (await read<{ version: number }>('SELECT version FROM {pages} FINAL'))[0]?.version;
  const before = await versions();
  // Only then: alone again, what does not differ is left alone.
  await syncRegister(operations, observations);
  expect(await versions()).toBe(before);
  await commitRevisions(operations, killed.ids, clock.now());
});
