import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyRollups } from '#analytics/rollups/rollups.ts';
import { currentStatuses } from '#analytics/status/current.ts';
import { doctorCommand } from '#cli/commands/doctor.ts';
import { rollupsVerifyCommand } from '#cli/commands/rollups.ts';
import { serve } from '#cli/serve.ts';
import type { Services } from '#cli/services.ts';
import { listPages, updatePages } from '#schema/operations/pages.ts';
import { findMissingPosts } from '#schema/stored-posts.ts';
import { collectAll, openStoreFolder, type StoreFolder } from '../helpers/store-folder.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it opens stores of which parts are lost, and reads them again');

const hour = 3_600_000;
let folder: StoreFolder;
let restore: () => void;
let before: { posts: string[]; statuses: unknown[]; pages: number };

/** `profpulse collect`. */
const postsOf = async ({ observations }: Services): Promise<string[]> =>
  (
    await observations.rows<{ key: string }>(
      `SELECT concat(toString(page_id), '_', toString(post_id)) AS key FROM ${observations.tables.posts} FINAL ORDER BY key`,
    )
  ).map(({ key }) => key);

const statusesOf = async ({ analytics }: Services) =>
  (await currentStatuses(analytics)).organisations.map(({ status }) => status);

async function said(
  services: Services,
  command: { run(context: never, input: never): Promise<number> },
): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const context = { services, signal: new AbortController().signal, out: say, err: say };
  const code = await command.run(context as never, {} as never);
  return { code, text: lines.join('\n') };
}

beforeAll(async () => {
  folder = await openStoreFolder({
    // A world in which no post comes or goes in the hours of these tests.
    seed: 13,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 10,
    historyFrom: '2026-01-10',
  });
  await folder.opened(async (services) => {
    await folder.importRegister(services);
    await collectAll(services);
    folder.clock.advance(2 * hour);
    await collectAll(services);
    const pages = (await listPages(services.operations)).filter(({ storedPosts }) => storedPosts > 0).length;
    before = { posts: await postsOf(services), statuses: await statusesOf(services), pages };
    // What is stored is known exactly, and nothing is missing.
    const missing = { missing: 0, stored: before.posts.length, pages: 0, unseen: 0 };
    expect(await findMissingPosts(services.operations, services.observations)).toEqual(missing);
    expect((await said(services, doctorCommand)).text).not.toContain('missing');
  });
  folder.clock.advance(hour);
  restore = folder.keep();
});
// Each test loses something of the same folder.
beforeEach(() => restore());
afterAll(async () => {
  await folder.close();
});

/** All is as before the loss, and stays so. */
async function isWholeAgain(services: Services): Promise<void> {
  expect(await postsOf(services)).toEqual(before.posts);
  expect(await verifyRollups(services.analytics)).toEqual([]);
  expect(await statusesOf(services)).toEqual(before.statuses);
  const after = await findMissingPosts(services.operations, services.observations);
  expect(after).toMatchObject({ missing: 0, stored: before.posts.length, pages: 0 });
  const pages = (await listPages(services.operations)).filter(
    ({ historyReached }) => historyReached !== null,
  );
  await services.mend();
  const still = (await listPages(services.operations)).filter(
    ({ historyReached }) => historyReached !== null,
  );
  expect(still).toEqual(pages);
}

test('observations that were lost are noticed, and read again from the beginning', async () => {
  rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
  await folder.opened(async (services) => {
    const doctor = await said(services, doctorCommand);
    const count = before.posts.length;
    expect(doctor.text).toContain(
      `✗ Posts that were stored are missing in the observations: ${count} of ${count}`,
    );
    expect(doctor.code).toBe(1);
    const verify = await said(services, rollupsVerifyCommand);
    expect(verify.code).toBe(1);
    expect(verify.text).toContain(`${count} of ${count}`);
    // Looking changed nothing of what is known.
    const reached = (await listPages(services.operations)).filter((page) => page.historyReached !== null);
    expect(reached.length).toBeGreaterThan(0);

    await services.mend();
    // The copy of the register is there again, and nobody is called silent for posts that are not read yet.
    expect(await statusesOf(services)).toHaveLength(before.statuses.length);
    expect(new Set(await statusesOf(services))).not.toContain('dead');
    await collectAll(services);
    await isWholeAgain(services);
    expect((await said(services, doctorCommand)).text).toMatch(
      new RegExp(`! On .* posts were missing in the observations: ${count} of ${count}`),
    );
  });
});

test('the server notices it when it starts', async () => {
  rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
  await folder.opened(async (services) => {
    await services.syncRegister();
    const logged: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
    const serving = await serve({ services: { ...services, log }, signal: new AbortController().signal });
    await expect.poll(() => postsOf(services), { timeout: 60_000 }).toEqual(before.posts);
    await serving.stop();
    // Whoever collects writes down where the journal ended.
    expect(logged.filter((line) => line.includes('The head of the journal'))).toHaveLength(1);
    await isWholeAgain(services);
  });
});

test('folders of before posts were counted: they learn how many there are, and a lost past is noticed all the same', async () => {
  await folder.opened(async (services) => {
    const pages = await listPages(services.operations);
    await updatePages(
      services.operations,
      pages.map(({ id }) => ({ id, changes: { storedPosts: 0 } })),
    );
    await services.mend();
    const stored = (await listPages(services.operations)).reduce((sum, page) => sum + page.storedPosts, 0);
    expect(stored).toBe(before.posts.length);
    await updatePages(
      services.operations,
      pages.map(({ id }) => ({ id, changes: { storedPosts: 0 } })),
    );
  });
  rmSync(join(folder.directory, 'clickhouse'), { recursive: true });
  await folder.opened(async (services) => {
    expect((await said(services, doctorCommand)).text).toMatch(
      /✗ The observations hold nothing of pages that were read already: \d+/,
    );
    await collectAll(services);
    await isWholeAgain(services);
  });
});

/** The folders of a table's parts on the disk. */
function partsOf(table: string, services: Services): Promise<string[]> {
  return services.observations
    .rows<{ path: string }>(
      `SELECT path FROM system.parts WHERE active AND database = {database: String} AND table = {table: String}
       ORDER BY rows DESC`,
      { database: services.observations.database, table },
    )
    .then((rows) => rows.map(({ path }) => path));
}

test.each([
  ['that are gone from the disk', (part: string) => rmSync(part, { recursive: true }), false],
  [
    'that the engine finds broken and sets aside',
    (part: string) => {
      for (const file of readdirSync(part)) {
        if (/^(checksums|columns|count|metadata_version)/.test(file))
          writeFileSync(join(part, file), 'broken');
      }
    },
    true,
  ],
] as const)('parts of the posts %s are noticed, and their pages read again', async (_, spoil, isSetAside) => {
  const parts = await folder.opened((services) => partsOf('posts', services));
  for (const part of parts.slice(0, Math.ceil(parts.length / 2))) spoil(part);
  await folder.opened(async (services) => {
    const { missing, pages } = await findMissingPosts(services.operations, services.observations);
    expect(missing).toBeGreaterThan(20);
    expect(pages).toBeGreaterThan(0);
    const doctor = await said(services, doctorCommand);
    expect(doctor.text).toContain(`${missing} of ${before.posts.length}, on ${pages} pages`);
    expect(/✗ ClickHouse set broken parts of tables aside \(posts: \d+\)/.test(doctor.text)).toBe(isSetAside);
    await collectAll(services);
    await isWholeAgain(services);
    const after = await said(services, doctorCommand);
    expect(/! ClickHouse set broken parts of tables aside/.test(after.text)).toBe(isSetAside);
  });
});

test('lost cells, and a lost copy of the register, are made again', async () => {
  await folder.opened(async ({ observations: { tables, command } }) => {
    for (const table of ['page_days', 'page_months', 'pages', 'organisations'] as const)
      await command(`TRUNCATE TABLE ${tables[table]}`);
  });
  await folder.opened(async (services) => {
    await services.mend();
    await services.aggregation.countLeft();
    await isWholeAgain(services);
  });
  await folder.opened(({ observations: { tables, command } }) =>
    command(`TRUNCATE TABLE ${tables.page_months}`),
  );
  await folder.opened(async (services) => {
    await services.mend();
    expect(await services.aggregation.countLeft()).toBe(true);
    expect(await verifyRollups(services.analytics)).toEqual([]);
  });
});

test('a folder that was set aside by its owner is read again, and comes back', async () => {
  const [own, aside] = ['clickhouse', 'aside'].map((name) => join(folder.directory, name)) as [
    string,
    string,
  ];
  renameSync(own, aside);
  await folder.opened(collectAll);
  rmSync(own, { recursive: true });
  renameSync(aside, own);
  await folder.opened(async (services) => {
    await services.mend();
    await isWholeAgain(services);
  });
});
