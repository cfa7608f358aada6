import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentStatuses } from '#analytics/status/current.ts';
import { verifyRollups } from '#analytics/rollups/rollups.ts';
import { startSchedule } from '#collector/schedule.ts';
import { doctorCommand } from '#cli/commands/doctor.ts';
import { rollupsVerifyCommand } from '#cli/commands/rollups.ts';
import { createAggregation } from '#cli/aggregation.ts';
import { aloneByLease, soleAggregation } from '#cli/sole-work.ts';
import type { Services } from '#cli/services.ts';
import { acquireLease, releaseLease } from '#schema/operations/leases.ts';
import { listOwedDays } from '#schema/operations/owed-days.ts';
import { serveClickHouse } from '../contract/clickhouse-http-server.ts';
import { openStoreFolder, type StoreFolder } from '../helpers/store-folder.ts';
import { openProxy } from '../helpers/tcp-proxy.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects a world again and again, each time with a fault');

const hour = 3_600_000;
let folder: StoreFolder;
let services: Services;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await openStoreFolder({
    seed: 12,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 10,
    historyFrom: '2026-01-20',
  });
  closers.push(() => folder.close());
});
afterEach(async () => {
  for (const closer of closers.splice(0).reverse()) await closer();
});

/** Collects once well, so that what follows is not the first of all. */
async function openAndCollect(settings: Parameters<StoreFolder['open']>[0] = {}): Promise<void> {
  services = await folder.open(settings);
  closers.push(() => services.close());
  await folder.importRegister(services);
  await services.collect({ slot: folder.clock.now(), kind: 'manual', pages: 'all' });
  expect(await verifyRollups(services.analytics)).toEqual([]);
  folder.clock.advance(60 * hour);
}

async function said(
  command: { run(context: never, input: never): Promise<number> },
  by: Services = services,
): Promise<string> {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const context = { services: by, signal: new AbortController().signal, out: say, err: say };
  await command.run(context as never, {} as never);
  return lines.join('\n');
}

/** A slot in which nothing is due. */
async function emptySlot(): Promise<void> {
  folder.clock.advance(hour);
  const later = new Date(folder.clock.now().getTime() + 20 * hour).toISOString();
  await services.operations.db.updateTable('pages').set({ nextDue: later }).execute();
  await services.collect({ slot: folder.clock.now(), kind: 'schedule', pages: 'due' });
}

const statuses = async () =>
  Object.entries(
    Object.groupBy((await currentStatuses(services.analytics)).organisations, ({ status }) => status),
  ).map(([status, some]) => [status, some?.length]);

test('a run that fails because the register is locked is counted by the next slot, even an empty one', async () => {
  await openAndCollect();
  const lock = new DatabaseSync(join(folder.directory, 'operations.sqlite'));
  closers.push(() => Promise.resolve(lock.close()));
  // Locked as soon as posts of this run are there, as a backup that copies the file would.
  const insert = services.observations.insert.bind(services.observations);
  services.observations.insert = async (table, rows, version) => {
    await insert(table, rows, version);
    if (table.table === 'posts' && rows.length > 0 && !lock.isTransaction) lock.exec('BEGIN IMMEDIATE');
  };
  const slot = folder.clock.now();
  await expect(services.collect({ slot, kind: 'schedule', pages: 'all' })).rejects.toThrow(/locked/);
  lock.exec('ROLLBACK');
  services.observations.insert = insert;
  expect((await listOwedDays(services.operations)).length).toBeGreaterThan(0);
  expect(await said(doctorCommand)).toMatch(/✗ The last collection failed .*locked/);

  await emptySlot();
  expect(await verifyRollups(services.analytics)).toEqual([]);
  expect(await listOwedDays(services.operations)).toEqual([]);
  const counted = await statuses();
  await services.aggregation.rebuild();
  expect(await statuses()).toEqual(counted);
  expect(await said(doctorCommand)).not.toContain('The last collection failed');
});

test('a run that fails because ClickHouse went away is counted as soon as it is there again', async () => {
  const server = await serveClickHouse({ path: join(folder.directory, 'server') });
  closers.push(() => server.close());
  const way = await openProxy(Number(new URL(server.url).port));
  closers.push(() => way.close());
  await openAndCollect({ CLICKHOUSE_URL: `http://127.0.0.1:${way.port}` });
  const { observations } = services;
  const insert = observations.insert.bind(observations);
  observations.insert = async (table, rows, version) => {
    if (table.table === 'outcomes' && rows.length > 0) await way.goAway();
    await insert(table, rows, version);
  };
  // The schedule's run fails, and so does the counting after it; the slot after finds nothing due.
  const schedule = await startSchedule(services.collection, {
    cron: '0 0 1 1 *',
    onRun: () => services.runEnds.ended(),
    onFailure: (error) => services.runEnds.failed(error),
  });
  await schedule.idle();
  await schedule.stop();
  observations.insert = insert;
  await way.comeBack();
  await expect.poll(() => observations.awaySince(), { timeout: 60_000 }).toBeNull();
  expect(await services.runEnds.trouble()).toMatchObject({ what: 'run' });
  expect((await verifyRollups(services.analytics)).length).toBeGreaterThan(0);
  expect((await listOwedDays(services.operations)).length).toBeGreaterThan(0);
  folder.clock.advance(4 * hour);
  expect(await said(doctorCommand)).toMatch(/✗ Since .* posts wait to be counted \(\d+ pages\)/);

  await emptySlot();
  expect(await verifyRollups(services.analytics)).toEqual([]);
  expect(await listOwedDays(services.operations)).toEqual([]);
});

test('rollups verify counts what is owed first, tells apart what another counts, and what it finds is counted again', async () => {
  await openAndCollect();
  const slot = folder.clock.now();
  await services.collect({ slot, kind: 'manual', pages: 'all' }, { skipAggregation: true });
  expect((await verifyRollups(services.analytics)).length).toBeGreaterThan(0);
  const { operations, analytics, clock } = services;
  expect(await acquireLease(operations, 'counting', 'another', hour, clock.now())).toBe(true);
  const alone = aloneByLease({ operations, clock }, soleAggregation);
  const beside = { ...services, aggregation: createAggregation({ operations, analytics, alone }) };
  const meanwhile = await said(rollupsVerifyCommand, beside);
  expect(meanwhile).toMatch(
    /^Not counted yet: [\d,]+ counts\. These are no differences: [^\n]+\nWhat is counted agrees/,
  );
  expect((await listOwedDays(operations)).length).toBeGreaterThan(0);

  await releaseLease(operations, 'counting', 'another');
  expect(await said(rollupsVerifyCommand, beside)).toBe('The rollups agree with the posts.');
  expect(await verifyRollups(services.analytics)).toEqual([]);
  expect(await listOwedDays(operations)).toEqual([]);

  const { observations } = services;
  await observations.command(`TRUNCATE TABLE ${observations.tables.page_months}`);
  await observations.command(
    `INSERT INTO ${observations.tables.page_days} SELECT * REPLACE (views + 1 AS views, version + 1 AS version)
     FROM ${observations.tables.page_days} FINAL LIMIT 3`,
  );
  const differences = (await verifyRollups(services.analytics)).length;
  expect(differences).toBeGreaterThan(3);
  expect(await said(rollupsVerifyCommand)).toContain(`${differences} differences. These days are marked: `);
  await emptySlot();
  expect(await said(rollupsVerifyCommand)).toBe('The rollups agree with the posts.');
});
