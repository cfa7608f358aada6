import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openTestRegister, testActor } from '#register/register-for-tests.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { logJournalHead } from './journal-head.ts';

interface Logged {
  level: number;
  msg: string;
  entry?: number;
  head?: string;
  at: string;
}

test('the head of the journal is logged at once, then as each local day begins, also after the store was away', async () => {
  const { operations, close } = await openTestRegister();
  const shutdown = new AbortController();
  const logged: Logged[] = [];
  let now = Date.parse('2026-07-02T03:00:00Z');
  let isAway = false;
  const log = pino(
    { level: 'info', base: null },
    {
      write: (line: string) => {
        logged.push({ ...(JSON.parse(line) as Logged), at: new Date(now).toISOString() });
      },
    },
  );
  const entry = {
    at: testActor.now,
    who: 'test',
    what: 'page.closed',
    subject: 'page:1',
    before: null,
    after: 1,
  };
  // What happens while it sleeps.
  const nights = [
    async () => void (await appendJournal(operations, [entry])),
    async () => void (await appendJournal(operations, [entry, entry])),
    () => Promise.resolve(void (isAway = true)),
    () => Promise.resolve(),
    () => Promise.resolve(void (isAway = false)),
    async () => void (await operations.db.deleteFrom('journalHead').execute()),
    () => Promise.resolve(shutdown.abort()),
  ];
  const clock = {
    now: () => new Date(now),
    sleep: async (milliseconds: number) => {
      now += milliseconds;
      await nights.shift()?.();
    },
  };
  const shaky: Operations = {
    ...operations,
    get db() {
      if (isAway) throw new Error('The store does not answer.');
      return operations.db;
    },
  };
  await logJournalHead({ operations: shaky, clock, log, signal: shutdown.signal, zone: 'Asia/Irkutsk' });
  await close();
  const [info, warn, error] = [30, 40, 50];
  const told = 'The head of the journal';
  expect(logged.map(({ level, msg, entry: id, at }) => [at, level, msg, id])).toEqual([
    ['2026-07-02T03:00:00.000Z', info, told, 0],
    ['2026-07-02T16:00:01.000Z', info, told, 1],
    ['2026-07-03T16:00:01.000Z', info, told, 3],
    ['2026-07-04T16:00:01.000Z', warn, 'The head of the journal is not known at the moment', undefined],
    ['2026-07-04T16:10:01.000Z', info, told, 3],
    ['2026-07-05T16:00:01.000Z', error, 'The journal has lost its head: ask "audit verify"', undefined],
  ]);
  expect(logged.map(({ head }) => head?.length)).toEqual([0, 64, 64, undefined, 64, undefined]);
});

test('a clock that fails ends it with its error', async () => {
  const { operations, close } = await openTestRegister();
  const clock = { now: () => testActor.now, sleep: () => Promise.reject(new Error('no time')) };
  const { signal } = new AbortController();
  const log = pino({ level: 'silent' });
  await expect(logJournalHead({ operations, clock, log, signal, zone: 'UTC' })).rejects.toThrow('no time');
  await close();
});
