import { describe, expect, test } from 'vitest';
import { randomFor } from '#simulator/random.ts';
import { always, group, hour, pageOf, second, whole } from '#tests/helpers/vk-walls.ts';
import type { Item } from '#tests/helpers/vk-walls.ts';
import type { HistoryPlace } from '../../source.ts';
import { lineOf } from './line.ts';
import { pageOf as pageOfAnswer } from './answer.ts';
import { VkFailure } from './errors.ts';
import type { WallPage } from './map.ts';
import { takeStep } from './steps.ts';
import { startWalk } from './walk.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it walks hundreds of walls');

describe('walls with random changes, and random odd answers between good ones', () => {
  const odd = [
    (_: Item[]) => ({ count: 0, items: [] }),
    (wall: Item[]) => ({ count: wall.length, items: [] }),
    (wall: Item[], offset: number, at: number) => pageOf(wall.slice(0, at), offset),
    (wall: Item[], _: number, at: number) => pageOf(wall, at),
    (wall: Item[], offset: number) => ({
      count: wall.length,
      items: wall.slice(offset, offset + 100).map((item) => ({ ...whole(item), owner_id: -5 })),
    }),
    (wall: Item[], offset: number) => ({
      count: wall.length,
      items: wall
        .slice(offset, offset + 100)
        .map((item, index) => (index % 2 ? whole(item) : { id: item.id })),
    }),
    (wall: Item[], offset: number) =>
      pageOf(
        wall.map((item) => ({ ...item, date: item.date + 400 * 24 * hour })),
        offset,
      ),
    (wall: Item[], offset: number) => ({
      count: wall.length,
      items: wall
        .slice(offset, offset + 100)
        .map((item, index) => (index % 7 ? whole(item) : { id: item.id })),
    }),
    // Cut off, and with a hole.
    (wall: Item[], offset: number, at: number) => pageOf(wall, offset, 1 + (at % 25)),
    (wall: Item[], offset: number, at: number) => {
      const { count, items } = pageOf(wall, offset);
      return { count, items: [...items.slice(0, at % 40), ...items.slice((at % 40) + 30)] };
    },
    // Dates of the past, of all or of the last of an answer.
    ...[0, 60].map((start) => (wall: Item[], offset: number) => {
      const moved = wall.map((item, index) =>
        index < offset + start ? item : { ...item, date: item.date - 4_000 * 24 * hour },
      );
      return pageOf(moved, offset);
    }),
  ] as const;

  /** Reads a wall by runs of a few steps, as the collector does. Ids of its first posts that are never read. */
  function missedOf(seed: number): number[] {
    const random = randomFor('walk', seed);
    const size = random.integer(1, 900);
    let clock = second;
    let wall: Item[] = Array.from({ length: size }, (_, index) => ({
      id: size - index + (seed % 2) * 1_000,
      date: second - (index + 1) * 40 * hour,
    }));
    const original = new Map(wall.map((item) => [item.id, item]));
    const from = random.integer(0, 1) ? always : new Date((second - Math.floor(size / 2) * 40 * hour) * 1000);
    const read = new Set<number>();
    let place: HistoryPlace | null = null;
    let nextId = 5_000;
    let done = false;
    let doubted = '';
    let doubts = 0;
    const change = () => {
      for (let times = random.integer(0, 3); times > 0; times -= 1) {
        clock += hour;
        wall = [{ id: (nextId += 1), date: clock }, ...wall];
      }
      if (random.integer(0, 2) === 0) {
        const start = random.integer(0, wall.length);
        wall.splice(start, random.integer(0, random.integer(0, 3) ? 4 : 150));
      }
    };
    for (let run = 0; run < 60 && !done; run += 1) {
      const isSound = run >= 20;
      let oddInRun = 0;
      const answer = (offset: number, count: number): WallPage | VkFailure => {
        if (isSound || oddInRun > 0 || random.integer(0, 3) > 0)
          return pageOfAnswer({ answer: pageOf(wall, offset, count) }, group, count);
        oddInRun += 1;
        const pick = odd[random.integer(0, odd.length - 1)] ?? odd[0];
        const raw = pick(wall, offset, random.integer(0, wall.length)) as { count: number; items: unknown[] };
        const answered = { ...raw, items: raw.items.slice(0, count) };
        return pageOfAnswer({ answer: answered }, group, count);
      };
      const newest = answer(0, 20);
      if (newest instanceof VkFailure) continue;
      const last = lineOf(newest, new Date(clock * 1000)).at(-1);
      const looked = last ? { id: last.id, published: last.published, offset: last.index } : null;
      for (const { postId } of newest.posts) read.add(postId);
      let walk = startWalk(from, place, looked);
      for (let steps = isSound ? 40 : random.integer(1, 8); steps > 0; steps -= 1) {
        if (random.integer(0, 4) === 0) change();
        const page = answer(walk.offset, 100);
        if (page instanceof VkFailure) break;
        for (const { postId } of page.posts) read.add(postId);
        const taken = takeStep(walk, page, new Date(clock * 1000));
        walk = taken.walk;
        place = walk.place;
        // A weak end is asked for again in a later run, a proven one never.
        done = taken.reached === 'proven' || (taken.reached === 'weak' && isSound);
        if (!taken.reached && !taken.doubt) continue;
        // Nor is a doubt one for ever: the same, from good answers run after run, is believed.
        const { detail } = taken.doubt ?? { detail: '' };
        doubts = isSound && detail === doubted ? doubts + 1 : 1;
        doubted = detail;
        done ||= detail !== '' && doubts === 5;
        break;
      }
      change();
    }
    expect(done || wall.length === 0).toBe(true);
    return wall
      .filter(({ id, date }) => original.has(id) && date * 1000 >= from.getTime() && !read.has(id))
      .map(({ id }) => id);
  }

  test.each(Array.from({ length: 20 }, (_, index) => index))('part %i: end with every post read', (part) => {
    for (let seed = part * 25; seed < part * 25 + 25; seed += 1) {
      expect([seed, missedOf(seed)]).toEqual([seed, []]);
    }
  });
});
