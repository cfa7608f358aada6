import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentStatuses } from '#analytics/status/current.ts';
import { systemClock } from '#domain/clock.ts';
import type { Settings } from '#domain/settings.ts';
import { applyImport, planImport } from '#register/import.ts';
import { dataDirectoryHolder } from '#schema/data-directory.ts';
import { readDataVersion } from '#schema/operations/data-version.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { allPages, listOwedDays, oweDays } from '#schema/operations/owed-days.ts';
import { listPages, removePage } from '#schema/operations/pages.ts';
import { addPause } from '#schema/operations/pauses.ts';
import { getSetting } from '#schema/operations/settings.ts';
import { openServices } from './compose.ts';
import type { Services } from './services.ts';
import { settingsFrom } from './settings.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it opens both stores, collects and counts');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-compose-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const settingsWith = async (environment: Record<string, string>): Promise<Settings> =>
  await settingsFrom({ DATA_DIR: directory, ...environment }, new Date('2026-07-01T00:00:00Z'));
const open = async (settings: Settings): Promise<Services> =>
  await openServices(settings, { command: 'test', clock: systemClock, log: pino({ level: 'silent' }) });

test('what is owed is counted by the next process, once, and an old folder is counted whole', async () => {
  let services = await open(await settingsWith({}));
  // Public channels need no key.
  expect(services.sources.map(({ network }) => network)).toEqual(['telegram']);
  expect(await services.aggregation.countLeft()).toBe(true);
  expect(await services.aggregation.countLeft()).toBe(false);
  await oweDays(services.operations, [{ pageId: 1, day: '2026-05-01' }], services.clock.now());
  await services.close();

  services = await open(await settingsWith({}));
  expect(await services.aggregation.countLeft()).toBe(true);
  expect(await services.aggregation.countLeft()).toBe(false);
  await services.close();

  // In another zone other days are counted: what was counted as a whole covers nothing any more.
  services = await open(await settingsWith({ TIMEZONE: 'Europe/Moscow' }));
  expect(await services.aggregation.countLeft()).toBe(true);
  expect(await services.aggregation.countLeft()).toBe(false);
  await services.close();
});

test('a counting that failed is owed, told of, and made up for by the next one', async () => {
  const services = await open(await settingsWith({}));
  const { operations, runEnds } = services;
  await oweDays(operations, [{ pageId: 1, day: '2026-05-01' }], services.clock.now());
  const rows = services.observations.rows.bind(services.observations);
  services.observations.rows = () => Promise.reject(new Error('not now'));
  await expect(runEnds.ended()).rejects.toThrow('not now');
  expect(await runEnds.trouble()).toMatchObject({ what: 'counting', message: 'not now' });
  await runEnds.failed(new Error('the store went away'));
  expect(await runEnds.trouble()).toMatchObject({ what: 'run', message: 'the store went away' });
  expect(await listOwedDays(operations)).not.toEqual([]);
  services.observations.rows = rows;
  await runEnds.ended();
  expect(await runEnds.trouble()).toBeNull();
  expect(await listOwedDays(operations)).toEqual([]);
  await services.close();
});

test('an edit of the register is brought over at once, and counted later, once for many', async () => {
  const services = await open(await settingsWith({}));
  const { operations, analytics, observations } = services;
  const plan = await planImport(
    operations,
    { name: 'register.csv', content: Buffer.from('organisation,vk\nА,club5\n') },
    { today: services.today(), skipBad: false },
  );
  await applyImport(operations, plan, { who: 'test', now: services.clock.now() });
  let told = 0;
  services.whenRegisterChanges(() => (told += 1));
  const statuses = async (): Promise<string[]> =>
    (await currentStatuses(analytics)).organisations.map(({ status }) => status);
  await services.registerChanged();
  expect(await statuses()).toEqual(['unknown']);
  const counted = (): Promise<unknown> => getSetting(operations, 'rollups.whole');
  await services.aggregation.idle();
  const first = await counted();
  expect(first).toBeDefined();

  const day = services.today();
  const [organisation] = await listOrganisations(operations);
  await addPause(operations, { organisationId: organisation?.id ?? 0, from: day, to: day, reason: 'а' });
  await services.registerChanged();
  expect(await statuses()).toEqual(['paused']);
  expect(services.aggregation.countSoon()).toBe(services.aggregation.countSoon());
  await services.aggregation.idle();
  expect(await counted()).not.toBe(first);

  await services.registerChanged();
  expect(told).toBe(2);
  // What cannot be counted now is owed, and is no reason to refuse the edit.
  const [page] = await listPages(operations);
  await removePage(operations, page?.id ?? 0, services.clock.now());
  const rows = observations.rows.bind(observations);
  services.whenRegisterChanges(() => {
    observations.rows = () => Promise.reject(new Error('not now'));
  });
  const version = await readDataVersion(operations);
  await services.registerChanged();
  await services.aggregation.idle();
  observations.rows = rows;
  // Readers of what was computed before see the copy all the same.
  expect(await readDataVersion(operations)).not.toBe(version);
  expect((await listOwedDays(operations)).map(({ pageId }) => pageId)).toEqual([allPages]);
  expect(await statuses()).toEqual(['none']);
  await services.close();
});

test('when a later part cannot be opened, what was opened before is given back', async () => {
  const settings = await settingsWith({ CLICKHOUSE_URL: 'http://127.0.0.1:9' });
  await expect(open(settings)).rejects.toThrow(/127\.0\.0\.1:9/);
  expect(dataDirectoryHolder(directory)).toBeNull();
  const services = await open(await settingsWith({}));
  await expect(open(await settingsWith({}))).rejects.toThrow(/in use by process/);
  await services.close();
  expect(dataDirectoryHolder(directory)).toBeNull();
});
