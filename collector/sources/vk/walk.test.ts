import { describe, expect, test } from 'vitest';
import { randomFor } from '#simulator/random.ts';
import { always, group, hour, now, pageOf, second, wallOf, whole } from '#tests/helpers/vk-walls.ts';
import type { Item } from '#tests/helpers/vk-walls.ts';
import type { HistoryPlace } from '../../source.ts';
import { mapWall } from './map.ts';
import { takeStep } from './steps.ts';
import type { Step, Walk } from './walk.ts';
import { startWalk } from './walk.ts';

const step = (walk: Walk, answer: unknown, at = now): Step => takeStep(walk, mapWall(answer, group, 100), at);
const placeAt = (wall: readonly Item[], offset: number): HistoryPlace => {
  const { id, date } = wall[offset] ?? { id: 0, date: 0 };
  return { id, published: new Date(date * 1000), offset };
};

/** Steps until the walk ends, with every offset asked for. */
function walkOf(start: Walk, ask: (offset: number, turn: number) => unknown) {
  const ids = new Set<number>();
  const offsets: number[] = [];
  for (let walk = start; ;) {
    offsets.push(walk.offset);
    const answer = ask(walk.offset, offsets.length - 1) as { items: Item[] };
    const taken = step(walk, answer);
    for (const { id } of answer.items) ids.add(id);
    if (taken.reached || taken.doubt) return { ...taken, ids, offsets };
    walk = taken.walk;
  }
}

describe('a walk into the past of a wall', () => {
  test('begins with the newest post, and ends with the first', () => {
    const wall = wallOf(250);
    const walk = walkOf(startWalk(always, null), (offset) => pageOf(wall, offset));
    expect(walk).toMatchObject({ offsets: [0, 95, 190], reached: 'proven', ids: { size: 250 } });
    expect(walk.walk.place).toEqual(placeAt(wall, 249));
  });

  test('an end by VK’s count alone is a weak one, and is found again in one step', () => {
    const wall = wallOf(150, 9_150);
    const walk = walkOf(startWalk(always, null), (offset) => pageOf(wall, offset));
    expect(walk).toMatchObject({ reached: 'weak', ids: { size: 150 } });
    const again = walkOf(startWalk(always, walk.walk.place), (offset) => pageOf(wall, offset));
    expect(again).toMatchObject({ reached: 'weak', offsets: [129] });
    const longer = [
      ...wall,
      { id: 8_000, date: second - 300 * hour },
      { id: 7_999, date: second - 301 * hour },
    ];
    expect(step(startWalk(always, walk.walk.place), pageOf(longer, 129))).toMatchObject({
      walk: { place: { id: 7_999 } },
    });
  });

  test('the end is as far as wanted, shown by two posts: a wrong date of one ends nothing', () => {
    const wall = wallOf(300);
    const from = new Date((second - 120 * hour - 60) * 1000);
    const walk = walkOf(startWalk(from, null), (offset) => pageOf(wall, offset));
    expect(walk).toMatchObject({ reached: 'proven', offsets: [0, 95, 190] });
    const misdated = wall.map((item) => (item.id === 220 ? { ...item, date: second - 5_000 * hour } : item));
    for (const at of [99, 60]) {
      const moved = [...misdated.filter(({ id }) => id !== 220)];
      moved.splice(at, 0, { id: 220, date: second - 5_000 * hour });
      const other = walkOf(startWalk(from, null), (offset) => pageOf(moved, offset));
      expect(other).toMatchObject({ reached: 'proven', offsets: [0, 95, 190] });
    }
  });

  test('posts that went between two runs are no reason to pass others over', () => {
    const wall = wallOf(400);
    const place = placeAt(wall, 199);
    const shorter = wall.slice(35);
    const walk = walkOf(startWalk(always, place), (offset) => pageOf(shorter, offset));
    expect(walk.reached).toBe('proven');
    for (const { id } of wall.slice(200)) expect(walk.ids).toContain(id);
  });

  test.each([0, 60, 150, 390])('the place is found after %i of the newest went, itself too', (gone) => {
    const wall = wallOf(600);
    const left = wall.filter((_, index) => index >= gone && index !== 399);
    const walk = walkOf(startWalk(always, placeAt(wall, 399)), (offset) => pageOf(left, offset));
    expect(walk.reached).toBe('proven');
    for (const { id } of wall.slice(400)) expect(walk.ids).toContain(id);
    expect(walk.offsets.length).toBeLessThan(10);
  });

  test('the place is found after many posts were added', () => {
    const wall = wallOf(300);
    const more = [...wallOf(450, 900).map((item) => ({ ...item, date: item.date + 450 * hour })), ...wall];
    const at = new Date((second + 460 * hour) * 1000);
    let walk = startWalk(always, placeAt(wall, 250));
    const ids = new Set<number>();
    for (let turn = 0; turn < 12; turn += 1) {
      const answer = pageOf(more, walk.offset);
      for (const item of answer.items as Item[]) ids.add(item.id);
      const taken = step(walk, answer, at);
      if (taken.reached) break;
      expect(taken.doubt).toBeNull();
      walk = taken.walk;
    }
    for (const { id } of wall.slice(251)) expect(ids).toContain(id);
  });

  test('the pinned post stands first, whatever its date, marked or not', () => {
    const [pinned, ...rest] = [...wallOf(140)].reverse();
    const wall = [pinned ?? { id: 0, date: 0 }, ...rest.reverse()];
    for (const mark of [{}, { is_pinned: 1 }]) {
      const walk = walkOf(startWalk(always, null), (offset) => {
        const { count, items } = pageOf(wall, offset);
        return {
          count,
          items: items.map((item, at) => (offset + at === 0 ? { ...whole(item as Item), ...mark } : item)),
        };
      });
      expect(walk).toMatchObject({ reached: 'weak', ids: { size: 140 } });
    }
  });

  test('posts that VK counts and does not show are passed, and those that it shows all read', () => {
    const wall = wallOf(500, 9_500);
    const isHidden = (index: number) => index % 3 === 1 || (index > 210 && index < 290);
    const ask = (offset: number) => {
      const slots = wall.map((item, index) => ({ item, index })).slice(offset, offset + 100);
      return { count: 500, items: slots.flatMap(({ item, index }) => (isHidden(index) ? [] : whole(item))) };
    };
    const walk = walkOf(startWalk(always, null), ask);
    expect(walk).toMatchObject({ reached: null, doubt: { kind: 'no_posts' } });
    for (const [index, { id }] of wall.entries()) if (!isHidden(index)) expect(walk.ids).toContain(id);
  });
});

describe('what contradicts the wall', () => {
  const wall = wallOf(300, 9_300);
  const place = placeAt(wall, 230);
  const first = startWalk(always, place);

  test.each([
    ['a count of more, and nothing shown', { count: 300, items: [] }],
    ['a count of 0', { count: 0, items: [] }],
    ['nothing, and no count', { items: [] }],
  ])('%s is a doubt that leaves the place', (_, answer) => {
    const taken = step(first, answer);
    expect(taken).toMatchObject({
      reached: null,
      oldest: null,
      doubt: { kind: 'no_posts' },
      walk: { place },
    });
  });

  test('a wall that is said to be empty from the start is not read to its end', () => {
    expect(step(startWalk(always, null), { count: 0, items: [] })).toMatchObject({
      reached: null,
      doubt: { kind: 'no_posts', detail: 'the wall is said to hold no posts' },
    });
  });

  test('the page of another offset again is a doubt, and asked for again it is read on', () => {
    const again = walkOf(startWalk(always, null), (offset, turn) => pageOf(wall, turn === 2 ? 95 : offset));
    const at = placeAt(wall, 194);
    expect(again).toMatchObject({ reached: null, doubt: { kind: 'wrong_place' }, offsets: [0, 95, 190] });
    expect(again.walk.place).toEqual(at);
    const next = walkOf(startWalk(always, again.walk.place), (offset) => pageOf(wall, offset));
    expect([next.reached, next.ids.has(9_001)]).toEqual(['weak', true]);
    const ever = walkOf(startWalk(always, null), () => pageOf(wall, 0));
    expect(ever).toMatchObject({ reached: null, doubt: { kind: 'wrong_place' }, offsets: [0, 95] });
    expect(ever.walk.place).toEqual(placeAt(wall, 99));
  });

  test('a page of newer or older posts, once, is gone past', () => {
    for (const other of [0, 199]) {
      const once = walkOf(startWalk(always, null), (offset, turn) =>
        pageOf(wall, turn === 2 ? other : offset),
      );
      expect(once.reached).toBe('weak');
      for (const { id } of wall) expect(once.ids).toContain(id);
    }
  });

  test('a first answer that is another place’s is found out by what a look has shown', () => {
    const looked = placeAt(wall, 19);
    const once = walkOf(startWalk(always, null, looked), (offset, turn) =>
      pageOf(wall, turn === 0 ? 150 : offset),
    );
    expect(once).toMatchObject({ reached: 'weak', ids: { size: 300 } });
  });

  test('a wall that is cut to its newest is a doubt, not an end', () => {
    const cut = walkOf(first, (offset) => pageOf(wall.slice(0, 12), offset));
    expect(cut).toMatchObject({
      reached: null,
      doubt: { kind: 'no_posts' },
      walk: { place: { id: place.id } },
    });
  });

  test('fewer posts than VK counts are the same doubt each time, whatever comes meanwhile', () => {
    const details = new Set<string>();
    let at: HistoryPlace | null = null;
    for (const added of [0, 0, 1, 7]) {
      const newest = wallOf(added, 9_300 + added).map((item) => ({ ...item, date: item.date + 10 * hour }));
      const shown = [...newest, ...wall];
      const walk = walkOf(startWalk(always, at), (offset) => ({
        ...pageOf(shown, offset),
        count: shown.length + 10,
      }));
      expect(walk.reached).toBeNull();
      details.add(JSON.stringify(walk.doubt));
      at = walk.walk.place;
    }
    expect([...details]).toEqual([
      JSON.stringify({
        kind: 'no_posts',
        detail: 'the posts behind post 9001 are not shown, though the wall is said to have more',
      }),
    ]);
  });

  test('at least half of no posts is a doubt; fewer are asked for a second time', () => {
    const spoilt = (every: number) => {
      const { count, items } = pageOf(wall, first.offset);
      const odd = items.map((item, index) => (index % every === 0 ? { id: 1 } : item));
      return { count, items: odd };
    };
    const half = step(first, spoilt(2));
    expect(half).toMatchObject({ walk: { place }, doubt: { kind: 'dropped' } });
    expect(half.doubt?.detail).toBe('at least half of the items are no posts of this page: no_date');
    const some = step(first, spoilt(5));
    expect(some).toMatchObject({
      reached: null,
      doubt: null,
      walk: { place, offset: first.offset, again: { times: 1 } },
    });
    expect(step(some.walk, spoilt(5)).walk.place?.id).toBe(9_001);
    const ahead = pageOf(
      wall.map((item) => ({ ...item, date: item.date + 400 * 24 * hour })),
      first.offset,
    );
    expect(step(first, ahead).doubt).toMatchObject({
      kind: 'dropped',
      detail: expect.stringContaining('future_date'),
    });
  });

  test('nonsense does not go on for ever', () => {
    const random = randomFor('nonsense');
    const walk = walkOf(first, () => {
      const size = random.integer(1, 60);
      const start = random.integer(2_000, 9_000);
      const items = Array.from({ length: size }, (_, index) => ({
        id: start - index,
        date: second - 90_000 * hour - index,
      }));
      return { count: 100_000, items: items.map(whole) };
    });
    expect(walk.doubt).toMatchObject({ kind: 'wrong_place' });
    expect(walk.offsets.length).toBeLessThan(60);
  });
});
