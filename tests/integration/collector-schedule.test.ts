import pino from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunSummary } from '#collector/context.ts';
import { recordMissedSlots } from '#collector/missed-slots.ts';
import type { Schedule } from '#collector/schedule.ts';
import { startSchedule } from '#collector/schedule.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { TestStack } from '../helpers/collector-stack.ts';
import { openTestStack } from '../helpers/collector-stack.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it lets a schedule run for days of a simulated clock');

const at = new Date('2026-02-10T04:00:00Z');
const hour = 3_600_000;
let stack: TestStack;
let schedule: Schedule | null = null;

afterEach(async () => {
  await schedule?.stop();
  schedule = null;
  await stack.close();
});

async function stackOf(speed = 0) {
  const clock = new SimulatorClock({ at, speed });
  const simulation = createSimulation({
    seed: 5,
    anchor: at,
    clock,
    size: { organisations: 8, historyWeeks: 4 },
  });
  stack = await openTestStack(simulation, { historyFrom: '2026-01-01' });
  await stack.register(...simulation.world.pages.map(({ id }) => `https://vk.com/club${id}`));
  await stack.operations.db.updateTable('pages').set({ addedAt: '2026-01-01T00:00:00.000Z' }).execute();
  return { clock, simulation, pages: simulation.world.pages };
}

const runsSql = `SELECT slot, kind, finished IS NOT NULL AS ended, toUInt32(length(planned)) AS pages FROM {runs} FINAL ORDER BY slot`;

interface StoredRun {
  slot: string;
  kind: string;
  ended: boolean;
  pages: number;
}

test('at the start: slots that were slept through are missed for the pages due, then one run for what is due', async () => {
  const { clock, pages } = await stackOf();
  await stack.collect({ kind: 'schedule', pages: 'due' });
  clock.set(new Date(at.getTime() + 30.5 * hour));
  const summaries: RunSummary[] = [];
  const onRun = async (summary: RunSummary) => {
    summaries.push(summary);
  };
  schedule = await startSchedule(stack.context, { cron: '0 * * * *', onRun });
  await schedule.idle();
  const runs = await stack.rows<StoredRun>(runsSql);
  expect(runs).toHaveLength(32);
  expect(runs.every(({ ended }) => ended)).toBe(true);
  expect(runs.at(-1)).toMatchObject({ kind: 'start', slot: '2026-02-11T10:30:00.000Z', pages: pages.length });
  const missed = await stack.rows<{ page_id: number; slots: number }>(
    `SELECT page_id, toUInt32(count()) AS slots FROM {outcomes} FINAL WHERE outcome = 'missed' GROUP BY page_id`,
  );
  expect(missed).toHaveLength(pages.length);
  // By its own rhythm: a page once in twelve hours is missed twice or thrice, not in each of 30 slots.
  expect(Math.min(...missed.map(({ slots }) => slots))).toBeLessThanOrEqual(3);
  expect(Math.max(...missed.map(({ slots }) => slots))).toBeLessThanOrEqual(30);
  expect(summaries).toHaveLength(1);
  expect(schedule.next()).toBeInstanceOf(Date);
  expect(schedule.progress()).toBeNull();
});

test('a run that a clock a year ahead made hides no slot that is missed later', async () => {
  const { clock } = await stackOf();
  await stack.collect({ kind: 'schedule', pages: 'due' });
  clock.set(new Date(at.getTime() + 365 * 24 * hour));
  await stack.collect({ kind: 'schedule', pages: 'due' });
  clock.set(new Date(at.getTime() + 3.5 * hour));
  schedule = await startSchedule(stack.context, { cron: '0 * * * *' });
  await schedule.idle();
  const runs = await stack.rows<StoredRun>(runsSql);
  expect(runs.map(({ slot, kind }) => [slot.slice(0, 16), kind])).toEqual([
    ['2026-02-10T04:00', 'schedule'],
    ['2026-02-10T05:00', 'schedule'],
    ['2026-02-10T06:00', 'schedule'],
    ['2026-02-10T07:00', 'schedule'],
    ['2026-02-10T07:30', 'start'],
    ['2027-02-10T04:00', 'schedule'],
  ]);
});

test('slots that have a run are left alone when they are recorded again', async () => {
  const { clock } = await stackOf();
  await stack.collect({ kind: 'schedule', pages: 'due' });
  clock.advance(3 * hour);
  const slots = [at, new Date(at.getTime() + hour)];
  expect(await recordMissedSlots(stack.context, slots, 'asleep')).toBe(1);
  expect(await recordMissedSlots(stack.context, slots, 'asleep')).toBe(0);
  const rows = await stack.rows<{ n: number }>(
    `SELECT toUInt32(count()) AS n FROM {outcomes} FINAL WHERE slot = '2026-02-10 04:00:00' AND outcome = 'missed'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('it goes on by its expression, and a failure of what follows a run ends nothing', async () => {
  await stackOf(3600);
  let runs = 0;
  schedule = await startSchedule(stack.context, {
    cron: '* * * * * *',
    onRun: async () => {
      runs += 1;
      throw new Error('the rollups are out of order');
    },
  });
  await expect.poll(() => runs, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  await schedule.stop();
  const kinds = (await stack.rows<StoredRun>(runsSql)).map(({ kind }) => kind);
  expect(kinds[0]).toBe('start');
  expect(kinds.slice(1)).toContain('schedule');
});

test('a slot that falls into the run before is missed, and told in our own words alone', async () => {
  await stackOf();
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const printed = (['info', 'warn', 'error', 'debug'] as const).map((way) =>
    vi.spyOn(console, way).mockImplementation(() => undefined),
  );
  const { observations } = stack.context;
  let gate: Promise<void> | null = null;
  let open: () => void = () => undefined;
  const held: typeof observations = {
    ...observations,
    rows: async (sql, parameters) => {
      await gate;
      return await observations.rows(sql, parameters);
    },
  };
  const context = { ...stack.context, observations: held, log };
  schedule = await startSchedule(context, { cron: '* * * * * *' });
  await schedule.idle();
  gate = new Promise((resolve) => (open = resolve));
  const told = () => lines.filter((line) => line.includes('A slot fell into the run before'));
  await expect.poll(() => told().length, { timeout: 60_000 }).toBeGreaterThan(0);
  gate = null;
  open();
  await schedule.stop();
  expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});

test('slots in which the stores were away are missed by name, as soon as they are back', async () => {
  await stackOf(3600);
  const away: Date[] = [];
  schedule = await startSchedule(stack.context, {
    cron: '* * * * * *',
    onFailure: async (_, slot) => void away.push(slot),
  });
  await schedule.idle();
  const { observations } = stack.context;
  const rows = observations.rows.bind(observations);
  observations.rows = () => Promise.reject(new Error('away'));
  await expect.poll(() => away.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  observations.rows = rows;
  const missed = async () =>
    (await stack.rows<StoredRun>(runsSql)).filter(({ slot }) =>
      away.some((each) => each.toISOString() === slot),
    );
  await expect.poll(async () => (await missed()).length, { timeout: 60_000 }).toBe(away.length);
  await schedule.stop();
  for (const { kind, ended } of await missed()) expect([kind, Boolean(ended)]).toEqual(['schedule', true]);
  const causes = await stack.rows<{ cause: string }>(
    `SELECT DISTINCT cause FROM {outcomes} FINAL WHERE outcome = 'missed' AND slot IN (${away.map((slot) => `'${slot.toISOString().slice(0, 19).replace('T', ' ')}'`).join()})`,
  );
  for (const { cause } of causes) expect(cause).toBe('the databases could not be reached at that time');
});

test('stopped in the middle: what is under way ends, the rest is missed, each page once', async () => {
  const { simulation, pages } = await stackOf();
  simulation.faults.add({ kind: 'delay', delay: 400 });
  schedule = await startSchedule(stack.context, { cron: '0 0 1 1 *' });
  await expect.poll(() => schedule?.progress(), { timeout: 60_000, interval: 5 }).not.toBeNull();
  expect(schedule.progress()).toMatchObject({ total: pages.length });
  await schedule.stop();
  const rows = await stack.rows<{ outcome: string }>('SELECT outcome FROM {outcomes} FINAL');
  expect(rows).toHaveLength(pages.length);
  expect(rows.map(({ outcome }) => outcome)).toContain('missed');
  expect((await stack.rows<StoredRun>(runsSql)).every(({ ended }) => ended)).toBe(true);
});
