import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { organisationReport } from '#analytics/organisation/report.ts';
import { verifyRollups } from '#analytics/rollups/rollups.ts';
import type { Leaderboard, Period } from '#analytics/types.ts';
import type { TruthRow } from '#simulator/index.ts';
import { differences } from './compare.ts';
import { openTestStack } from './test-stack.ts';
import type { TestStack, TelegramReading } from './test-stack.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects a world, and ranks many periods of it');

const historyFrom = '2025-01-01';

/** The ranking as the product has it and as it truly is, at the test stack's present. */
async function both(
  stack: TestStack,
  telegram: TelegramReading,
  period: Period,
): Promise<{ ranking: Leaderboard; truth: TruthRow[] }> {
  const ranking = await leaderboard(stack.services.analytics, { period });
  const truth = stack.simulation.truth.ranking(period, {
    now: stack.simulation.clock.now(),
    snapshots: stack.slots,
    historyFrom,
    registered: stack.registered,
    ...(telegram === 'none' ? {} : { telegram }),
  });
  return { ranking, truth };
}

/**
 * Worlds and the instants at which they are looked at, in local time of Irkutsk (UTC+8): the last look falls right
 * before, right at and right after the edges of days, weeks, months and the year.
 */
const worlds = [
  {
    name: 'a week begins half an hour ago',
    seed: 1,
    telegram: 'accounts',
    slots: [
      '2026-04-30T23:30+08:00',
      '2026-05-31T23:50+08:00',
      '2026-06-07T23:59+08:00',
      '2026-06-08T00:30+08:00',
    ],
    periods: [
      ['2026-06-01', '2026-06-07', 'the week that has just ended'],
      ['2026-06-08', '2026-06-14', 'the week that has just begun'],
      ['2026-05-01', '2026-05-31', 'a month'],
      ['2026-04-01', '2026-06-30', 'a quarter that runs'],
      ['2026-05-13', '2026-06-02', 'days of one’s own'],
      ['2026-06-07', '2026-06-07', 'one day'],
    ],
  },
  {
    name: 'the year changes',
    seed: 2,
    telegram: 'web',
    slots: [
      '2025-11-30T23:45+08:00',
      '2025-12-28T23:45+08:00',
      '2025-12-31T23:55+08:00',
      '2026-01-01T00:10+08:00',
      '2026-01-14T12:00+08:00',
    ],
    periods: [
      ['2025-12-29', '2026-01-04', 'the week over the change of year'],
      ['2025-12-01', '2025-12-31', 'December'],
      ['2026-01-01', '2026-01-31', 'January, which runs'],
      ['2025-10-01', '2025-12-31', 'the last quarter'],
      ['2025-01-01', '2025-12-31', 'the year'],
      ['2025-12-31', '2026-01-01', 'two days'],
    ],
  },
  {
    name: 'a day ends in a minute',
    seed: 3,
    telegram: 'none',
    slots: ['2026-03-01T00:01+08:00', '2026-03-15T12:00+08:00', '2026-03-31T23:59+08:00'],
    periods: [
      ['2026-03-01', '2026-03-31', 'the month that ends'],
      ['2026-01-01', '2026-03-31', 'the quarter that ends'],
      ['2026-03-30', '2026-04-05', 'the week that runs'],
      ['2026-02-23', '2026-03-01', 'a past week'],
    ],
  },
] satisfies {
  name: string;
  seed: number;
  telegram: TelegramReading;
  slots: string[];
  periods: [string, string, string][];
}[];

describe.each(worlds)(
  'when $name (world $seed, Telegram: $telegram)',
  ({ seed, telegram, slots, periods }) => {
    let stack: TestStack;
    let close: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      const instants = slots.map((slot) => new Date(slot));
      const anchor = instants.at(-1) ?? new Date(0);
      const opens = instants[0] ?? anchor;
      // Enough for every league; what larger federations have is compared in truth-two-networks.test.ts.
      stack = await openTestStack({ seed, anchor, opens, organisations: 12, telegram, historyFrom });
      close = stack.close;
      // Counted after each, or all at once at the end: that must not matter.
      const skipAggregation = seed !== 2;
      for (const instant of instants)
        await stack.collectAt(instant, { skipAggregation: skipAggregation && instant !== anchor });
    });
    afterAll(async () => close?.());

    test.each(periods)('the ranking of %s to %s equals the truth: %s', async (from, to) => {
      const { ranking, truth } = await both(stack, telegram, { from, to });
      expect(ranking.rows.length).toBe(stack.simulation.world.organisations.length);
      expect(differences(ranking.rows, truth)).toEqual([]);
    });

    test('the networks were asked for nothing they do not know', () => {
      expect(stack.unexpected()).toEqual([]);
    });

    test('the rollups equal the posts', async () => {
      expect(await verifyRollups(stack.services.analytics)).toEqual([]);
    });

    test('an organisation’s own page says the same as the ranking', async () => {
      const [from = '', to = ''] = periods[0] ?? [];
      const { ranking } = await both(stack, telegram, { from, to });
      for (const row of ranking.rows.slice(0, 5)) {
        const report = await organisationReport(stack.services.analytics, row.organisation.id, { from, to });
        expect(report.row).toEqual(row);
      }
    });

    test('looking again in the same slot changes nothing', async () => {
      const [from = '', to = ''] = periods[0] ?? [];
      const before = await both(stack, telegram, { from, to });
      const slot = stack.slots.at(-1) ?? new Date(0);
      await stack.services.collect({ slot, kind: 'manual', pages: 'all' });
      const after = await leaderboard(stack.services.analytics, { period: { from, to } });
      expect(after.rows).toEqual(before.ranking.rows);
    });
  },
);
