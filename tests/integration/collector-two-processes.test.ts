import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CollectionContext } from '#collector/context.ts';
import { runLeases, RunTakenOver } from '#collector/run-lease.ts';
import { runCollection } from '#collector/run.ts';
import { createVkSource } from '#collector/sources/vk/source.ts';
import { openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { connectObservations, type Observations } from '#schema/observations/connect.ts';
import { heldLeases } from '#schema/operations/leases.ts';
import { listOwedDays, oweDays } from '#schema/operations/owed-days.ts';
import { createSimulation, SimulatorClock, type VkServer } from '#simulator/index.ts';
import { serveClickHouse, type ClickHouseServer } from '../contract/clickhouse-http-server.ts';
import { swiftKey } from '../helpers/collector-stack.ts';

/*
 * Two processes that share their databases, as far as the collector can tell: each has a clock and a handle of the
 * operations store of its own, and the queue of runs knows those of its handle only.
 */

const log = pino({ level: 'silent' });
const directory = mkdtempSync(join(tmpdir(), 'profpulse-two-processes-'));
const anchor = new Date('2026-02-10T04:00:00Z');
const simulation = createSimulation({
  seed: 5,
  anchor,
  clock: new SimulatorClock({ at: anchor, speed: 0 }),
  size: { organisations: 4, historyWeeks: 2 },
});
const pages = simulation.world.pages.length;
let clickhouse: ClickHouseServer;
let vk: VkServer;
let observations: Observations;
let register: TestRegister;
beforeAll(async () => {
  clickhouse = await serveClickHouse({ path: join(directory, 'server') });
  vk = await simulation.serveVk({ tokens: [swiftKey] });
  observations = await connectObservations({ url: clickhouse.url, database: 'two_processes', log });
  await observations.migrate();
  register = await openTestRegister();
  const rows = simulation.world.pages.map(({ id }) => `Organisation ${id},vk.com/club${id}`);
  await register.import(['organisation,vk', ...rows].join('\n'));
});
afterAll(async () => {
  await observations.close();
  await Promise.all([clickhouse.close(), vk.close(), register.close()]);
  rmSync(directory, { recursive: true, force: true });
});

/** Instants of one test, by seconds: each has an hour of its own. */
let hours = 0;
function timesOfTest(): (seconds: number) => Date {
  hours += 1;
  const began = anchor.getTime() + hours * 3_600_000;
  return (seconds) => new Date(began + seconds * 1000);
}

/** A process: its looks begin when the gate opens, and its clock stands where it is set. */
function startProcess(at: Date, gate: Promise<null> = Promise.resolve(null)) {
  let now = at;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      // Leases are renewed by hand; who waits for a slot asks each second.
      await delay(milliseconds > 1_000 ? 3_600_000 : 10, undefined, signal ? { signal } : {});
    },
  };
  const real = createVkSource({
    tokens: [swiftKey.token],
    url: vk.url,
    requestsPerSecond: 500,
    dailyQuota: 5000,
    clock: simulation.clock,
    log,
  });
  const context: CollectionContext = {
    sources: [
      {
        ...real,
        look: async function* (requests, signal) {
          await gate;
          yield* real.look(requests, signal);
        },
      },
    ],
    observations,
    operations: { ...register.operations },
    clock,
    settings: { zone: 'Asia/Irkutsk', historyFrom: '2026-02-01' },
    log,
  };
  return { context, set: (instant: Date) => (now = instant) };
}

const leases = async (at: Date) => await heldLeases(register.operations, runLeases, at);

/** How the pages of a slot ended, counted. */
const outcomes = async (slot: Date) =>
  await observations.rows<{ outcome: string; pages: number }>(
    `SELECT outcome, toUInt32(count()) AS pages FROM ${observations.tables.outcomes} FINAL
     WHERE slot = {slot: DateTime64(3, 'UTC')} GROUP BY outcome ORDER BY outcome`,
    { slot },
  );
const unfinished = async () =>
  await observations.rows(`SELECT slot FROM ${observations.tables.runs} FINAL WHERE finished IS NULL`);

test('a run beside that of another process neither waits for it nor closes it', async () => {
  const at = timesOfTest();
  const gate = Promise.withResolvers<null>();
  const worker = startProcess(at(0), gate.promise);
  const first = runCollection(worker.context, { slot: at(0), kind: 'schedule', pages: 'all' });
  await expect.poll(() => unfinished()).toHaveLength(1);
  await oweDays(register.operations, [{ pageId: 4242, day: '2026-02-09' }], at(0), { writing: true });

  const command = startProcess(at(30));
  const second = await runCollection(command.context, { slot: at(30), kind: 'manual', pages: 'all' });
  expect(second.outcomes.missed).toBe(0);
  expect(await outcomes(at(0))).toEqual([]);
  // What the first is writing is not taken for writing that was cut short.
  expect(
    (await listOwedDays(register.operations)).some(({ pageId, writing }) => pageId === 4242 && writing),
  ).toBe(true);

  gate.resolve(null);
  expect((await first).outcomes).toEqual(second.outcomes);
  expect(await unfinished()).toEqual([]);
  expect(await leases(at(0))).toEqual([]);
});

test('runs of the same slot exclude each other: what the first did is not done again', async () => {
  const at = timesOfTest();
  const gate = Promise.withResolvers<null>();
  const request = { slot: at(0), kind: 'manual', pages: 'all' } as const;
  const first = runCollection(startProcess(at(0), gate.promise).context, request);
  await expect.poll(() => unfinished()).toHaveLength(1);
  let isDone = false;
  const progress: number[] = [];
  const process_ = startProcess(at(5));
  const second = runCollection(
    { ...process_.context, onProgress: ({ done }) => progress.push(done) },
    request,
  );
  void second.then(() => (isDone = true));
  const shutdown = new AbortController();
  const third = runCollection({ ...startProcess(at(5)).context, signal: shutdown.signal }, request);
  await delay(60);
  expect(isDone).toBe(false);
  shutdown.abort(new Error('told to end'));
  await expect(third).rejects.toMatchObject({ name: 'AbortError' });
  gate.resolve(null);
  expect(await second).toEqual(await first);
  expect(progress).toEqual([]);
});

test('a process that stood still beyond its lease does not go on: its run was closed, and stays so', async () => {
  const at = timesOfTest();
  const gate = Promise.withResolvers<null>();
  const worker = startProcess(at(0), gate.promise);
  const frozen = runCollection(worker.context, { slot: at(0), kind: 'schedule', pages: 'all' });
  await expect.poll(() => unfinished()).toHaveLength(1);

  // Within the lease it may only be slow.
  const soon = startProcess(at(39));
  await runCollection(soon.context, { slot: at(39), kind: 'start', pages: 'due' });
  expect(await outcomes(at(0))).toEqual([]);
  const afterwards = startProcess(at(41));
  await runCollection(afterwards.context, { slot: at(41), kind: 'schedule', pages: 'due' });
  expect(await outcomes(at(0))).toEqual([{ outcome: 'missed', pages }]);
  expect(await unfinished()).toEqual([]);

  worker.set(at(60));
  gate.resolve(null);
  await expect(frozen).rejects.toThrow(RunTakenOver);
  expect(await outcomes(at(0))).toEqual([{ outcome: 'missed', pages }]);
  expect(await leases(at(60))).toEqual([]);
});

test('a process that stood still beyond its lease goes on when nobody closed its run', async () => {
  const at = timesOfTest();
  const gate = Promise.withResolvers<null>();
  const worker = startProcess(at(0), gate.promise);
  const frozen = runCollection(worker.context, { slot: at(0), kind: 'schedule', pages: 'all' });
  await expect.poll(() => unfinished()).toHaveLength(1);
  worker.set(at(3600));
  gate.resolve(null);
  expect((await frozen).outcomes.missed).toBe(0);
});
