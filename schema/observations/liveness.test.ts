import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { asIs, type Said } from '#domain/said.ts';
import { Liveness } from './liveness.ts';

const began = new Date('2026-02-10T04:00:00Z');
const patience = { request: 5_000, ping: 5_000, again: 2_000 };
/** What the server says when it is asked whether it lives. */
let answer: Said | null;
let asked: number;
let liveness: Liveness;

beforeEach(() => {
  vi.useFakeTimers({ now: began });
  answer = null;
  asked = 0;
  liveness = new Liveness({
    ping: async () => {
      asked += 1;
      return answer;
    },
    server: 'http://store:8123/',
    patience,
    clock: systemClock,
  });
});
afterEach(() => {
  liveness.close();
  vi.useRealTimers();
});

/** A request that is answered only when it is given up. */
const waiting = () =>
  liveness.during(
    10,
    (signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('given up')), { once: true }),
      ),
  );
const failing = (error: object) => liveness.during(10, () => Promise.reject(error as Error));

test('a request that takes long is left alone while the server lives', async () => {
  const request = waiting().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(12);
  expect(liveness.awaySince).toBeNull();
  answer = asIs('no answer');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await request).toMatchObject({ name: 'ObservationsAway', since: new Date('2026-02-10T04:01:05Z') });
});

test('all requests end when the server does not live, later ones at once, until it lives again', async () => {
  answer = { ru: 'нет ответа за 5 с', en: 'no answer within 5 s' };
  const both = [waiting(), waiting()].map((request) => request.catch((error: unknown) => error));
  await vi.advanceTimersByTimeAsync(5_000);
  const since = new Date('2026-02-10T04:00:05Z');
  for (const error of await Promise.all(both)) {
    expect(error).toMatchObject({
      message:
        'The server of the observations at http://store:8123/ has not answered since 2026-02-10T04:00:05Z: no answer within 5 s.',
      since,
    });
  }
  const notTried = vi.fn();
  await expect(liveness.during(10, notTried)).rejects.toMatchObject({ since });
  expect(notTried).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(liveness.awaySince).toEqual(since);
  answer = null;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(liveness.awaySince).toBeNull();
  expect(await liveness.during(10, () => Promise.resolve('back'))).toBe('back');
  const askedThen = asked;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(askedThen);
});

test('a connection that breaks is the server’s end only when it does not live', async () => {
  const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  await expect(failing(broken)).rejects.toMatchObject({
    name: 'RequestFailed',
    message: expect.stringContaining('did not take a request of 10 bytes: write EPIPE.') as string,
  });
  await expect(failing(new Error(''))).rejects.toThrow('an answer without a word');
  expect(liveness.awaySince).toBeNull();
  answer = asIs('connect ECONNREFUSED');
  await expect(failing(broken)).rejects.toMatchObject({ name: 'ObservationsAway', cause: broken });
  expect(liveness.awaySince).toEqual(began);
});

test('what the database says is left as it is, and nobody asks', async () => {
  const said = Object.assign(new Error('no such table'), { type: 'UNKNOWN_TABLE' });
  await expect(failing(said)).rejects.toBe(said);
  expect(asked).toBe(0);
});
