import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Clock } from '../domain/clock.ts';
import { openTestRegister } from '../register/register-for-tests.ts';
import { leaseHolder, releaseLease } from '../schema/operations/leases.ts';
import { collectorLease, whileLeading } from './worker-lease.ts';

/** A clock whose sleeps last a few milliseconds and move it by what was asked for. */
function hurriedClock(): Clock {
  let now = Date.parse('2026-07-01T00:00:00Z');
  return {
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      await delay(5, undefined, signal ? { signal } : {});
      now += milliseconds / 2;
    },
  };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    if (await condition()) return;
    await delay(5);
  }
  throw new Error('It did not come to that.');
}

test('one collects, the other stands by and follows; a lost lease ends the work', async () => {
  const register = await openTestRegister();
  const clock = hurriedClock();
  const log = pino({ level: 'silent' });
  const active = new Set<string>();
  const worker = (name: string) => {
    const ending = new AbortController();
    const context = { operations: register.operations, clock, log, signal: ending.signal };
    const ended = whileLeading(context, async ({ signal }) => {
      active.add(name);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      active.delete(name);
    });
    return { end: () => ending.abort(), ended };
  };

  const first = worker('first');
  await until(() => active.has('first'));
  const second = worker('second');
  await delay(60);
  expect([...active]).toEqual(['first']);

  first.end();
  await first.ended;
  await until(() => active.has('second'));
  expect([...active]).toEqual(['second']);

  const holder = await leaseHolder(register.operations, collectorLease, clock.now());
  await releaseLease(register.operations, collectorLease, holder ?? '');
  await until(() => !active.has('second'));
  await until(() => active.has('second'));

  second.end();
  await second.ended;
  expect(active.size).toBe(0);
  expect(await leaseHolder(register.operations, collectorLease, clock.now())).toBeNull();
  await register.close();
});
