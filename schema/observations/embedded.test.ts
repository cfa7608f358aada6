import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observations } from './connect.ts';
import { connectObservations } from './connect.ts';
import { openEmbedded } from './embedded.ts';
import { insertSubscribers } from './tables/subscribers.ts';

const log = pino({ level: 'silent' });
const connectModule = join(import.meta.dirname, 'connect.ts');

let directory: string;
let observations: Observations;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-embedded-'));
  observations = await connectObservations({
    dataDirectory: directory,
    database: 'profpulse',
    memoryLimitMegabytes: 300,
    log,
  });
  await observations.migrate();
});
afterAll(async () => {
  await observations.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs code in a process of its own, `connect` being at hand; its standard output can be read. */
function inProcess(
  code: string,
  environment: Record<string, string> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const opening = `
    import { pino } from ${JSON.stringify(import.meta.resolve('pino'))};
    import { connectObservations } from ${JSON.stringify(connectModule)};
    import { insertSubscribers } from ${JSON.stringify(join(import.meta.dirname, 'tables/subscribers.ts'))};
    import { holdDataDirectory } from ${JSON.stringify(join(import.meta.dirname, '../data-directory.ts'))};
    const connect = (dataDirectory) =>
      connectObservations({ dataDirectory, database: 'profpulse', log: pino({ level: 'silent' }) });
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', opening + code], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}

describe('traps of the embedded engine', () => {
  it('keeps settings of one call from the next on the same connection', async () => {
    const one = await openEmbedded({ dataDirectory: directory, memoryLimitMegabytes: 300, connections: 1 });
    const [connection] = one.connections;
    const changed = () =>
      connection?.run({
        sql: 'SELECT groupArray((name, value)) FROM system.settings WHERE changed FORMAT TSV',
      });
    const before = await changed();
    const single = await connectObservations({
      dataDirectory: directory,
      database: 'profpulse',
      poolSize: 1,
      log,
    });
    await single.rows('SELECT 1 SETTINGS max_threads = 1, max_block_size = 7');
    const row = {
      pageId: 1,
      slot: new Date(0),
      observed: new Date(0),
      count: 1,
      precision: 'exact',
    } as const;
    await insertSubscribers(single, [row]);
    await connection?.run({
      sql: `INSERT INTO ${observations.tables.subscribers} (page_id, slot, version)
       SETTINGS insert_deduplication_token = 'a', max_threads = 1 FORMAT JSONCompactEachRow`,
      lines: '[2, 0, 1]',
    });
    expect(await changed()).toBe(before);
    // Through the pool: a command carries no settings of its own, so it sees what the connection has kept.
    await single.command(`CREATE TABLE profpulse.kept ENGINE = MergeTree ORDER BY name
      AS SELECT name, value FROM system.settings WHERE changed`);
    const kept = await single.rows('SELECT name FROM profpulse.kept WHERE name IN {names: Array(String)}', {
      names: [
        'max_threads',
        'max_block_size',
        'max_result_rows',
        'async_insert',
        'insert_deduplication_token',
      ],
    });
    expect(kept).toEqual([]);
    await single.command('DROP TABLE profpulse.kept');
    await single.close();
    await connection?.close();
    await one.close();
  });

  it('writes later inserts too, after one of the same rows', async () => {
    const row = {
      pageId: 9,
      slot: new Date(0),
      observed: new Date(0),
      count: 1,
      precision: 'exact',
    } as const;
    for (let turn = 0; turn < 3; turn += 1) await insertSubscribers(observations, [{ ...row, count: turn }]);
    const counted = await observations.rows(
      `SELECT count FROM ${observations.tables.subscribers} FINAL WHERE page_id = 9`,
    );
    expect(counted).toEqual([{ count: 2 }]);
  });

  it('shows no rest of a failed answer before the next', async () => {
    const half = `SELECT throwIf(number = 9) AS zero FROM numbers(10) SETTINGS max_block_size = 1`;
    const single = await connectObservations({
      dataDirectory: directory,
      database: 'profpulse',
      poolSize: 1,
      log,
    });
    await expect(single.rows(half)).rejects.toMatchObject({ code: '395' });
    expect(await single.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await single.close();
  });

  it('refuses to open in a worker thread, and the engine of the main thread lives on', async () => {
    const worker = new Worker(
      `const { workerData, parentPort } = require('node:worker_threads');
       import(workerData.module)
         .then((module) => module.openEmbedded({ dataDirectory: workerData.directory, memoryLimitMegabytes: 100, connections: 1 }))
         .then(() => 'opened', (error) => error.message)
         .then((message) => parentPort.postMessage(message));`,
      {
        eval: true,
        execArgv: [],
        workerData: { module: join(import.meta.dirname, 'embedded.ts'), directory },
      },
    );
    const [message] = (await once(worker, 'message')) as [string];
    expect(message).toContain('Open it in the main thread');
    await worker.terminate();
    expect(await observations.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('loads the engine only when connecting', async () => {
    const child = inProcess(`
      const { createRequire } = await import('node:module');
      const loaded = () => Object.keys(createRequire(${JSON.stringify(connectModule)}).cache)
        .some((path) => path.includes('/chdb/'));
      const before = loaded();
      const observations = await connect(${JSON.stringify(join(directory, 'lazy'))});
      console.log(before, loaded());
      await observations.close();
    `);
    expect(await text(child.stdout)).toBe('false true\n');
  });

  it('runs queries side by side', async () => {
    const rows = await Promise.all(
      Array.from({ length: 4 }, () =>
        observations.rows<{ began: number }>('SELECT toUnixTimestamp64Milli(now64(3)) AS began, sleep(0.5)'),
      ),
    );
    // One after the other they would begin half a second apart at least.
    const begins = rows.map(([row]) => Number(row?.began)).sort((one, other) => one - other);
    const gaps = begins.slice(1).map((begin, index) => begin - (begins[index] ?? 0));
    expect(Math.min(...gaps)).toBeLessThan(500);
  });

  it('names the process that has the data directory', async () => {
    const taken = join(directory, 'taken');
    const holder = inProcess(`
      holdDataDirectory(${JSON.stringify(taken)}, { command: 'profpulse start' });
      await connect(${JSON.stringify(taken)});
      console.log('open');
      setInterval(() => undefined, 1000);
    `);
    await once(holder.stdout, 'data');
    const second = inProcess(`
      await connect(${JSON.stringify(taken)}).catch((error) => console.log(error.name + ': ' + error.message));
    `);
    const said = await text(second.stdout);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(said).toContain('DataDirectoryInUse');
    expect(said).toContain(`process ${holder.pid} (profpulse start, since`);
  });

  it('says what else keeps the engine from opening', async () => {
    const other = connectObservations({
      dataDirectory: join(directory, 'other'),
      database: 'profpulse',
      log,
    });
    await expect(other).rejects.toMatchObject({
      name: 'ObservationsUnavailable',
      message: expect.stringContaining('DATA_DIR') as string,
    });
    await expect(connectObservations({ database: 'profpulse', log })).rejects.toThrow('Set DATA_DIR');
  });

  it('keeps to its memory: a question over the cap fails, and the next is answered', async () => {
    const [cap] = await observations.rows<{ value: string }>(
      "SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'",
    );
    expect(Number(cap?.value)).toBe(300 * 1024 * 1024);
    await expect(
      observations.rows('SELECT length(groupArray(toString(number))) AS all FROM numbers(30000000)'),
    ).rejects.toMatchObject({ name: 'MemoryExceeded' });
    expect(await observations.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('caps its caches', async () => {
    const caches = await observations.rows<{ name: string; value: string }>(
      "SELECT name, value FROM system.server_settings WHERE name LIKE '%cache_size' AND toUInt64OrZero(value) > 100000000",
    );
    // Caches of what this process never uses: files of other machines, dictionaries of a page, users' functions.
    const unused = /filesystem|page_cache|iceberg|parquet|avro|vector|userspace|unique_key|columns_cache/;
    expect(caches.filter((cache) => !unused.test(cache.name))).toEqual([]);
  });

  it('may back up into the data directory', async () => {
    await observations.command("BACKUP DATABASE profpulse TO File('first')");
    expect(existsSync(join(directory, 'backups', 'first'))).toBe(true);
  });

  it('takes no zone from the machine', async () => {
    const child = inProcess(
      `
      const observations = await connect(${JSON.stringify(join(directory, 'zone'))});
      await observations.command('CREATE TABLE default.zones (at DateTime, bare DateTime64(3)) ENGINE = Memory');
      await observations.command("INSERT INTO default.zones VALUES ('2026-01-01 00:00:00', '2026-01-01 00:00:00.001')");
      console.log(JSON.stringify(await observations.rows('SELECT at, bare, timezone() AS zone FROM default.zones')));
      await observations.close();
    `,
      { TZ: 'Asia/Irkutsk' },
    );
    expect(JSON.parse(await text(child.stdout))).toEqual([
      { at: '2026-01-01T00:00:00Z', bare: '2026-01-01T00:00:00.001Z', zone: 'UTC' },
    ]);
  });

  it('names every table whole', () => {
    expect(observations.tables.posts).toBe('`profpulse`.`posts`');
    expect(observations.embedded).toBe(true);
  });

  it('drains before it closes', async () => {
    const closing = await connectObservations({
      dataDirectory: directory,
      database: 'profpulse',
      poolSize: 1,
      log,
    });
    const asked = [closing.rows('SELECT sleep(0.3) AS slept'), closing.rows('SELECT 2 AS two')];
    const closed = closing.close();
    await expect(closing.rows('SELECT 1')).rejects.toMatchObject({ name: 'ObservationsClosed' });
    expect(await Promise.all(asked)).toEqual([[{ slept: 0 }], [{ two: 2 }]]);
    await closed;
    await closing.close();
  });

  it('loses nothing that was acknowledged, and keeps no half of a batch, when it is killed', async () => {
    const killed = join(directory, 'killed');
    const writer = inProcess(`
      const observations = await connect(${JSON.stringify(killed)});
      await observations.migrate();
      for (let pageId = 1; ; pageId += 1) {
        await insertSubscribers(observations, Array.from({ length: 100 }, (_, index) => ({
          pageId, slot: new Date(index * 1000), observed: new Date(0), count: index, precision: 'exact',
        })));
        console.log(pageId);
      }
    `);
    let said = '';
    for await (const chunk of writer.stdout) {
      said += String(chunk);
      if (said.split('\n').length > 20) writer.kill('SIGKILL');
    }
    const acknowledged = said.split('\n').length - 1;
    const reader = inProcess(`
      const observations = await connect(${JSON.stringify(killed)});
      console.log(JSON.stringify(await observations.rows(
        'SELECT uniqExact(page_id) AS pages, count() AS looks FROM ' + observations.tables.subscribers + ' FINAL')));
      await observations.close();
    `);
    const [found] = JSON.parse(await text(reader.stdout)) as { pages: number; looks: number }[];
    expect(found?.pages).toBeGreaterThanOrEqual(acknowledged);
    expect(found?.looks).toBe((found?.pages ?? 0) * 100);
  });
});
