import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import { openTestStack, swiftKey } from '../helpers/collector-stack.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it kills a process that collects, and starts another');

const at = new Date('2026-02-10T04:00:00Z');
const child = fileURLToPath(new URL('../helpers/collect-in-child.ts', import.meta.url));

interface Progress {
  done: number;
  posts: number;
}

/** Runs a collection in a process of its own and kills it as soon as the progress is as wanted. */
async function collectAndKill(parameters: string[], until: (progress: Progress) => boolean): Promise<void> {
  const process_ = spawn(process.execPath, [child, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(process_, 'exit');
  for await (const line of createInterface({ input: process_.stdout })) {
    if (until(JSON.parse(line) as Progress)) process_.kill('SIGKILL');
  }
  const [, signal] = (await ended) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

/*
 * The embedded engine is one process's: the stores are closed while the child has them. It is killed after the run was
 * planned, after the looks, and in the histories.
 */
test.each<[string, (progress: Progress) => boolean]>([
  ['before the first page', () => true],
  ['after the looks', ({ done }) => done > 0],
  ['in the middle of the histories', ({ posts }) => posts > 1_000],
])('killed %s and started again: nothing lost, nothing twice', async (_, until) => {
  const clock = new SimulatorClock({ at, speed: 0 });
  const simulation = createSimulation({
    seed: 9,
    anchor: at,
    clock,
    size: { organisations: 30, historyWeeks: 20 },
  });
  const { world } = simulation;
  let stack = await openTestStack(simulation, { historyFrom: '2025-06-01' });
  await stack.register(...world.pages.map(({ id }) => `https://vk.com/club${id}`));
  const { directory } = stack;
  await stack.leave();
  const server = await simulation.serveVk({ tokens: [swiftKey] });
  await collectAndKill([directory, server.url, swiftKey.token, at.toISOString()], until);
  await server.close();

  stack = await openTestStack(simulation, { historyFrom: '2025-06-01', directory });
  clock.advance(60_000);
  await stack.collect();

  const [slots] = await stack.rows<{ rows: number; keys: number; slots: number }>(
    `SELECT toUInt32(count()) AS rows, toUInt32(uniqExact(page_id, slot)) AS keys, toUInt32(uniqExact(slot)) AS slots
     FROM {outcomes} FINAL`,
  );
  expect(slots).toEqual({ rows: 2 * world.pages.length, keys: 2 * world.pages.length, slots: 2 });
  const unfinished = await stack.rows('SELECT slot FROM {runs} FINAL WHERE finished IS NULL');
  expect(unfinished).toEqual([]);
  const [posts] = await stack.rows<{ rows: number; keys: number }>(
    'SELECT toUInt32(count()) AS rows, toUInt32(uniqExact(page_id, post_id)) AS keys FROM {posts} FINAL',
  );
  expect(posts?.rows).toBe(posts?.keys);

  const stored = new Set(
    (
      await stack.rows<{ page_id: number; post_id: number }>(
        `SELECT page_id, post_id FROM {posts} FINAL WHERE placement = 'own' AND published >= '2025-05-31 16:00:00'`,
      )
    ).map((row) => `${row.page_id}_${row.post_id}`),
  );
  const period = { from: '2025-06-01', to: '2026-02-10' };
  for (const each of world.pages) {
    const { id } = await stack.page(each.id);
    for (const post of simulation.truth.posts(each.id, period, {
      now: clock.now(),
      historyFrom: '2025-06-01',
    })) {
      expect(stored.delete(`${id}_${post.id}`), `post ${post.id} of page ${each.id}`).toBe(true);
    }
  }
  expect([...stored]).toEqual([]);
  const counted = await stack.rows(
    `SELECT page_id, post_id FROM {posts} FINAL
     WHERE (page_id, post_id) NOT IN (SELECT page_id, post_id FROM {post_counters})`,
  );
  expect(counted).toEqual([]);
  await stack.close();
});
