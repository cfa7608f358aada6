import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '#domain/period.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { TestStack } from '../helpers/collector-stack.ts';
import { openTestStack } from '../helpers/collector-stack.ts';

const zone = 'Asia/Irkutsk';
const day = 86_400_000;
const at = new Date('2026-01-05T04:00:00Z');

interface StoredPost {
  native_id: number;
  post_id: number;
  published: string;
  kind: string;
  text: string;
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
}

const known = `SELECT p.native_id AS native_id, post_id, published, kind, text, views, likes, comments, reposts
  FROM {posts} AS o FINAL INNER JOIN (SELECT * FROM {pages} FINAL) AS p ON p.page_id = o.page_id
  WHERE placement = 'own' AND deleted IS NULL`;

describe.each([1, 2])('a world of seed %i, collected for three weeks', (seed) => {
  const clock = new SimulatorClock({ at, speed: 0 });
  const simulation = createSimulation({
    seed,
    anchor: at,
    clock,
    size: { organisations: 20, historyWeeks: 12 },
  });
  const looks: Date[] = [];
  let stack: TestStack;

  beforeAll(async () => {
    stack = await openTestStack(simulation, { historyFrom: '2025-06-01' });
    await stack.register(...simulation.world.pages.map(({ id }) => `https://vk.com/club${id}`));
    for (let elapsed = 0; elapsed <= 21; elapsed += elapsed < 14 ? 3.5 : 1) {
      clock.set(new Date(at.getTime() + elapsed * day));
      looks.push(clock.now());
      await stack.collect();
    }
  });
  afterAll(async () => {
    await stack.close();
  });

  test('asks for nothing that VK does not have', () => {
    expect(stack.server.unexpected).toEqual([]);
  });

  test('every post of every page is there once, with the counters of the last look, and no other', async () => {
    const today = dayOf(clock.now(), zone);
    const request = { now: clock.now(), snapshots: looks, historyFrom: '2025-06-01' };
    const rows = await stack.rows<StoredPost>(known);
    const differences: string[] = [];
    for (const page of simulation.world.pages) {
      const truth = simulation.truth.posts(page.id, { from: '2025-06-01', to: today }, request);
      const stored = new Map(
        rows
          .filter((row) => row.native_id === page.id && dayOf(new Date(row.published), zone) >= '2025-06-01')
          .map((row) => [row.post_id, row]),
      );
      for (const post of truth) {
        const row = stored.get(post.id);
        stored.delete(post.id);
        const { views, likes, comments, reposts, kind, text } = post;
        const published = post.published.toISOString();
        const wanted = { views, likes, comments, reposts, kind, published };
        const { post_id: id, native_id: owner, text: words, ...got } = row ?? ({} as StoredPost);
        const same =
          row && Object.entries(wanted).every(([key, value]) => got[key as keyof typeof got] === value);
        if (!same || words !== text)
          differences.push(`${page.id}_${post.id}: ${JSON.stringify([wanted, got, id, owner])}`);
      }
      for (const id of stored.keys()) differences.push(`${page.id}_${id} should not be there`);
    }
    expect(differences).toEqual([]);
    expect(rows.length).toBeGreaterThan(500);
  });

  test('every page has one outcome in every slot, and history reaches back to the wanted day', async () => {
    const rows = await stack.rows<{ pages: number; outcomes: number }>(
      `SELECT toUInt32(uniqExact(page_id, slot)) AS pages, toUInt32(count()) AS outcomes FROM {outcomes}`,
    );
    const all = looks.length * simulation.world.pages.length;
    expect(rows).toEqual([{ pages: all, outcomes: all }]);
    for (const page of simulation.world.pages) {
      const registered = await stack.page(page.id);
      if (registered.lastSuccess)
        expect([page.id, registered.historyReached]).toEqual([page.id, '2025-06-01']);
    }
  });

  test('subscribers are those of each look, and only of looks that could read the page', async () => {
    const rows = await stack.rows<{ native_id: number; slot: string; count: number | null }>(
      `SELECT p.native_id AS native_id, slot, count FROM {subscribers} AS s FINAL
       INNER JOIN (SELECT * FROM {pages} FINAL) AS p ON p.page_id = s.page_id ORDER BY slot`,
    );
    for (const page of simulation.world.pages) {
      const readable = looks.filter((look) => simulation.world.stateOf(page, look.getTime()) === 'ok');
      const seen = rows.filter((row) => row.native_id === page.id);
      expect(seen.map(({ slot }) => slot)).toEqual(readable.map((look) => look.toISOString()));
      const period = { from: addDays(dayOf(at, zone), 1), to: dayOf(clock.now(), zone) };
      const truth = simulation.truth.page(page.id, period, {
        now: clock.now(),
        snapshots: looks,
        historyFrom: '2025-06-01',
      });
      if (readable.at(-1)?.getTime() === clock.now().getTime())
        expect(seen.at(-1)?.count).toBe(truth.subscribers);
    }
  });

  test('posts that went away are kept, with when they were first missed', async () => {
    const rows = await stack.rows<{ deleted: string; last_seen: string; published: string }>(
      'SELECT deleted, last_seen, published FROM {posts} FINAL WHERE deleted IS NOT NULL',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(looks.map((look) => look.toISOString())).toContain(row.deleted);
      expect(row.last_seen < row.deleted).toBe(true);
    }
  });
});
