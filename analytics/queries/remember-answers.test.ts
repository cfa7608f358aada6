import { expect, test } from 'vitest';
import type { Observations } from '#schema/observations/connect.ts';
import { rememberAnswers } from './remember-answers.ts';

/** Observations that answer how often they were asked, and fail the first time they are asked for `failing`. */
function counted() {
  let asked = 0;
  const rows = (sql: string): Promise<unknown[]> => {
    asked += 1;
    return sql === 'failing' && asked === 1
      ? Promise.reject(new Error('too slow'))
      : Promise.resolve([asked]);
  };
  return { database: 'profpulse', rows } as unknown as Observations;
}

test('a question is asked once for the same parameters, also while its answer is awaited', async () => {
  const observations = rememberAnswers(counted());
  const bound = new Date('2026-02-01T00:00:00Z');
  const both = await Promise.all([
    observations.rows('SELECT 1', { bound }),
    observations.rows('SELECT 1', { bound: new Date(bound) }),
  ]);
  expect(both).toEqual([[1], [1]]);
  expect(await observations.rows('SELECT 1', { bound: new Date(0) })).toEqual([2]);
  expect(await observations.rows('SELECT 2')).toEqual([3]);
  expect(observations.database).toBe('profpulse');
});

test('who changes the list that was answered changes nobody else’s', async () => {
  const observations = rememberAnswers(counted());
  (await observations.rows<number>('SELECT 1')).push(9);
  expect(await observations.rows('SELECT 1')).toEqual([1]);
});

test('a failure is told, and asked for again', async () => {
  const observations = rememberAnswers(counted());
  await expect(observations.rows('failing')).rejects.toThrow('too slow');
  expect(await observations.rows('failing')).toEqual([2]);
});

test('a long answer is not kept', async () => {
  const observations = rememberAnswers(counted(), 0);
  expect(await observations.rows('SELECT 1')).toEqual([1]);
  expect(await observations.rows('SELECT 1')).toEqual([2]);
});
