import { describe, expect, test } from 'vitest';
import { randomFor } from '#simulator/random.ts';
import { always, hour, pageOf, second, wallOf, whole } from '#tests/helpers/vk-walls.ts';
import type { Item } from '#tests/helpers/vk-walls.ts';
import type { Ask } from '#tests/helpers/vk-walks.ts';
import { oddAt, read, wall } from '#tests/helpers/vk-walks.ts';
import { startWalk } from './walk.ts';

const items = ({ items: all }: { items: unknown[] }) => all as Item[];
const change = (offset: number, by: (all: Item[]) => Item[]) => ({
  count: 400,
  items: by(items(pageOf(wall, offset))),
});
const early = (item: Item) => ({ ...item, date: item.date - 400 * 24 * hour });

describe('a page shorter than asked for', () => {
  test.each([
    [1, 5],
    [2, 5],
    [3, 5],
    [1, 1],
    [2, 20],
    [0, 5],
    [3, 99],
    [4, 5],
  ])('once, at step %i cut to %i, hides nothing and costs one more', (turn, left) => {
    const walk = read(
      startWalk(always, null),
      oddAt(turn, (offset) => change(offset, (all) => all.slice(0, left))),
    );
    expect(walk).toMatchObject({ size: 400, reached: 'weak' });
    expect(walk.offsets.length).toBeLessThanOrEqual(7);
  });

  test.each([
    [20, 70],
    [7, 160],
    [2, 900],
    [1, 1_300],
  ])('always, of at most %i posts, gives the whole wall in order of its size', (most, calls) => {
    const walk = read(startWalk(always, null), (offset) => pageOf(wall, offset, most));
    expect(walk).toMatchObject({ size: 400, reached: 'weak' });
    expect(walk.offsets.length).toBeLessThan(calls);
    const from = new Date((second - 200 * hour) * 1000);
    expect(read(startWalk(from, null), (offset) => pageOf(wall, offset, most)).reached).toBe('proven');
  });

  test('with a hole is asked for again, wherever the hole is', () => {
    for (const [first, last] of [
      [10, 60],
      [0, 50],
      [3, 4],
      [60, 100],
    ] as const) {
      for (const turn of [0, 1, 2, 3]) {
        const holed = oddAt(turn, (offset) =>
          change(offset, (all) => [...all.slice(0, first), ...all.slice(last)]),
        );
        const walk = read(startWalk(always, null), holed);
        expect([first, turn, walk.size, walk.reached]).toEqual([first, turn, 400, 'weak']);
        expect(walk.offsets.length).toBeLessThanOrEqual(8);
      }
    }
  });

  test('that hides posts costs one more, and all that are shown are read', () => {
    for (const [every, calls] of [
      [50, 12],
      [3, 30],
    ] as const) {
      const ask: Ask = (offset) => ({
        count: 400,
        items: wall
          .slice(offset, offset + 100)
          .filter(({ id }) => id % every !== 0)
          .map(whole),
      });
      const walk = read(startWalk(always, null), ask);
      expect(walk.size).toBe(wall.filter(({ id }) => id % every !== 0).length);
      expect(walk.offsets.length).toBeLessThan(calls);
    }
  });

  test('of a wall that hides nine in ten, the steps are in order of what VK counts', () => {
    const random = randomFor('hidden');
    const long = wallOf(3_000, 9_000);
    const shown = new Set(long.filter(() => random.integer(0, 9) === 0).map(({ id }) => id));
    const ask: Ask = (offset) => ({
      count: 3_000,
      items: long
        .slice(offset, offset + 100)
        .filter(({ id }) => shown.has(id))
        .map(whole),
    });
    const walk = read(startWalk(always, null), ask);
    expect(walk.size).toBe(shown.size);
    expect(walk.offsets.length).toBeLessThan(200);
  });

  test('of nothing, where VK counts more, is passed over when it was so for hours', () => {
    const hidden = ({ id }: Item) => id <= 9_300 && id > 9_050;
    const ask: Ask = (offset) => {
      const all = wall.slice(offset, offset + 100).filter((item) => !hidden(item));
      return { count: 400, items: all.map(whole) };
    };
    const first = read(startWalk(always, null), ask);
    expect(first).toMatchObject({ size: 100, reached: null, doubt: { kind: 'no_posts' } });
    const { detail } = first.doubt ?? { detail: '' };
    const next = read(startWalk(always, first.walk.place, null, [detail]), ask);
    expect([next.dates.has(9_001), next.reached]).toEqual([true, 'weak']);
  });
});

describe('a hole in a full page', () => {
  test.each([1, 2])('shows by the next one, and step %i is read again', (turn) => {
    for (const size of [1, 30, 90]) {
      const filled = oddAt(turn, (offset) => {
        const all = wall.slice(offset, offset + 200);
        return { count: 400, items: [...all.slice(0, 10), ...all.slice(10 + size)].slice(0, 100).map(whole) };
      });
      const walk = read(startWalk(always, null), filled);
      expect([size, walk.size, walk.reached]).toEqual([size, 400, 'weak']);
      expect(walk.offsets.length).toBeLessThanOrEqual(9);
    }
  });

  test('over the place itself is asked for again', () => {
    const looked = { id: 9_381, published: new Date((second - 20 * hour) * 1000), offset: 19 };
    const filled = oddAt(0, (offset) => {
      const all = wall.slice(offset, offset + 200);
      return { count: 400, items: [...all.slice(0, 10), ...all.slice(40)].slice(0, 100).map(whole) };
    });
    expect(read(startWalk(always, null, looked), filled)).toMatchObject({ size: 400, reached: 'weak' });
  });

  test('that is there whenever asked is passed after three pages: so VK may hide posts', () => {
    const hides = wall.filter(({ id }) => id % 10 !== 0);
    const slot = (offset: number) => hides.findIndex(({ id }) => id <= 9_400 - offset);
    const ask: Ask = (offset) => {
      const start = slot(offset);
      return { count: 400, items: start < 0 ? [] : hides.slice(start, start + 100).map(whole) };
    };
    const walk = read(startWalk(always, null), ask);
    expect(walk.size).toBe(hides.length);
    expect(walk.offsets.length).toBeLessThanOrEqual(16);
  });
});

describe('dates that contradict what is known', () => {
  const from = new Date((second - 390 * hour) * 1000);

  test('of one answer, all or some, end nothing and are not handed over', () => {
    for (const turn of [1, 2, 3]) {
      for (const [first, last] of [
        [0, 100],
        [50, 100],
        [20, 40],
        [0, 30],
      ] as const) {
        const shifted = oddAt(turn, (offset) =>
          change(offset, (all) =>
            all.map((item, index) => (index >= first && index < last ? early(item) : item)),
          ),
        );
        const walk = read(startWalk(from, null), shifted);
        expect([turn, first, walk.reached]).toEqual([turn, first, 'proven']);
        for (const { id, date } of wall) expect(walk.dates.get(id)).toBe(date);
      }
    }
  });

  test('of the first answer, when the place is later shown under another, begin the walk anew', () => {
    const shifted = oddAt(0, (offset) => change(offset, (all) => all.map(early)));
    const walk = read(startWalk(always, null), shifted);
    expect(walk.reached).toBe('weak');
    for (const { id, date } of wall) expect(walk.dates.get(id)).toBe(date);
    expect(walk.offsets.length).toBeLessThan(10);
  });

  test('of a place that is gone, against those of posts before it by their ids, begin it anew', () => {
    const left = wall.filter(({ id }) => id !== 9_301);
    const place = { id: 9_301, published: new Date((second - 9_000 * hour) * 1000), offset: 99 };
    const walk = read(startWalk(always, place), (offset) => pageOf(left, offset));
    expect(walk).toMatchObject({ size: 399, reached: 'weak' });
    const ever = { ...startWalk(always, place), isRestarted: true };
    expect(read(ever, (offset) => pageOf(left, offset))).toMatchObject({
      reached: null,
      doubt: { kind: 'wrong_place', detail: 'the posts behind post 9301 are not found again' },
    });
  });

  test('of a long silence just where the walk would end are asked for again, and prove it weakly', () => {
    const gap = wall.map((item) => (item.id > 9_250 ? item : early(item)));
    const start = startWalk(new Date((second - 200 * hour) * 1000), null);
    const walk = read(start, (offset) => pageOf(gap, offset));
    expect(walk).toMatchObject({ reached: 'weak', offsets: [0, 95, 95, 190] });
    const soon = read(startWalk(new Date((second - 100 * hour) * 1000), null), (offset) =>
      pageOf(wall, offset),
    );
    expect(soon).toMatchObject({ reached: 'proven', offsets: [0, 95, 190] });
  });

  test('of one answer before all that is wanted prove it weakly; a look that showed the same proves it', () => {
    const start = new Date((second + hour) * 1000);
    const looked = { id: 9_381, published: new Date((second - 20 * hour) * 1000), offset: 19 };
    const ends = [startWalk(start, null), startWalk(start, null, looked)].map(
      (walk) => read(walk, (offset) => pageOf(wall, offset)).reached,
    );
    expect(ends).toEqual(['weak', 'proven']);
  });

  test('of a single post that is always misdated end nothing', () => {
    const misdated = wall.map((item) => (item.id === 9_301 ? early(item) : item));
    const walk = read(startWalk(from, null), (offset) => pageOf(misdated, offset));
    expect(walk).toMatchObject({ size: 400, reached: 'proven' });
  });
});

test('answers that never agree are three to a page, and leave the end weak', () => {
  const random = randomFor('patchy');
  const walk = read(startWalk(new Date((second - 390 * hour) * 1000), null), (offset) =>
    change(offset, (all) => all.filter(() => random.integer(0, 9) > 0)),
  );
  expect(walk.reached).toBe('weak');
  expect(walk.size).toBeGreaterThan(390);
  expect(walk.offsets.length).toBeLessThan(30);
});

test('the first id proves the end unless VK counts more than was shown', () => {
  const small = wallOf(30);
  const ends = [30, 33].map(
    (count) => read(startWalk(always, null), () => ({ ...pageOf(small, 0), count })).reached,
  );
  expect(ends).toEqual(['proven', 'weak']);
});
