import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { pastSlots, type DemoSize } from '#cli/demo-history.ts';
import { demoEnvironment } from '#cli/demo-environment.ts';
import { collectHistory, openDemoWorld } from '#cli/demo-world.ts';
import { readDemoMark } from '#cli/demo-mark.ts';
import { settingsFrom } from '#cli/settings.ts';
import { startMessages } from '#cli/start-messages.ts';
import { systemClock } from '#domain/clock.ts';
import { calendarPeriod } from '#domain/period.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts a demo twice');

/** Long enough for both kinds of looks, weekly ones and daily ones, and for the firsts of two months. */
const size: DemoSize = { organisations: 3, historyWeeks: 9, weeklyWeeks: 4 };

test('a demo collects its history once, and is the same world when it is started again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-demo-'));
  const settings = await settingsFrom(demoEnvironment({ DATA_DIR: directory }), systemClock.now());
  expect(settings.PUBLIC_DASHBOARD).toBe(true);
  const closed = demoEnvironment({ DATA_DIR: directory, PUBLIC_DASHBOARD: 'false' });
  expect((await settingsFrom(closed, systemClock.now())).PUBLIC_DASHBOARD).toBe(false);
  const log = pino({ level: 'silent' });
  const messages = startMessages('en');
  const lines: string[] = [];

  const first = await openDemoWorld(settings, log, size);
  expect(first.isNew).toBe(true);
  const options = { messages, report: (line: string) => void lines.push(line) };
  // Cut short after the second collection, as by Ctrl+C, and taken up again.
  const interrupted = new AbortController();
  await collectHistory(first, {
    ...options,
    report: (line) => {
      options.report(line);
      if (lines.length === 2) interrupted.abort();
    },
    signal: interrupted.signal,
  });
  expect(lines).toHaveLength(2);
  await collectHistory(first, { ...options, signal: new AbortController().signal });
  expect(lines[0]).toMatch(/^Collection 1 of \d+: \d{4}-\d\d-\d\d, [\d,]+ posts read$/);
  expect(lines.at(-1)).toBe(messages.demoAggregation);

  const period = calendarPeriod('month', first.services.today());
  const ranking = await leaderboard(first.services.analytics, { period });
  expect(ranking.rows).toHaveLength(3);
  const world = [...first.simulation.world.organisations].map((organisation) => organisation.name);
  expect(ranking.rows.map((row) => row.organisation.name).sort()).toEqual(world.sort());
  const series = await first.services.observations.rows<{ slots: number }>(
    `SELECT toUInt32(uniqExact(slot)) AS slots FROM ${first.services.observations.tables.subscribers}`,
  );
  // Each of the past, and the present.
  const past = pastSlots(first.anchor, settings.TIMEZONE, size);
  expect(past.length).toBeGreaterThan(10);
  expect(series[0]?.slots).toBe(past.length + 1);
  const federation = ranking.rows.find(({ networks }) => networks.telegram !== undefined);
  expect(federation?.networks.telegram?.posts).toBeGreaterThan(0);
  expect(federation?.networks.vk?.posts).toBeGreaterThan(0);
  await first.close();

  const mark = readDemoMark(directory);
  const second = await openDemoWorld(settings, log, size);
  expect(second.isNew).toBe(false);
  expect(second.anchor).toEqual(mark?.anchor);
  expect([...second.simulation.world.organisations].map((organisation) => organisation.name).sort()).toEqual(
    world,
  );
  await second.close();
  rmSync(directory, { recursive: true, force: true });
});
