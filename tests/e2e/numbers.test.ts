import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { firstDay } from '#cli/demo-history.ts';
import { systemClock } from '#domain/clock.ts';
import { addDays, calendarPeriod, dayOf } from '#domain/period.ts';
import { createSimulation } from '#simulator/index.ts';
import type { TruthRow } from '#simulator/index.ts';
import { contextOf, openBrowser } from './browser.ts';
import { ask } from './site.ts';
import type { LeaderboardAnswer } from './site.ts';
import { worldSize } from './world-size.ts';

const origin = inject('origin');
const zone = 'Asia/Irkutsk';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser.close());

/** The world that the demo shows, made again from its mark, and what it truly ranks. */
async function truthOf(period: { from: string; to: string }): Promise<TruthRow[]> {
  const mark = JSON.parse(readFileSync(join(inject('dataDirectory'), 'demo.json'), 'utf8')) as {
    seed: number;
    anchor: string;
  };
  const anchor = new Date(mark.anchor);
  const size = { organisations: worldSize.organisations, channels: true };
  const simulation = createSimulation({ seed: mark.seed, anchor, zone, size });
  const runs = await ask<{ data: { slot: string }[] }>(origin, '/api/v1/runs?limit=200');
  const snapshots = runs.data.map(({ slot }) => new Date(slot)).toSorted((a, b) => a.getTime() - b.getTime());
  return simulation.truth.ranking(period, {
    now: systemClock.now(),
    snapshots,
    historyFrom: firstDay(anchor, zone, worldSize),
    registered: snapshots[0] ?? anchor,
  });
}

/** A month that ended at least three weeks ago: its counters have come to rest. */
function restedMonth(): { from: string; to: string } {
  return calendarPeriod('month', addDays(dayOf(systemClock.now(), zone), -52));
}

async function cellsOf(page: Page, id: number): Promise<Record<string, string>> {
  const cells: Record<string, string> = {};
  for (const name of ['place', 'index', 'posts', 'subscribers', 'growth']) {
    const text = await page.locator(`#organisation-${id} .c-${name}`).innerText();
    cells[name] = text.replaceAll(/\s/g, '');
  }
  return cells;
}

describe('the numbers of the demo', () => {
  const period = restedMonth();
  const query = `from=${period.from}&to=${period.to}`;

  test('the leaderboard equals the simulator’s truth', async () => {
    const { data } = await ask<LeaderboardAnswer>(origin, `/api/v1/leaderboard?${query}`);
    const truth = await truthOf(period);
    const facts = (row: LeaderboardAnswer['data'][number] | TruthRow, name: string) => ({
      name,
      place: row.place,
      index: row.index,
      posts: row.posts,
      originals: row.originals,
      views: row.views,
      reactions: row.reactions,
      subscribers: row.subscribers,
      growth: row.growth,
      status: row.status,
    });
    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    expect(data.map((row) => facts(row, row.organisation.name)).toSorted(byName)).toEqual(
      truth.map((row) => facts(row, row.name)).toSorted(byName),
    );
  });

  test('the ranking on the page equals the leaderboard', async () => {
    const { data } = await ask<LeaderboardAnswer>(origin, `/api/v1/leaderboard?${query}`);
    const context = await contextOf(browser, origin, { width: 1440, scheme: 'light', locale: 'en' });
    const page = await context.newPage();
    await page.goto(`/ranking?${query}`, { waitUntil: 'networkidle' });
    const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
    const tenth = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const noData = 'nodata';
    const placed = data.filter(({ place }) => place !== null);
    expect(placed.length).toBeGreaterThan((2 / 3) * worldSize.organisations);
    for (const row of placed) {
      const cells = await cellsOf(page, row.organisation.id);
      expect.soft(cells['place']?.split('–')[0], row.organisation.name).toBe(String(row.place));
      expect
        .soft(cells['index']?.replace('*', ''), row.organisation.name)
        .toBe(row.index === null ? noData : tenth.format(row.index));
      expect
        .soft(cells['posts'], row.organisation.name)
        .toBe(row.posts === null ? noData : whole.format(row.posts));
      expect
        .soft(cells['subscribers']?.toLowerCase(), row.organisation.name)
        .toBe(row.subscribers === null ? noData : whole.format(row.subscribers));
    }
    await context.close();
  });

  test('the table as CSV holds the same rows', async () => {
    const { data } = await ask<LeaderboardAnswer>(origin, `/api/v1/leaderboard?${query}`);
    const response = await fetch(`${origin}/api/v1/leaderboard?${query}&format=csv`);
    expect(response.headers.get('content-type')).toContain('text/csv');
    const lines = (await response.text()).trim().split(/\r?\n/);
    expect(lines).toHaveLength(data.length + 1);
  });
});
