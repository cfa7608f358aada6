import { afterEach, describe, expect, test } from 'vitest';
import { takeRevision } from '#schema/operations/revisions.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import type { TestStack } from '../helpers/collector-stack.ts';
import { openSmallStack, smallWorldAt } from '../helpers/collector-stack.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects a world twice');

const at = smallWorldAt;
const hour = 3_600_000;
let stack: TestStack;

afterEach(async () => {
  await stack.close();
});

/** The test stack around the small world. */
async function stackOf() {
  const opened = await openSmallStack();
  stack = opened.stack;
  return opened;
}

const contents = async () => {
  const tables = ['posts', 'post_counters', 'subscribers', 'outcomes', 'page_events'];
  const counts: Record<string, unknown> = {};
  for (const table of tables)
    counts[table] = await stack.rows(`SELECT * EXCEPT (version) FROM {${table}} FINAL ORDER BY ALL`);
  return counts;
};

describe('again', () => {
  test('the same slot changes nothing, however often', async () => {
    await stackOf();
    const summary = await stack.collect();
    const before = await contents();
    const calls = stack.server.calls.requests;
    expect(await stack.collect()).toEqual(summary);
    expect(await contents()).toEqual(before);
    expect(stack.server.calls.requests).toBe(calls);
  });

  test('a later slot without any news writes subscribers and outcomes only', async () => {
    const { clock, readable, pages } = await stackOf();
    await stack.collect();
    const before = await stack.rows('SELECT page_id, post_id, version FROM {posts} FINAL ORDER BY ALL');
    const slot = new Date(at.getTime() + 1000);
    clock.set(at);
    await stack.collect({ slot });
    expect(await stack.rows('SELECT page_id, post_id, version FROM {posts} FINAL ORDER BY ALL')).toEqual(
      before,
    );
    const [row] = await stack.rows<{ looks: number }>(
      'SELECT toUInt32(count()) AS looks FROM {subscribers} FINAL',
    );
    expect(row?.looks).toBe(2 * readable.length);
    const [all] = await stack.rows<{ ends: number }>(
      'SELECT toUInt32(count()) AS ends FROM {outcomes} FINAL',
    );
    expect(all?.ends).toBe(2 * pages.length);
  });

  test('a slot made up for later brings posts, never counters or subscribers stamped with the past', async () => {
    const { clock, readable } = await stackOf();
    clock.set(new Date(at.getTime() + 5 * hour));
    const summary = await stack.collect({ slot: at });
    expect(summary.outcomes.ok + summary.outcomes.empty).toBe(readable.length);
    const [row] = await stack.rows<{ posts: number; counters: number; subscribers: number }>(
      `SELECT (SELECT toUInt32(count()) FROM {posts} FINAL) AS posts,
              (SELECT toUInt32(count()) FROM {post_counters}) AS counters,
              (SELECT toUInt32(count()) FROM {subscribers}) AS subscribers`,
    );
    expect(row?.posts).toBeGreaterThan(100);
    expect(row).toMatchObject({ counters: 0, subscribers: 0 });
  });

  test('a slot still to come, and a page that is not there, are refused with the reason', async () => {
    await stackOf();
    await expect(stack.collect({ slot: new Date(at.getTime() + hour) })).rejects.toThrow('still to come');
    await expect(stack.collect({ pages: { pageId: 999 } })).rejects.toThrow('not in the register');
  });

  test('one page alone has one outcome; the schedule takes only what is due', async () => {
    const { first, clock, pages } = await stackOf();
    const page = await stack.page(first.id);
    expect((await stack.collect({ pages: { pageId: page.id } })).pages).toBe(1);
    clock.advance(60_000);
    expect((await stack.collect({ pages: 'due', kind: 'schedule' })).pages).toBe(pages.length - 1);
    clock.advance(60_000);
    expect((await stack.collect({ pages: 'due', kind: 'schedule' })).pages).toBe(0);
  });
});

describe('a run while another process makes one', () => {
  test('writes what it reads above what that one wrote before, also when it began earlier', async () => {
    const { clock, first } = await stackOf();
    await stack.collect();
    clock.advance(hour);
    const { id } = await stack.page(first.id);
    const { observations, operations } = stack;
    const insert = observations.insert.bind(observations);
    observations.insert = async (table, rows, version) => {
      await insert(table, rows, version);
      if (table.table !== 'runs') return;
      observations.insert = insert;
      const other = await takeRevision(operations, clock, { stream: 'observations', kind: 'run' });
      await observations.command(
        `INSERT INTO ${observations.tables.posts}
         SELECT * REPLACE ('seen before' AS text, toUInt64(${await other.next()}) AS version)
         FROM ${observations.tables.posts} FINAL WHERE page_id = ${id}`,
      );
    };
    await stack.collect();
    const texts = await stack.rows<{ text: string }>(
      `SELECT text FROM {posts} FINAL WHERE page_id = ${id} ORDER BY post_id DESC LIMIT 5`,
    );
    expect(texts).toHaveLength(5);
    expect(texts.map(({ text }) => text)).not.toContain('seen before');
  });
});

describe('a run that was cut short', () => {
  test('is ended by the next one: its pages are missed, those taken out of the register too', async () => {
    const { clock, first } = await stackOf();
    const page = await stack.page(first.id);
    const slot = new Date(at.getTime() - hour);
    const planned = [page.id, 4711];
    await insertRuns(stack.observations, [
      { slot, kind: 'schedule', started: slot, finished: null, planned },
    ]);
    clock.set(at);
    await stack.collect({ pages: { pageId: page.id } });
    const rows = await stack.rows<{ page_id: number; outcome: string; cause: string }>(
      'SELECT page_id, outcome, cause FROM {outcomes} FINAL ORDER BY slot, page_id',
    );
    expect(rows.map((row) => [row.page_id, row.outcome])).toEqual([
      [page.id, 'missed'],
      [4711, 'missed'],
      [page.id, 'ok'],
    ]);
    expect(rows[0]?.cause).toContain('interrupted');
  });

  test('is gone on with when its own slot is asked for', async () => {
    const { first, pages } = await stackOf();
    const page = await stack.page(first.id);
    const planned = [page.id, 4711];
    await insertRuns(stack.observations, [
      { slot: at, kind: 'schedule', started: at, finished: null, planned },
    ]);
    const summary = await stack.collect();
    expect(summary.pages).toBe(pages.length + 1);
    expect(summary.outcomes.missed).toBe(1);
    const [run] = await stack.rows<{ kind: string; ended: number }>(
      'SELECT kind, finished IS NOT NULL AS ended FROM {runs} FINAL',
    );
    expect(run).toEqual({ kind: 'schedule', ended: 1 });
  });
});
