import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { connectObservations } from './connect.ts';
import { relaxDurability } from './durability.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-durability-'));
afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

test('inserts wait for the disk, and no longer do once the data may be made again', async () => {
  const log = pino({ level: 'silent' });
  const observations = await connectObservations({ dataDirectory, database: 'profpulse', log });
  await observations.migrate();
  const waiting = async () =>
    await observations.rows<{ name: string }>(
      `SELECT name FROM system.tables
       WHERE database = 'profpulse' AND name != 'migrations' AND engine_full LIKE '%fsync_after_insert = 1%'`,
    );
  expect((await waiting()).length).toBeGreaterThan(5);
  await relaxDurability(observations);
  expect(await waiting()).toEqual([]);
  await relaxDurability(observations);
  await observations.close();
});
