import { afterEach, describe, expect, test } from 'vitest';
import { createSimulation, SimulatorClock } from '../../simulator/index.ts';
import type { TokenSettings } from '../../simulator/index.ts';
import type { House } from '../helpers/collector-house.ts';
import { openHouse, swiftKey } from '../helpers/collector-house.ts';

const at = new Date('2026-02-10T04:00:00Z');
const hour = 3_600_000;
let house: House;

afterEach(async () => {
  await house.close();
});

/** A house around a small world; all of its pages are registered. */
async function houseOf(tokens: readonly TokenSettings[] = [swiftKey]) {
  const clock = new SimulatorClock({ at, speed: 0 });
  const simulation = createSimulation({
    seed: 5,
    anchor: at,
    clock,
    size: { organisations: 12, historyWeeks: 6 },
  });
  house = await openHouse(simulation, { tokens, historyFrom: '2025-12-01' });
  const pages = simulation.world.pages;
  await house.register(...pages.map(({ id }) => `https://vk.com/club${id}`));
  const readable = pages.filter((page) => simulation.world.stateOf(page, at.getTime()) === 'ok');
  const [first] = readable;
  if (!first) throw new Error('No page can be read in this world.');
  return { clock, simulation, pages, readable, first };
}

interface StoredOutcome {
  native_id: number;
  outcome: string;
  cause: string;
  state: string;
}

const outcomesSql = `SELECT p.native_id AS native_id, outcome, cause, o.state AS state FROM {outcomes} AS o FINAL
  INNER JOIN (SELECT * FROM {pages} FINAL) AS p ON p.page_id = o.page_id`;

async function outcomeOf(nativeId: number): Promise<StoredOutcome | undefined> {
  return (await house.rows<StoredOutcome>(`${outcomesSql} ORDER BY slot DESC`)).find(
    (row) => row.native_id === nativeId,
  );
}

const contents = async () => {
  const tables = ['posts', 'post_counters', 'subscribers', 'outcomes', 'page_events'];
  const counts: Record<string, unknown> = {};
  for (const table of tables)
    counts[table] = await house.rows(`SELECT * EXCEPT (version) FROM {${table}} FINAL ORDER BY ALL`);
  return counts;
};

describe('outcomes', () => {
  test('closed, deleted and blocked pages are states, and the rest goes on', async () => {
    const { simulation, pages } = await houseOf();
    const summary = await house.collect();
    const wanted = {
      ok: ['ok', 'empty'],
      closed: ['closed'],
      private: ['closed'],
      deleted: ['gone'],
      banned: ['gone'],
    };
    for (const page of pages) {
      const state = simulation.world.stateOf(page, at.getTime());
      expect(wanted[state]).toContain((await outcomeOf(page.id))?.outcome);
    }
    expect(summary.pages).toBe(pages.length);
    expect(Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0)).toBe(pages.length);
  });

  test.each([
    ['hang', 'no answer'],
    ['bad-gateway', 'network'],
    ['broken-json', 'network'],
    ['truncated', 'network'],
    ['reset', 'network'],
    ['wrong-shape', 'wall.get'],
  ] as const)('%s on one page is that page’s error', async (kind, cause) => {
    const { simulation, first, readable } = await houseOf();
    simulation.faults.add({ kind, method: 'wall.get', page: first.id, shape: 'null' });
    const summary = await house.collect();
    expect(await outcomeOf(first.id)).toMatchObject({
      outcome: 'error',
      cause: expect.stringContaining(cause),
    });
    expect(summary.outcomes.ok + summary.outcomes.empty).toBe(readable.length - 1);
  });

  test('a token that is used up is helped out by the next; all used up is no fault of the pages', async () => {
    const spent = { ...swiftKey, token: 'spent-service-key', dailyWallGets: 3 };
    const { readable, clock } = await houseOf([spent, swiftKey]);
    const summary = await house.collect();
    expect(summary.outcomes.ok + summary.outcomes.empty).toBe(readable.length);
    house.simulation.faults.add({ kind: 'refuse', method: 'wall.get', code: 29 });
    clock.advance(hour);
    expect((await house.collect()).outcomes.rate_limited).toBeGreaterThanOrEqual(readable.length);
  });

  test('a renamed page is an event, its name and title are learnt without one', async () => {
    const { first, clock } = await houseOf();
    await house.collect();
    const before = await house.page(first.id);
    expect(before.title).not.toBe('');
    expect(await house.rows(`SELECT * FROM {page_events} WHERE event IN ('renamed', 'title')`)).toEqual([]);
    first.screenNames.push({ from: at.getTime() + 1, value: 'quite_new_name' });
    first.titles.push({ from: at.getTime() + 1, value: 'Новое имя' });
    clock.advance(hour);
    await house.collect();
    expect(await house.page(first.id)).toMatchObject({ name: 'quite_new_name', title: 'Новое имя' });
    const events = await house.rows<{ event: string; before: string; after: string }>(
      `SELECT event, before, after FROM {page_events} FINAL WHERE event IN ('renamed', 'title') ORDER BY event`,
    );
    expect(events).toEqual([
      { event: 'renamed', before: before.name, after: 'quite_new_name' },
      { event: 'title', before: before.title, after: 'Новое имя' },
    ]);
    const copies = await house.rows<{ name: string }>(
      `SELECT name FROM {pages} FINAL WHERE native_id = ${first.id}`,
    );
    expect(copies).toEqual([{ name: 'quite_new_name' }]);
  });

  test('a page that is closed and opened again keeps its posts, with an event for each', async () => {
    const { first, clock } = await houseOf();
    await house.collect();
    const { id } = await house.page(first.id);
    const count = `SELECT toUInt32(count()) AS posts FROM {posts} FINAL WHERE deleted IS NULL AND page_id = ${id}`;
    const before = await house.rows(count);
    first.states.push(
      { from: at.getTime() + 1, value: 'closed' },
      { from: at.getTime() + 2 * hour, value: 'ok' },
    );
    clock.advance(hour);
    await house.collect();
    expect((await house.page(first.id)).state).toBe('closed');
    expect(await house.rows(count)).toEqual(before);
    clock.advance(2 * hour);
    await house.collect();
    const events = await house.rows<{ after: string }>(
      `SELECT after FROM {page_events} FINAL WHERE event = 'state' AND before IN ('ok', 'closed') ORDER BY observed`,
    );
    expect(events.map(({ after }) => after)).toEqual(expect.arrayContaining(['closed', 'ok']));
  });
});

describe('names', () => {
  test('a page known by name is resolved and read in the same run; a person and nobody are states', async () => {
    const { first, simulation } = await houseOf();
    const name = first.screenNames.at(-1)?.value ?? '';
    const second = simulation.world.pages.find((page) => page.id !== first.id);
    await house.close();
    house = await openHouse(simulation, { historyFrom: '2025-12-01' });
    await house.register(
      `https://vk.com/${name}`,
      'https://vk.com/nobody_has_this',
      `https://vk.com/club${second?.id}`,
    );
    await house.register(`https://vk.com/${name}?from=again&w=1#x`).catch(() => undefined);
    await house.collect();
    expect(await house.page(first.id)).toMatchObject({ state: 'ok', lastOutcome: 'ok' });
    const rows = await house.rows<{ name: string; state: string }>('SELECT name, state FROM {pages} FINAL');
    expect(rows).toContainEqual({ name: 'nobody_has_this', state: 'not_found' });
  });

  test('two links to one community: the second one stays unresolved, with the reason', async () => {
    const { first } = await houseOf();
    await house.register(`https://vk.com/${first.screenNames.at(-1)?.value ?? ''}`);
    const summary = await house.collect();
    const rows = await house.rows<{ cause: string }>(
      `SELECT cause FROM {outcomes} WHERE cause LIKE '%already%'`,
    );
    expect(rows).toHaveLength(1);
    expect(summary.outcomes.error).toBe(1);
  });
});

describe('again', () => {
  test('the same slot changes nothing, however often', async () => {
    await houseOf();
    const summary = await house.collect();
    const before = await contents();
    const calls = house.server.calls.requests;
    expect(await house.collect()).toEqual({ ...summary, changed: [] });
    expect(await contents()).toEqual(before);
    expect(house.server.calls.requests).toBe(calls);
  });

  test('a later slot without any news writes subscribers and outcomes only', async () => {
    const { clock, readable, pages } = await houseOf();
    await house.collect();
    const before = await house.rows('SELECT page_id, post_id, version FROM {posts} FINAL ORDER BY ALL');
    const slot = new Date(at.getTime() + 1000);
    clock.set(at);
    await house.collect({ slot });
    expect(await house.rows('SELECT page_id, post_id, version FROM {posts} FINAL ORDER BY ALL')).toEqual(
      before,
    );
    const [row] = await house.rows<{ looks: number }>(
      'SELECT toUInt32(count()) AS looks FROM {subscribers} FINAL',
    );
    expect(row?.looks).toBe(2 * readable.length);
    const [all] = await house.rows<{ ends: number }>(
      'SELECT toUInt32(count()) AS ends FROM {outcomes} FINAL',
    );
    expect(all?.ends).toBe(2 * pages.length);
  });

  test('a slot made up for later brings posts, never counters or subscribers stamped with the past', async () => {
    const { clock, readable } = await houseOf();
    clock.set(new Date(at.getTime() + 5 * hour));
    const summary = await house.collect({ slot: at });
    expect(summary.outcomes.ok + summary.outcomes.empty).toBe(readable.length);
    const [row] = await house.rows<{ posts: number; counters: number; subscribers: number }>(
      `SELECT (SELECT toUInt32(count()) FROM {posts} FINAL) AS posts,
              (SELECT toUInt32(count()) FROM {post_counters}) AS counters,
              (SELECT toUInt32(count()) FROM {subscribers}) AS subscribers`,
    );
    expect(row?.posts).toBeGreaterThan(100);
    expect(row).toMatchObject({ counters: 0, subscribers: 0 });
  });

  test('a slot still to come, and a page that is not there, are refused with the reason', async () => {
    await houseOf();
    await expect(house.collect({ slot: new Date(at.getTime() + hour) })).rejects.toThrow('still to come');
    await expect(house.collect({ pages: { pageId: 999 } })).rejects.toThrow('not in the register');
  });

  test('one page alone has one outcome; the schedule takes only what is due', async () => {
    const { first, clock, pages } = await houseOf();
    const page = await house.page(first.id);
    expect((await house.collect({ pages: { pageId: page.id } })).pages).toBe(1);
    clock.advance(60_000);
    expect((await house.collect({ pages: 'due', kind: 'schedule' })).pages).toBe(pages.length - 1);
    clock.advance(60_000);
    expect((await house.collect({ pages: 'due', kind: 'schedule' })).pages).toBe(0);
  });
});

describe('what it costs', () => {
  test('a quiet run is one execute for 25 pages and one groups.getById', async () => {
    const { clock, readable } = await houseOf();
    await house.collect();
    const before = house.server.calls.requests;
    clock.advance(60_000);
    await house.collect();
    expect(house.server.calls.requests - before).toBeLessThanOrEqual(1 + Math.ceil(readable.length / 25));
  });

  test('a token that may not execute is read singly, with the same posts', async () => {
    await houseOf([{ ...swiftKey, execute: false }]);
    await house.collect();
    const posts = await house.rows('SELECT page_id, post_id FROM {posts} FINAL ORDER BY ALL');
    await house.close();
    await houseOf();
    await house.collect();
    expect(await house.rows('SELECT page_id, post_id FROM {posts} FINAL ORDER BY ALL')).toEqual(posts);
  });

  test('a stopped run records what it did not do as missed', async () => {
    const { pages } = await houseOf();
    const stop = new AbortController();
    house.context.signal = stop.signal;
    house.context.onProgress = () => stop.abort();
    const summary = await house.collect();
    expect(summary.outcomes.missed).toBe(pages.length);
    const causes = await house.rows<{ cause: string }>('SELECT DISTINCT cause FROM {outcomes}');
    expect(causes).toEqual([{ cause: 'stopped: the run was told to end' }]);
  });
});
