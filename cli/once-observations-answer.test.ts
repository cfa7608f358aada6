import pino from 'pino';
import { expect, test, vi } from 'vitest';
import { asIs } from '../domain/said.ts';
import { ObservationsAway } from '../schema/observations/errors.ts';
import { onceObservationsAnswer } from './once-observations-answer.ts';

const away = new ObservationsAway('http://store:8123/', new Date(0), asIs('no answer'));
const log = pino({ level: 'silent' });

function context(sleep: (milliseconds: number) => Promise<void> = () => Promise.resolve()) {
  const stop = new AbortController();
  return { stop, clock: { now: () => new Date(0), sleep }, log, signal: stop.signal };
}

test('what the observations kept from beginning is tried again until they answer', async () => {
  const pauses: number[] = [];
  const work = vi
    .fn(() => Promise.resolve())
    .mockRejectedValueOnce(away)
    .mockRejectedValueOnce(away);
  const slept = context(async (milliseconds) => void pauses.push(milliseconds));
  await onceObservationsAnswer(slept, work);
  expect(work).toHaveBeenCalledTimes(3);
  expect(pauses).toEqual([10_000, 10_000]);
});

test('any other error is its end', async () => {
  const work = vi.fn(() => Promise.reject(new Error('no rights')));
  await expect(onceObservationsAnswer(context(), work)).rejects.toThrow('no rights');
  expect(work).toHaveBeenCalledTimes(1);
});

test('it waits no longer than it is wanted', async () => {
  const work = vi.fn(() => Promise.reject(away));
  const asked = context(() => {
    asked.stop.abort();
    return Promise.reject(new Error('aborted'));
  });
  await onceObservationsAnswer(asked, work);
  expect(work).toHaveBeenCalledTimes(1);
  const broken = context(() => Promise.reject(new Error('no timer')));
  await expect(onceObservationsAnswer(broken, work)).rejects.toThrow('no timer');
});
