import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openTestRegister } from '#register/register-for-tests.ts';
import { leaseHolder, releaseLease } from '#schema/operations/leases.ts';
import { SimulatorClock } from '#simulator/index.ts';
import { collectorLease, whileLeading } from './worker-lease.ts';

const standing = () => new SimulatorClock({ at: new Date('2026-07-01T00:00:00Z'), speed: 0 });

/** Lets the time pass in steps of 5 seconds, and what wakes do what it has to, until it has come to something. */
async function until(clock: SimulatorClock, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let step = 0; step < 100; step += 1) {
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    if (await condition()) return;
    clock.advance(5_000);
  }
  throw new Error('It did not come to that.');
}

test('one collects, the other stands by and follows; a lost lease ends the work', async () => {
  const register = await openTestRegister();
  const clock = standing();
  const log = pino({ level: 'silent' });
  const active = new Set<string>();
  const worker = (name: string) => {
    const shutdown = new AbortController();
    const context = { operations: register.operations, clock, log, signal: shutdown.signal };
    const ended = whileLeading(context, async ({ signal }) => {
      active.add(name);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      active.delete(name);
    });
    return { end: () => shutdown.abort(), ended };
  };

  const first = worker('first');
  await until(clock, () => active.has('first'));
  const second = worker('second');
  await until(clock, () => clock.now().getTime() > Date.parse('2026-07-01T00:05:00Z'));
  expect([...active]).toEqual(['first']);

  first.end();
  await first.ended;
  await until(clock, () => active.has('second'));
  expect([...active]).toEqual(['second']);

  const holder = await leaseHolder(register.operations, collectorLease, clock.now());
  await releaseLease(register.operations, collectorLease, holder ?? '');
  await until(clock, () => !active.has('second'));
  await until(clock, () => active.has('second'));

  second.end();
  await second.ended;
  expect(active.size).toBe(0);
  expect(await leaseHolder(register.operations, collectorLease, clock.now())).toBeNull();
  await register.close();
});

test('the lease is kept for as long as the work takes to end', async () => {
  const register = await openTestRegister();
  const { operations } = register;
  const clock = standing();
  const shutdown = new AbortController();
  const holders: (string | null)[] = [];
  const context = { operations, clock, log: pino({ level: 'silent' }), signal: shutdown.signal };
  const ended = whileLeading(context, async ({ signal }) => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    for (let round = 0; round < 20; round += 1) {
      await clock.sleep(10_000);
      holders.push(await leaseHolder(operations, collectorLease, clock.now()));
    }
  });
  await until(clock, async () => (await leaseHolder(operations, collectorLease, clock.now())) !== null);
  shutdown.abort();
  await until(clock, () => holders.length === 20);
  await ended;
  expect(holders).toHaveLength(20);
  expect(new Set(holders).size).toBe(1);
  expect(holders[0]).not.toBeNull();
  expect(await leaseHolder(operations, collectorLease, clock.now())).toBeNull();
  await register.close();
});

test('work that fails is begun again, and what it failed by is told', async () => {
  const register = await openTestRegister();
  const clock = standing();
  const shutdown = new AbortController();
  const lines: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
  let begun = 0;
  const context = { operations: register.operations, clock, log, signal: shutdown.signal };
  const ended = whileLeading(context, async ({ signal }) => {
    begun += 1;
    if (begun < 3) throw new TypeError('not now');
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  });
  await until(clock, () => begun === 3);
  shutdown.abort();
  await ended;
  expect(lines.filter((line) => line.includes('not now'))).toHaveLength(2);
  await register.close();
});
