import { rm } from 'node:fs/promises';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDataDirectory } from '#tests/helpers/prepared-stores.ts';
import { connectObservations, type Observations } from './connect.ts';
import { queryName } from './query-log.ts';
import { insertRuns } from './tables/runs.ts';

let directory: string;
let observations: Observations;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  directory = await makeDataDirectory('observations');
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  observations = await connectObservations({ dataDirectory: directory, database: 'profpulse', log });
  await observations.migrate();
});
afterAll(async () => {
  await observations.close();
  await rm(directory, { recursive: true, force: true });
});

const logged = (query: string) =>
  lines
    .filter((line) => line['query'] === query)
    .map(({ milliseconds, rows, failed }) => ({ milliseconds, rows, failed }));

test('a question is named by its first line, and by nothing else', () => {
  expect(queryName('\n    -- queryDayCells\n    SELECT 1')).toBe('queryDayCells');
  expect(queryName('SELECT 1 -- queryDayCells\n')).toBe('');
  expect(queryName("-- it's\nSELECT 1")).toBe('');
});

test('the engine knows its name, and our log its duration and its rows', async () => {
  const asked = await observations.rows(
    "-- askName\nSELECT getSetting('log_comment') AS name FROM numbers(3)",
  );
  expect(asked).toEqual([{ name: 'askName' }, { name: 'askName' }, { name: 'askName' }]);
  expect(logged('askName')).toEqual([{ milliseconds: expect.any(Number) as number, rows: 3 }]);
});

test('a write is named by its table', async () => {
  const at = new Date('2026-02-10T00:00:00Z');
  await insertRuns(observations, [{ slot: at, kind: 'manual', started: at, finished: null, planned: [] }]);
  expect(logged('insert runs')).toEqual([{ milliseconds: expect.any(Number) as number, rows: 1 }]);
});

test('one that fails is logged as well', async () => {
  await expect(observations.rows('-- askNobody\nSELECT nobody')).rejects.toThrow();
  expect(logged('askNobody')).toEqual([{ milliseconds: expect.any(Number) as number, failed: true }]);
});
