import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Clock } from '#domain/clock.ts';
import { syncRegister } from '#register/sync.ts';
import { openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import type { Outcome } from '#domain/vocabulary.ts';
import { ObservationsAway } from '#schema/observations/errors.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { holdDataDirectory } from '#schema/data-directory.ts';
import { openTestObservations } from '#tests/helpers/observations.ts';
import { OperationsUnavailable } from '#schema/operations/errors.ts';
import { readiness, wellness } from './health.ts';
import type { Services } from './services.ts';
import { dataTrouble, storeTrouble } from './store-reasons.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it waits for a store that does not answer, as long as a check may take');

let observed: Awaited<ReturnType<typeof openTestObservations>>;
let register: TestRegister;
let directory: string;
let now = new Date('2026-07-01T04:00:00Z');
const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };

function services(networks: readonly string[]): Services {
  return {
    observations: observed.observations,
    operations: register.operations,
    clock,
    log: pino({ level: 'silent' }),
    sources: networks.map((network) => ({ network })),
    settings: { COLLECT_CRON: '0 * * * *', TIMEZONE: 'Asia/Irkutsk', DATA_DIR: directory },
  } as unknown as Services;
}

async function run(at: string, outcome: Outcome, cause = '', pageId = 1): Promise<void> {
  const slot = new Date(at);
  const page = { pageId, state: 'ok' as const, postsSeen: 0, postsNew: 0, dropped: {} };
  const finished = new Date(slot.getTime() + 60_000);
  await insertRuns(observed.observations, [
    { slot, kind: 'schedule', started: slot, finished, planned: [1] },
  ]);
  await insertOutcomes(observed.observations, [{ ...page, slot, outcome, cause, started: slot, finished }]);
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-health-'));
  mkdirSync(join(directory, 'clickhouse'));
  writeFileSync(join(directory, 'operations.sqlite'), '');
  observed = await openTestObservations();
  register = await openTestRegister();
});
afterAll(async () => {
  await observed.close();
  await register.close();
  rmSync(directory, { recursive: true });
});

/** Imports as the product does: the mirror follows. */
async function importRows(rows: string): Promise<void> {
  await register.import(rows);
  await syncRegister(register.operations, observed.observations);
}

const longAgo = new Date(0);
const codes = async (since = longAgo): Promise<string[]> =>
  (await wellness(services(['vk']), since)).reasons.map((reason) => reason.code);

test('nothing is expected of an empty register, nor without a network to read', async () => {
  expect(await readiness(services(['vk']))).toEqual({ ok: true, reasons: [] });
  expect(await codes()).toEqual([]);
  await importRows('organisation,vk\nA,club5\n');
  now = new Date('2026-07-09T04:00:00Z');
  expect(await wellness(services([]), longAgo)).toEqual({ ok: true, reasons: [] });
});

test('collection is silent when three planned slots passed without a run', async () => {
  // The clock was a year ahead once.
  await run('2027-07-01T04:00:00Z', 'ok');
  now = new Date('2026-07-01T06:30:00Z');
  expect(await codes()).toEqual([]);
  now = new Date('2026-07-01T07:30:00Z');
  expect(await wellness(services(['vk']), longAgo)).toMatchObject({
    ok: false,
    reasons: [
      { code: 'collection_silent', detail: expect.stringContaining('3 planned slots passed') as string },
    ],
  });
  // A process that has only just begun is given its time.
  expect(await codes(new Date('2026-07-01T06:00:00Z'))).toEqual([]);
  await run('2026-07-01T07:00:00Z', 'missed');
  expect(await codes()).toEqual(['collection_silent']);
  await run('2026-07-01T07:10:00Z', 'ok');
  expect(await codes()).toEqual([]);
});

test('collection that reads nothing for a day is told, with a cause', async () => {
  now = new Date('2026-07-03T12:30:00Z');
  for (const hour of ['10', '11', '12']) await run(`2026-07-03T${hour}:00:00Z`, 'error', 'vk:5 dead');
  expect((await wellness(services(['vk']), longAgo)).reasons).toEqual([
    { code: 'nothing_read', detail: expect.stringContaining('vk:5 dead') as string },
  ]);
  await run('2026-07-03T12:10:00Z', 'suspect', 'no posts, and there are 120');
  expect(await codes()).toEqual(['nothing_read']);
  await run('2026-07-03T12:20:00Z', 'closed');
  expect(await codes()).toEqual([]);
});

test('a network of which nothing is read is told, whatever the others give', async () => {
  await importRows('organisation,telegram\nA,t.me/profkom\n');
  now = new Date('2026-07-05T12:30:00Z');
  for (const hour of ['10', '11', '12']) {
    await run(`2026-07-05T${hour}:00:00Z`, 'ok');
    await run(`2026-07-05T${hour}:10:00Z`, 'error', 'telegram:SESSION_REVOKED sign in again', 2);
  }
  expect((await wellness(services(['vk', 'telegram']), longAgo)).reasons).toEqual([
    {
      code: 'nothing_read',
      detail: expect.stringMatching(/^No page of Telegram .*SESSION_REVOKED sign in again/) as string,
    },
  ]);
  expect(await codes()).toEqual([]);
});

test('a network all of whose keys are laid aside is told at once, with what to do', async () => {
  now = new Date('2026-07-05T12:40:00Z');
  const until = new Date('2026-07-05T18:00:00Z');
  const session = (number: number, more = {}) => ({
    what: `session ${number} of TELEGRAM_SESSIONS`,
    cause: 'telegram:SESSION_REVOKED sign in again',
    until,
    ...more,
  });
  const read = async (keys: number | undefined, parked: object[]) => {
    const lost = { network: 'telegram', ...(keys === undefined ? {} : { keys }), parked: () => parked };
    const all = { ...services(['vk']), sources: [{ network: 'vk' }, lost] } as unknown as Services;
    const { reasons } = await wellness(all, new Date('2026-07-05T12:00:00Z'));
    return reasons.filter(({ code }) => code === 'keys_parked');
  };
  expect(await read(1, [session(1)])).toEqual([
    {
      code: 'keys_parked',
      detail:
        'Nothing of Telegram can be read, as all it is read by is laid aside. session 1 of TELEGRAM_SESSIONS: telegram:SESSION_REVOKED sign in again; tried again at 2026-07-06, 02:00.',
    },
  ]);
  expect(await read(2, [session(1), session(2, { until: null })])).toHaveLength(1);
  // One of two is left, or all can be looked at with it.
  expect(await read(2, [session(1)])).toEqual([]);
  expect(await read(2, [session(1), session(1)])).toEqual([]);
  expect(await read(1, [session(1, { partly: true })])).toEqual([]);
  // Read without keys, or not known.
  expect(await read(0, [])).toEqual([]);
  expect(await read(undefined, [session(1)])).toEqual([]);
});

test('a store that does not answer is told first', async () => {
  const broken = { ...services(['vk']), observations: { rows: () => Promise.reject(new Error('gone')) } };
  expect(await wellness(broken as unknown as Services, longAgo)).toEqual({
    ok: false,
    reasons: [{ code: 'observations_unavailable', detail: 'gone' }],
  });
  expect((await readiness(broken as unknown as Services)).ok).toBe(false);
  expect(await storeTrouble(broken as unknown as Services)).toEqual({
    ru: 'База наблюдений не отвечает (gone).',
    en: 'The observations store does not answer (gone).',
  });
});

test('a server that is away says since when, also of what failed just before it came back', async () => {
  const away = new ObservationsAway('http://store:8123/', new Date('2026-07-05T11:30:00Z'), {
    ru: 'нет ответа',
    en: 'no answer',
  });
  const trouble = {
    ru: 'База наблюдений не отвечает с 05.07.2026, 19:30: нет ответа.',
    en: 'The observations store has not answered since 2026-07-05, 19:30: no answer.',
  };
  const broken = services(['vk']);
  const silent = { ...broken, observations: { ...broken.observations, rows: () => Promise.reject(away) } };
  expect(await storeTrouble(silent)).toEqual(trouble);
  expect((await readiness(silent)).reasons).toEqual([
    { code: 'observations_unavailable', detail: trouble.en },
  ]);
  expect(await storeTrouble(broken, away)).toEqual(trouble);
});

test('what something failed by is told, though the store answers again', async () => {
  const reason = { ru: 'соединения нет', en: 'no connection' };
  const advice = { ru: 'Подождите.', en: 'Wait.' };
  const error = new OperationsUnavailable({ ru: 'X', en: 'X' }, reason, advice);
  const well = services(['vk']);
  expect(await storeTrouble(well, error)).toEqual({
    ru: 'База реестра не отвечает (соединения нет).',
    en: 'The operations store does not answer (no connection).',
  });
  expect(await storeTrouble(well, new Error('a fault of ours'))).toBeNull();
});

test('files of the data that are gone are told, though the engines still answer', async () => {
  for (const name of ['clickhouse', 'operations.sqlite']) {
    const path = join(directory, name);
    renameSync(path, `${path}.away`);
    const detail = expect.stringContaining(`${path} is gone. Stop ProfPulse, put the data back`) as string;
    const ill = { ok: false, reasons: [{ code: 'data_gone', detail }] };
    expect(await readiness(services(['vk']))).toEqual(ill);
    expect(await wellness(services(['vk']), longAgo)).toEqual(ill);
    renameSync(`${path}.away`, path);
  }
  expect((await readiness(services(['vk']))).ok).toBe(true);
  expect(await storeTrouble(services(['vk']))).toBeNull();
});

test('a data directory that is gone, or another one in its place, is told', async () => {
  const path = join(directory, 'held');
  const hold = holdDataDirectory(path, { command: 'test' });
  const held = services(['vk']);
  (held.settings as { DATA_DIR: string }).DATA_DIR = path;
  rmSync(path, { recursive: true });
  expect((await readiness(held)).reasons).toMatchObject([
    { code: 'data_gone', detail: expect.stringContaining(`${path} is gone`) as string },
  ]);
  expect(dataTrouble(held)).toEqual(await storeTrouble(held));
  expect(dataTrouble(held)?.ru).toBe(
    `Папки данных ${path} больше нет. Остановите ПрофПульс, верните данные из резервной копии и запустите его снова.`,
  );
  mkdirSync(path);
  writeFileSync(join(path, 'process.lock'), '');
  expect((await readiness(held)).reasons).toMatchObject([
    { code: 'data_gone', detail: expect.stringContaining('Another directory stands in the place') as string },
  ]);
  hold.release();
});

test('a check that fails, or does not end, is a reason and no failure of the answer', async () => {
  await register.import('organisation,vk\nA,club5\n');
  const half = services(['vk']);
  const { observations } = half;
  const asking = (rows: (sql: string) => Promise<unknown>): Services => ({
    ...half,
    observations: { ...observations, rows } as unknown as Services['observations'],
  });
  const failing = asking((sql) =>
    sql.endsWith('SELECT 1') ? Promise.resolve([]) : Promise.reject(new Error('a table is missing')),
  );
  expect(await wellness(failing, longAgo)).toEqual({
    ok: false,
    reasons: [{ code: 'check_failed', detail: 'a table is missing' }],
  });
  const hanging = asking(() => new Promise(() => undefined));
  expect(await readiness(hanging)).toEqual({
    ok: false,
    reasons: [{ code: 'observations_unavailable', detail: 'no answer within 5 seconds' }],
  });
});
