import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Clock } from '#domain/clock.ts';
import { openTestRegister } from '#register/register-for-tests.ts';
import { acquireLease, leaseHolder, releaseLease } from '#schema/operations/leases.ts';
import { aloneByLease, soleAggregation } from './sole-work.ts';

/** A clock whose sleeps last a few milliseconds and move it by what was asked for. */
function hurriedClock(): Clock & { move(milliseconds: number): void } {
  let now = Date.parse('2026-07-01T00:00:00Z');
  return {
    now: () => new Date(now),
    move: (milliseconds) => (now += milliseconds),
    sleep: async (milliseconds, signal) => {
      await delay(5, undefined, signal ? { signal } : {});
      now += milliseconds / 2;
    },
  };
}

test('of processes that share their databases one counts at a time, however long it takes', async () => {
  const { operations, close } = await openTestRegister();
  const clock = hurriedClock();
  const order: string[] = [];
  const count = (name: string, milliseconds: number) =>
    aloneByLease(
      { operations, clock },
      soleAggregation,
    )(async (confirm) => {
      order.push(`${name} begins`);
      await delay(milliseconds);
      await confirm();
      order.push(`${name} ends`);
    });
  const first = count('first', 200);
  await expect.poll(() => order).toEqual(['first begins']);
  await Promise.all([first, count('second', 0)]);
  expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(await leaseHolder(operations, 'counting', clock.now())).toBeNull();
  await close();
});

test('who stood still while another began does not settle what it counted; the lease comes back all the same', async () => {
  const { operations, close } = await openTestRegister();
  const clock = hurriedClock();
  const stood = aloneByLease(
    { operations, clock },
    soleAggregation,
  )(async (confirm) => {
    clock.move(3_600_000);
    expect(await acquireLease(operations, 'counting', 'another', 60_000, clock.now())).toBe(true);
    await confirm();
  });
  await expect(stood).rejects.toThrow('Another process counts by now');
  expect(await leaseHolder(operations, 'counting', clock.now())).toBe('another');
  await releaseLease(operations, 'counting', 'another');
  const failing = aloneByLease(
    { operations, clock },
    soleAggregation,
  )(() => Promise.reject(new Error('not now')));
  await expect(failing).rejects.toThrow('not now');
  expect(await leaseHolder(operations, 'counting', clock.now())).toBeNull();
  await close();
});
