import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { importTime, openTestRegister } from '../register/register-for-tests.ts';
import type { Operations } from '../schema/operations/connect.ts';
import {
  moveDataVersion,
  moveRegisterVersion,
  readRegisterVersion,
} from '../schema/operations/data-version.ts';
import { watchRegister } from './register-watch.ts';

test('what another process has brought over is heard of once, also after the store did not answer', async () => {
  const { operations, close } = await openTestRegister();
  const ending = new AbortController();
  let looks = 0;
  let isAway = false;
  const clock = {
    now: () => importTime,
    sleep: async (_: number, signal?: AbortSignal) => {
      looks += 1;
      await delay(2, undefined, signal ? { signal } : {});
    },
  };
  const shaky: Operations = {
    ...operations,
    get db() {
      if (isAway) throw new Error('The store does not answer.');
      return operations.db;
    },
  };
  const warned: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) });
  let heard = 0;
  const seen = await readRegisterVersion(operations);
  // Brought over between the asking and the first look.
  await moveRegisterVersion(operations);
  const context = { operations: shaky, clock, log, signal: ending.signal };
  const watching = watchRegister(context, seen, () => (heard += 1));
  const lookAgain = async (): Promise<void> => {
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before + 2);
  };
  await lookAgain();
  expect(heard).toBe(1);
  await moveDataVersion(operations);
  await lookAgain();
  expect(heard).toBe(1);

  isAway = true;
  await lookAgain();
  await moveRegisterVersion(operations);
  isAway = false;
  await lookAgain();
  expect(heard).toBe(2);
  expect(warned).toHaveLength(1);
  ending.abort();
  await watching;
  await close();
});
