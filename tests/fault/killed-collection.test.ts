import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyRollups } from '#analytics/rollups/rollups.ts';
import { openServices } from '#cli/compose.ts';
import type { Services } from '#cli/services.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { listOwedDays } from '#schema/operations/owed-days.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { Simulation, VkServer } from '#simulator/index.ts';
import { startProcess } from '../e2e/processes.ts';

const historyFrom = '2025-01-01';
const token = 'fault-key';
const present = systemClock.now();

let simulation: Simulation;
let vk: VkServer;
let folder: string;
let environment: Record<string, string>;

/** Runs `profpulse <parameters>` to its end and answers its exit code; the output comes with a failure. */
async function profpulse(...parameters: string[]): Promise<void> {
  const run = startProcess('cli/profpulse.ts', environment, parameters);
  const code = await run.ended;
  if (code !== 0)
    throw new Error(`profpulse ${parameters.join(' ')} ended with ${String(code)}:\n${run.output()}`);
}

/** Starts a collection and kills it, as if the power failed, once the network has been asked so many times more. */
async function collectUntilKilled(requests: number): Promise<void> {
  const limit = vk.calls.requests + requests;
  const run = startProcess('cli/profpulse.ts', environment, ['collect']);
  const watch = setInterval(() => {
    if (vk.calls.requests >= limit) run.child.kill('SIGKILL');
  }, 2);
  await run.ended;
  clearInterval(watch);
  expect(run.child.signalCode, run.output()).toBe('SIGKILL');
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'profpulse-fault-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a collection that is killed again and again', () => {
  let services: Services;

  beforeAll(async () => {
    // The world stands still, so that what is expected does not depend on how long the processes take.
    const clock = new SimulatorClock({ at: present, speed: 0 });
    simulation = createSimulation({ seed: 7, anchor: present, clock, size: { organisations: 20 } });
    vk = await simulation.serveVk({
      tokens: [
        { token, kind: 'service', requestsPerSecond: 10_000, dailyWallGets: 1_000_000, execute: false },
      ],
    });
    environment = {
      DATA_DIR: join(folder, 'data'),
      HISTORY_FROM: historyFrom,
      VK_TOKENS: token,
      VK_API_URL: vk.url,
      VK_RPS: '500',
      VK_DAILY_QUOTA: '1000000',
      TIMEZONE: 'Asia/Irkutsk',
    };
    const register = join(folder, 'register.csv');
    writeFileSync(register, simulation.registerCsv());
    await profpulse('import', register);
    for (const requests of [2, 9, 17, 30]) await collectUntilKilled(requests);
    await profpulse('collect');
    const settings = readSettings(environment, { now: present, readFile: () => '' });
    services = await openServices(settings, {
      command: 'fault test',
      clock: systemClock,
      log: pino({ level: 'silent' }),
    });
  });
  afterAll(async () => {
    await services.close();
    await vk.close();
  });

  test('loses no post and stores none twice', async () => {
    const { observations } = services;
    const rows = await observations.rows<{ nativeId: number; postId: number; copies: number }>(
      `
      SELECT page.native_id AS nativeId, post.post_id AS postId, toUInt32(count()) AS copies
      FROM ${observations.tables.posts} AS post FINAL
      INNER JOIN ${observations.tables.pages} AS page FINAL ON page.page_id = post.page_id
      WHERE post.placement = 'own' AND post.deleted IS NULL
      GROUP BY nativeId, postId
      ORDER BY nativeId, postId`,
    );
    expect(rows.filter(({ copies }) => copies !== 1)).toEqual([]);
    const today = services.today();
    const expected = simulation.world.pages.flatMap((page) =>
      simulation.truth
        .posts(page.id, { from: historyFrom, to: today }, { now: present, snapshots: [present], historyFrom })
        .map(({ id }) => `${page.id}_${id}`),
    );
    expect(rows.map(({ nativeId, postId }) => `${nativeId}_${postId}`).toSorted()).toEqual(
      expected.toSorted(),
    );
  });

  test('gives each page exactly one outcome in each slot it was planned for', async () => {
    const { observations } = services;
    const runs = await observations.rows<{
      slot: string;
      planned: number[];
      outcomes: number[];
      finished: number;
    }>(
      `
      SELECT run.slot AS slot, run.planned AS planned, outcome.pages AS outcomes,
        toUInt8(run.finished IS NOT NULL) AS finished
      FROM ${observations.tables.runs} AS run FINAL
      LEFT JOIN (
        SELECT slot, groupArray(page_id) AS pages FROM ${observations.tables.outcomes} FINAL GROUP BY slot
      ) AS outcome ON outcome.slot = run.slot
      ORDER BY slot`,
    );
    expect(runs.length).toBeGreaterThanOrEqual(2);
    for (const { slot, planned, outcomes, finished } of runs) {
      expect(finished, slot).toBe(1);
      expect(
        outcomes.toSorted((a, b) => a - b),
        slot,
      ).toEqual(planned.toSorted((a, b) => a - b));
    }
  });

  test('has counted what every one of them wrote', async () => {
    expect(await verifyRollups(services.analytics)).toEqual([]);
    expect(await listOwedDays(services.operations)).toEqual([]);
  });

  test('names what a killed run left as missed, and reads it in the next one', async () => {
    const { observations } = services;
    const rows = await observations.rows<{ slot: string; outcome: string; pages: number }>(
      `
      SELECT slot, toString(outcome) AS outcome, toUInt32(count()) AS pages
      FROM ${observations.tables.outcomes} FINAL
      GROUP BY slot, outcome
      ORDER BY slot`,
    );
    const last = rows.at(-1)?.slot;
    expect(rows.filter(({ slot, outcome }) => slot !== last && outcome === 'missed').length).toBeGreaterThan(
      0,
    );
    expect(rows.filter(({ slot, outcome }) => slot === last && outcome === 'missed')).toEqual([]);
  });
});
