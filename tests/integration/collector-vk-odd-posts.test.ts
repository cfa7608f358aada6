import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryPlace, ObservedPost, Source } from '#collector/source.ts';
import { createVkSource } from '#collector/sources/vk/source.ts';
import type { OddPosts, Simulation, VkServer } from '#simulator/index.ts';
import { createSimulation } from '#simulator/index.ts';
import { hastyTimer } from '../helpers/collector-clocks.ts';

const anchor = new Date('2026-03-10T04:00:00Z');
const always = new Date('2007-01-01T00:00:00Z');

let simulation: Simulation;
let server: VkServer;
let source: Source;
/** The page with the most posts, and the ids of those that are its own. */
let page: number;
let wanted: number[];

beforeEach(async () => {
  simulation = createSimulation({ anchor, seed: 5, size: { organisations: 12, historyWeeks: 40 } });
  simulation.clock.speed = 0;
  server = await simulation.serveVk({ tokens: [{ token: 'key', kind: 'service', requestsPerSecond: 1000 }] });
  source = createVkSource({
    tokens: ['key'],
    url: server.url,
    requestsPerSecond: 500,
    dailyQuota: 5000,
    clock: simulation.clock,
    timer: hastyTimer(50),
    deadline: 75_000,
    log: pino({ level: 'silent' }),
  });
  const walls = simulation.world.pages.map((each) => ({
    id: each.id,
    isRead: each.network === 'vk' && simulation.world.stateOf(each, anchor.getTime()) === 'ok',
    posts: simulation.world.wall(each, anchor.getTime()).filter(({ placement }) => placement !== 'visitor'),
  }));
  const [longest] = walls
    .filter(({ isRead }) => isRead)
    .sort((one, other) => other.posts.length - one.posts.length);
  page = longest?.id ?? 0;
  wanted = (longest?.posts ?? []).map(({ id }) => id);
});

afterEach(async () => {
  expect(server.unexpected).toEqual([]);
  await server.close();
});

/** The page's past, run by run until it ends without a doubt: what was read, and how often it was doubted. */
async function readPast(): Promise<{ posts: Map<number, ObservedPost>; doubts: number }> {
  const posts = new Map<number, ObservedPost>();
  let doubts = 0;
  let place: HistoryPlace | null = null;
  for (let run = 0; run < 6; run += 1) {
    let isOpen = true;
    const look = { pageId: 1, nativeId: page, name: null, newest: 20, since: null };
    for await (const { posts: newest } of source.look([look]))
      for (const post of newest) posts.set(post.postId, post);
    for await (const chunk of source.history([
      { pageId: 1, nativeId: page, name: null, from: always, place },
    ])) {
      // Dates ahead are for the collector to refuse.
      for (const post of chunk.posts) if (post.published <= anchor) posts.set(post.postId, post);
      place = chunk.place;
      if (chunk.doubt) doubts += 1;
      if (chunk.reached) isOpen = false;
    }
    if (!isOpen) return { posts, doubts };
  }
  throw new Error('The past of the page did not end.');
}

describe('the past of a simulated wall', () => {
  test('is long enough to be odd in', () => {
    expect(wanted.length).toBeGreaterThan(220);
  });

  const kinds: [OddPosts, number, number][] = [
    ['zero', 1, 0],
    ['zero', 2, 0],
    ['hidden', 2, 0],
    ['cut', 1, 12],
    ['cut', 3, 12],
    ['other-wall', 1, 0],
    ['every-second', 2, 0],
    ['later', 1, 0],
    ['other-offset', 1, 100],
    ['other-offset', 2, 0],
    ['other-offset', 2, 200],
  ];
  test.each(kinds)(
    'is read wholly though it is once %s after %i good answers (%i)',
    async (odd, after, size) => {
      simulation.faults.add({
        kind: 'odd-posts',
        method: 'wall.get',
        odd,
        after,
        times: 1,
        newest: size,
        offset: size,
      });
      const { posts } = await readPast();
      expect([...posts.keys()].sort((one, other) => one - other)).toEqual(
        [...wanted].sort((one, other) => one - other),
      );
    },
  );

  test('is not read to its end for as long as it is said to be empty', async () => {
    simulation.faults.add({ kind: 'odd-posts', method: 'wall.get', odd: 'hidden', after: 2 });
    await expect(readPast()).rejects.toThrow('did not end');
  });

  test('a post that is there is confirmed, one that is not is gone, and nothing is from odd answers', async () => {
    const ids = [...wanted.slice(0, 2), 999_999];
    const request = { pageId: 1, nativeId: page, name: null, ids };
    expect(await source.confirm(request)).toMatchObject({
      there: ids.slice(0, 2),
      gone: [999_999],
      cause: '',
    });
    simulation.faults.add({ kind: 'odd-posts', method: 'wall.getById', odd: 'other-wall', times: 1 });
    expect(await source.confirm(request)).toMatchObject({
      there: [],
      gone: [],
      cause: expect.stringContaining('broken'),
    });
  });
});
