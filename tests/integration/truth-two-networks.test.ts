import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { organisationReport } from '#analytics/organisation/report.ts';
import { refreshAllRollups, verifyRollups } from '#analytics/rollups/rollups.ts';
import { createSimulation } from '#simulator/index.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock } from '../helpers/observed-rows.ts';
import { writeSimulation } from '../helpers/simulated-observations.ts';
import type { Collected } from './compare.ts';
import { differencesFromTruth } from './compare.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects a world, and ranks many periods of it');

const historyFrom = '2025-01-01';
const looks = [
  '2026-04-30T23:30+08:00',
  '2026-05-31T23:50+08:00',
  '2026-06-07T23:59+08:00',
  '2026-06-08T00:30+08:00',
].map((look) => new Date(look));
const now = looks.at(-1) ?? new Date(0);

const periods = [
  ['2026-06-01', '2026-06-07', 'the week that has just ended'],
  ['2026-06-08', '2026-06-14', 'the week that has just begun'],
  ['2026-05-01', '2026-05-31', 'a month'],
  ['2026-01-01', '2026-06-30', 'more than 13 weeks'],
  ['2026-06-07', '2026-06-07', 'one day'],
] as const;

const cases = [
  { seed: 2, telegram: 'accounts', organisations: 45 },
  { seed: 3, telegram: 'web', organisations: 45 },
  { seed: 4, telegram: 'not_read', organisations: 12 },
] as const;

describe.each(cases)('world $seed with Telegram read: $telegram', ({ seed, telegram, organisations }) => {
  let collected: Collected;
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const opened = await openTestObservations();
    close = opened.close;
    const { world, truth } = createSimulation({
      seed,
      anchor: now,
      size: { organisations, channels: true },
    });
    const [registered = now] = looks;
    const { observations } = opened;
    const zone = world.calendar.zone;
    const analytics = { observations, clock: fixedClock(now.toISOString()), zone, historyFrom };
    await writeSimulation(observations, world, { looks, telegram, historyFrom, registered });
    await refreshAllRollups(analytics);
    collected = { analytics, truth, looks, historyFrom, registered };
  });
  afterAll(async () => close?.());

  test.each(periods)('the ranking of %s to %s equals the truth: %s', async (from, to) => {
    expect(await differencesFromTruth(collected, { from, to }, telegram)).toEqual([]);
  });

  test('the rollups equal the posts', async () => {
    expect(await verifyRollups(collected.analytics)).toEqual([]);
  });

  test('views of a week are those of the ranking, without what forwarded messages show of their sources', async () => {
    const period = { from: '2026-06-01', to: '2026-06-07' };
    const { rows } = await leaderboard(collected.analytics, { period });
    const forwarding = rows.filter(({ networks }) => (networks.telegram?.reposts ?? 0) > 0).slice(0, 3);
    expect(forwarding.length).toBe(telegram === 'not_read' ? 0 : 3);
    for (const { organisation, views } of forwarding) {
      const report = await organisationReport(collected.analytics, organisation.id, period);
      expect(report.weeks.at(-1)).toMatchObject({ from: period.from, views });
    }
  });

  test('the world has what is compared', async () => {
    const { rows } = await leaderboard(collected.analytics, {
      period: { from: '2026-06-01', to: '2026-06-07' },
    });
    const inTelegram = rows.flatMap(({ networks }) => networks.telegram ?? []);
    expect(inTelegram.length).toBeGreaterThan(organisations / 3);
    const ranked = rows.filter(({ explanation }) => (explanation?.engagement.length ?? 0) > 1);
    expect(ranked.length > 0).toBe(telegram !== 'not_read');
  });
});
