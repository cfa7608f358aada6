import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../domain/clock.ts';
import type { Settings } from '../domain/settings.ts';
import { dataDirectoryHolder } from '../schema/data-directory.ts';
import { insertRuns } from '../schema/observations/tables/runs.ts';
import { openServices } from './compose.ts';
import type { Services } from './services.ts';
import { settingsFrom } from './settings.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-compose-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const settingsWith = (environment: Record<string, string>): Settings =>
  settingsFrom({ DATA_DIR: directory, ...environment }, new Date('2026-07-01T00:00:00Z'));
const open = async (settings: Settings): Promise<Services> =>
  await openServices(settings, { command: 'test', clock: systemClock, log: pino({ level: 'silent' }) });

test('what a run left uncounted is counted by the next process, once', async () => {
  const services = await open(settingsWith({}));
  expect(services.sources).toEqual([]);
  expect(await services.counting.recountUnfinished()).toBe(false);
  const started = new Date(Date.now() - 60_000);
  const run = { slot: started, kind: 'schedule' as const, started, planned: [] };
  await insertRuns(services.observations, [{ ...run, finished: null }]);
  expect(await services.counting.recountUnfinished()).toBe(true);
  expect(await services.counting.recountUnfinished()).toBe(true);
  await insertRuns(services.observations, [{ ...run, finished: new Date() }]);
  await services.counting.count({ changed: [] });
  expect(await services.counting.recountUnfinished()).toBe(false);
  await services.close();
});

test('a counting that failed is made up for by the next one', async () => {
  const services = await open(settingsWith({}));
  const rows = services.observations.rows.bind(services.observations);
  services.observations.rows = () => Promise.reject(new Error('not now'));
  await expect(services.counting.count({ changed: [] })).rejects.toThrow('not now');
  services.observations.rows = rows;
  await services.counting.count({ changed: [] });
  await services.close();
});

test('when a later part cannot be opened, what was opened before is given back', async () => {
  const settings = settingsWith({ CLICKHOUSE_URL: 'http://127.0.0.1:9' });
  await expect(open(settings)).rejects.toThrow(/127\.0\.0\.1:9/);
  expect(dataDirectoryHolder(directory)).toBeNull();
  const services = await open(settingsWith({}));
  await expect(open(settingsWith({}))).rejects.toThrow(/in use by process/);
  await services.close();
  expect(dataDirectoryHolder(directory)).toBeNull();
});
