import { afterEach, describe, expect, test } from 'vitest';
import { runCollection } from '#collector/run.ts';
import type { TokenSettings } from '#simulator/index.ts';
import type { TestStack } from '../helpers/collector-stack.ts';
import { openTestStack, openSmallStack, smallWorldAt, swiftKey } from '../helpers/collector-stack.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects a world');

const at = smallWorldAt;
const hour = 3_600_000;
let stack: TestStack;

afterEach(async () => {
  await stack.close();
});

/** The test stack around the small world. */
async function stackOf(tokens?: readonly TokenSettings[]) {
  const opened = await openSmallStack(tokens);
  stack = opened.stack;
  return opened;
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
  return (await stack.rows<StoredOutcome>(`${outcomesSql} ORDER BY slot DESC`)).find(
    (row) => row.native_id === nativeId,
  );
}

describe('outcomes', () => {
  test('closed, deleted and blocked pages are states, and the rest goes on', async () => {
    const { simulation, pages } = await stackOf();
    const summary = await stack.collect();
    const wanted = {
      ok: ['ok', 'empty'],
      closed: ['closed'],
      private: ['closed'],
      deleted: ['gone'],
      banned: ['gone'],
      taken: ['gone'],
    };
    for (const page of pages) {
      const state = simulation.world.stateOf(page, at.getTime());
      expect(wanted[state]).toContain((await outcomeOf(page.id))?.outcome);
    }
    expect(summary.pages).toBe(pages.length);
    expect(Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0)).toBe(pages.length);
  });

  test('what goes wrong on one page is that page’s error, and the others are read', async () => {
    const { simulation, readable } = await stackOf();
    const kinds = ['hang', 'bad-gateway', 'broken-json', 'truncated', 'reset', 'wrong-shape'] as const;
    const hit = kinds.map((kind, index) => ({ kind, page: readable[2 * index]?.id ?? 0 }));
    for (const { kind, page } of hit)
      simulation.faults.add({ kind, method: 'wall.get', page, shape: 'null' });
    const summary = await stack.collect();
    for (const { kind, page } of hit) {
      const cause = kind === 'hang' ? 'no answer' : kind === 'wrong-shape' ? 'broken' : 'network';
      expect(await outcomeOf(page), kind).toMatchObject({
        outcome: 'error',
        state: 'ok',
        cause: expect.stringContaining(cause),
      });
    }
    expect(summary.outcomes.ok + summary.outcomes.empty).toBe(readable.length - kinds.length);
  });

  test('a token that is used up is helped out by the next; all used up is no fault of the pages', async () => {
    const spent = { ...swiftKey, token: 'spent-service-key', dailyWallGets: 3 };
    const { readable, clock } = await stackOf([spent, swiftKey]);
    const summary = await stack.collect();
    expect(summary.outcomes.ok + summary.outcomes.empty).toBe(readable.length);
    stack.simulation.faults.add({ kind: 'refuse', method: 'wall.get', code: 29 });
    clock.advance(hour);
    expect((await stack.collect()).outcomes.rate_limited).toBeGreaterThanOrEqual(readable.length);
  });

  test('a renamed page is an event, its name and title are learnt without one', async () => {
    const { first, clock } = await stackOf();
    await stack.collect();
    const before = await stack.page(first.id);
    expect(before.title).not.toBe('');
    expect(await stack.rows(`SELECT * FROM {page_events} WHERE event IN ('renamed', 'title')`)).toEqual([]);
    first.screenNames.push({ from: at.getTime() + 1, value: 'quite_new_name' });
    first.titles.push({ from: at.getTime() + 1, value: 'Новое имя' });
    clock.advance(hour);
    await stack.collect();
    expect(await stack.page(first.id)).toMatchObject({ name: 'quite_new_name', title: 'Новое имя' });
    const events = await stack.rows<{ event: string; before: string; after: string }>(
      `SELECT event, before, after FROM {page_events} FINAL WHERE event IN ('renamed', 'title') ORDER BY event`,
    );
    expect(events).toEqual([
      { event: 'renamed', before: before.name, after: 'quite_new_name' },
      { event: 'title', before: before.title, after: 'Новое имя' },
    ]);
    const copies = await stack.rows<{ name: string }>(
      `SELECT name FROM {pages} FINAL WHERE native_id = ${first.id}`,
    );
    expect(copies).toEqual([{ name: 'quite_new_name' }]);
  });

  test('a page that is closed and opened again keeps its posts, with an event for each', async () => {
    const { first, clock } = await stackOf();
    await stack.collect();
    const { id } = await stack.page(first.id);
    const count = `SELECT toUInt32(count()) AS posts FROM {posts} FINAL WHERE deleted IS NULL AND page_id = ${id}`;
    const before = await stack.rows(count);
    first.states.push(
      { from: at.getTime() + 1, value: 'closed' },
      { from: at.getTime() + 2 * hour, value: 'ok' },
    );
    clock.advance(hour);
    await stack.collect();
    expect((await stack.page(first.id)).state).toBe('closed');
    expect(await stack.rows(count)).toEqual(before);
    clock.advance(2 * hour);
    await stack.collect();
    const events = await stack.rows<{ after: string }>(
      `SELECT after FROM {page_events} FINAL WHERE event = 'state' AND before IN ('ok', 'closed') ORDER BY observed`,
    );
    expect(events.map(({ after }) => after)).toEqual(expect.arrayContaining(['closed', 'ok']));
  });
});

describe('names', () => {
  test('a page known by name is resolved and read in the same run; nobody’s name is a state', async () => {
    const { first, simulation } = await stackOf();
    const name = first.screenNames.at(-1)?.value ?? '';
    const second = simulation.world.pages.find((page) => page.id !== first.id);
    await stack.close();
    stack = await openTestStack(simulation, { historyFrom: '2025-12-01' });
    await stack.register(
      `https://vk.com/${name}`,
      'https://vk.com/nobody_has_this',
      `https://vk.com/club${second?.id}`,
    );
    await stack.register(`https://vk.com/${name}?from=again&w=1#x`).catch(() => undefined);
    await stack.collect();
    expect(await stack.page(first.id)).toMatchObject({ state: 'ok', lastOutcome: 'ok' });
    const rows = await stack.rows<{ name: string; state: string }>('SELECT name, state FROM {pages} FINAL');
    expect(rows).toContainEqual({ name: 'nobody_has_this', state: 'not_found' });
  });

  test('two links to one community: the second one stays unresolved, with the reason', async () => {
    const { first } = await stackOf();
    await stack.register(`https://vk.com/${first.screenNames.at(-1)?.value ?? ''}`);
    const summary = await stack.collect();
    const rows = await stack.rows<{ cause: string }>(
      `SELECT cause FROM {outcomes} WHERE cause LIKE '%already%'`,
    );
    expect(rows).toHaveLength(1);
    expect(summary.outcomes.error).toBe(1);
  });
});

describe('what it costs', () => {
  test('a quiet run is one execute for 25 pages and one groups.getById', async () => {
    const { clock, readable } = await stackOf();
    await stack.collect();
    const before = stack.server.calls.requests;
    clock.advance(60_000);
    await stack.collect();
    expect(stack.server.calls.requests - before).toBeLessThanOrEqual(1 + Math.ceil(readable.length / 25));
  });

  test('a token that may not execute is read singly, with the same posts', async () => {
    await stackOf([{ ...swiftKey, execute: false }]);
    await stack.collect();
    const posts = await stack.rows('SELECT page_id, post_id FROM {posts} FINAL ORDER BY ALL');
    await stack.close();
    await stackOf();
    await stack.collect();
    expect(await stack.rows('SELECT page_id, post_id FROM {posts} FINAL ORDER BY ALL')).toEqual(posts);
  });

  test('a stopped run records what it did not do as missed', async () => {
    const { pages } = await stackOf();
    const stop = new AbortController();
    stack.context.signal = stop.signal;
    const told: number[] = [];
    stack.context.onProgress = ({ done }) => {
      told.push(done);
      stop.abort();
    };
    const summary = await stack.collect();
    expect(summary.outcomes.missed).toBe(pages.length);
    // What was not asked for was not looked at.
    expect(new Set(told)).toEqual(new Set([0]));
    const causes = await stack.rows<{ cause: string }>('SELECT DISTINCT cause FROM {outcomes}');
    expect(causes).toEqual([{ cause: 'stopped: the run was told to end' }]);
  });

  test('a run by another handle of the same stores does not close the one under way', async () => {
    const { clock } = await stackOf();
    const gate = Promise.withResolvers<null>();
    const [source] = stack.context.sources;
    if (!source) throw new Error('Nothing is read in this test stack.');
    const look: typeof source.look = async function* (requests, signal) {
      await gate.promise;
      yield* source.look(requests, signal);
    };
    const context = { ...stack.context, sources: [{ ...source, look }], operations: { ...stack.operations } };
    const first = runCollection(context, { slot: clock.now(), kind: 'schedule', pages: 'due' });
    const unfinished = 'SELECT slot FROM {runs} FINAL WHERE finished IS NULL';
    await expect.poll(() => stack.rows(unfinished)).toHaveLength(1);
    clock.advance(10 * 60_000);
    expect((await stack.collect()).outcomes.missed).toBe(0);
    expect(await stack.rows(unfinished)).toHaveLength(1);
    gate.resolve(null);
    expect((await first).outcomes.missed).toBe(0);
    expect(await stack.rows(unfinished)).toEqual([]);
  });
});
