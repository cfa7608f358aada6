import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openTestRegister } from '#register/register-for-tests.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listFormerPeople, listPeople } from '#schema/operations/people.ts';
import { erasePersonalDataDaily } from './erase-personal-data.ts';

test('each local day erases whose year is over, and says how many, also after the store was away', async () => {
  const register = await openTestRegister();
  const { operations } = register;
  // They lost their part on 1 July 2026.
  await register.import('organisation,responsible,phone\nА,Стираева Юлия,24-55-66');
  await register.import('organisation,responsible,phone\nА,Новая Яна,24-55-67');
  const logged: string[] = [];
  let now = Date.parse('2027-06-29T03:00:00Z');
  let isAway = false;
  const shutdown = new AbortController();
  const log = pino({ level: 'info', base: null }, { write: (line: string) => void logged.push(line) });
  const nights = [
    () => (isAway = true),
    () => (isAway = true),
    () => (isAway = false),
    () => undefined,
    () => {
      shutdown.abort();
    },
  ];
  const clock = {
    now: () => new Date(now),
    sleep: (milliseconds: number) => {
      now += milliseconds;
      nights.shift()?.();
      return Promise.resolve();
    },
  };
  const shaky: Operations = {
    ...operations,
    get db() {
      if (isAway) throw new Error('The store does not answer.');
      return operations.db;
    },
  };
  await erasePersonalDataDaily({
    operations: shaky,
    clock,
    log,
    signal: shutdown.signal,
    zone: 'Asia/Irkutsk',
  });
  const said = logged.map((line) => JSON.parse(line) as { msg: string; people?: number });
  expect(said.map(({ msg, people }) => [msg, people])).toEqual([
    ['Personal data whose time is over could not be erased, and it is tried again', undefined],
    ['Personal data were erased: their time was over', 1],
  ]);
  expect(logged.join('')).not.toMatch(/Стираева|24-55/u);
  expect(await listFormerPeople(operations)).toEqual([]);
  expect((await listPeople(operations)).map(({ name }) => name)).toEqual(['Новая Яна']);
  await register.close();
});
