import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { importTime, openTestRegister } from '#register/register-for-tests.ts';
import type { Operations } from '#schema/operations/connect.ts';
import {
  moveDataVersion,
  moveRegisterVersion,
  readRegisterVersion,
} from '#schema/operations/data-version.ts';
import { commitRevisions, takeRevision } from '#schema/operations/revisions.ts';
import { watchRegister } from './register-watch.ts';

test('what another process has brought over is heard of once, also after the store did not answer', async () => {
  const { operations, close } = await openTestRegister();
  const shutdown = new AbortController();
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
  const context = { operations: shaky, clock, log, signal: shutdown.signal };
  const watching = watchRegister(context, seen, {
    onChange: () => (heard += 1),
    bringOver: () => Promise.reject(new Error('Nothing was entered.')),
  });
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
  shutdown.abort();
  await watching;
  await close();
});

test('what was entered and not brought over is brought over, once the statistics take it', async () => {
  const register = await openTestRegister();
  const { operations } = register;
  const shutdown = new AbortController();
  let looks = 0;
  const clock = {
    now: () => importTime,
    sleep: async (_: number, signal?: AbortSignal) => {
      looks += 1;
      await delay(2, undefined, signal ? { signal } : {});
    },
  };
  const said: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void said.push(line) });
  let tries = 0;
  const copy = async (): Promise<void> => {
    const revision = await takeRevision(operations, clock, { stream: 'register', kind: 'rebuild' });
    tries += 1;
    if (tries < 3) throw new Error('ClickHouse is away.');
    await commitRevisions(operations, revision.ids, clock.now());
  };
  const watching = watchRegister({ operations, clock, log, signal: shutdown.signal }, null, {
    onChange: () => undefined,
    bringOver: copy,
  });
  const lookAgain = async (): Promise<void> => {
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before + 4);
  };
  await lookAgain();
  expect(tries).toBe(0);
  await register.import('organisation,vk\nA,club5\n');
  await expect.poll(() => tries).toBe(3);
  await lookAgain();
  expect(tries).toBe(3);
  expect(said.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'What was entered could not be brought over yet: it is tried again',
    'What was entered while the statistics could not take it was brought over',
  ]);
  shutdown.abort();
  await watching;
  await register.close();
});
