import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeRankings, type CountingBounds } from '#analytics/ranking/stored/store-rankings.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { createSimulation } from '#simulator/index.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock } from '../helpers/observed-rows.ts';
import { writeSimulation } from '../helpers/simulated-observations.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it ranks a world over all its calendar periods several times');

const zone = 'Asia/Irkutsk';
const historyFrom = '2025-06-01';
const looks = ['2025-12-31T23:30+08:00', '2026-01-31T23:50+08:00', '2026-02-10T12:00+08:00'].map(
  (look) => new Date(look),
);
const [registered = new Date(0)] = looks;
const now = looks.at(-1) ?? registered;
/** Of the rankings of four units, current and previous: 12 periods and their windows. */
const periods = 8;

let observations: Observations;
let close: () => Promise<void>;
let asked = 0;
let sources: AnalyticsSources;

beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  const { world } = createSimulation({ seed: 6, anchor: now, size: { organisations: 12, channels: true } });
  await writeSimulation(observations, world, { looks, telegram: 'web', historyFrom, registered });
  const rows: Observations['rows'] = async (...question) => {
    asked += 1;
    return await observations.rows(...question);
  };
  sources = {
    observations: { ...observations, rows },
    clock: fixedClock(now.toISOString()),
    zone,
    historyFrom,
  };
  await refreshAllRollups(sources);
});
afterAll(async () => {
  await close();
});

/** Counts with the bounds; the stored rows, heads included, and how often the engine was asked. */
async function stored(bounds?: CountingBounds): Promise<{ rows: unknown[]; asked: number }> {
  const { tables } = observations;
  await observations.command(`TRUNCATE TABLE ${tables.rankings}`);
  asked = 0;
  const { rankings } = await storeRankings(sources, bounds);
  expect(rankings).toBe(periods);
  const questions = asked;
  const rows = await observations.rows(
    `SELECT unit, period_from, period_to, basis, organisation_id, league, place, \`index\`, row
     FROM ${tables.rankings} FINAL ORDER BY unit, period_from, organisation_id`,
  );
  return { rows, asked: questions };
}

test('all rankings of a counting are made of a dozen questions', async () => {
  const { rows, asked: questions } = await stored();
  expect(rows).toHaveLength(periods * (12 + 1));
  expect(questions).toBeLessThanOrEqual(12);
});

test('rankings asked for and written one by one, as of many pages, are the same', async () => {
  const together = await stored();
  const apart = await stored({ periods: 1, rows: 1 });
  expect(apart.rows).toEqual(together.rows);
  expect(apart.asked).toBeGreaterThan(4 * together.asked);
  expect((await stored({ periods: 3, rows: 20 })).rows).toEqual(together.rows);
});
