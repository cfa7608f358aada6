import { describe, expect, test } from 'vitest';
import { always, group, hour, now, pageOf, second, whole } from '#tests/helpers/vk-walls.ts';
import type { Item } from '#tests/helpers/vk-walls.ts';
import { oddAt, read, wall } from '#tests/helpers/vk-walks.ts';
import { mapWall } from './map.ts';
import { takeStep } from './steps.ts';
import { startWalk } from './walk.ts';

describe('a hole in a full page', () => {
  test.each([
    ['every second post', (all: Item[]) => all.filter((_, index) => index % 2 === 0)],
    ['thirty in a row', (all: Item[]) => [...all.slice(0, 10), ...all.slice(40)]],
    ['its newest', (all: Item[]) => all.slice(60)],
    ['two', (all: Item[]) => [...all.slice(0, 70), ...all.slice(72)]],
  ])('that comes to the wanted instant shows by one step beyond it: %s', (_, pick) => {
    for (const [turn, wanted] of [
      [0, 90],
      [0, 150],
      [1, 180],
      [2, 260],
    ] as const) {
      const from = new Date((second - wanted * hour - 60) * 1000);
      const filled = oddAt(turn, (offset) => {
        return {
          count: 400,
          items: pick(wall.slice(offset, offset + 300))
            .slice(0, 100)
            .map(whole),
        };
      });
      const walk = read(startWalk(from, null), filled);
      const missed = wall.slice(0, wanted).filter(({ id }) => !walk.dates.has(id));
      expect([turn, wanted, missed, walk.reached]).toEqual([turn, wanted, [], 'proven']);
      expect(walk.offsets.length).toBeLessThanOrEqual(turn + 7);
    }
  });

  test('that comes to the wanted instant is not asked beyond in a run of its own', () => {
    const from = new Date((second - 90 * hour - 60) * 1000);
    const first = takeStep(startWalk(from, null), mapWall(pageOf(wall, 0), group, 100), now);
    expect(first).toMatchObject({ reached: null, oldest: from, walk: { place: { id: 9_301 } } });
    const next = read(startWalk(from, first.walk.place), (offset) => pageOf(wall, offset));
    expect(next).toMatchObject({ reached: 'proven', offsets: [79] });
  });
});

test('an end tells how many posts VK counts down to it, unless it hides some', () => {
  const ends = [
    startWalk(always, null),
    startWalk(new Date((second - 90 * hour - 60) * 1000), null),
    startWalk(new Date((second - 150 * hour - 60) * 1000), null),
  ].map((start) => read(start, (offset) => pageOf(wall, offset)).counted);
  expect(ends).toEqual([400, 90, 150]);
  const more = read(startWalk(always, null), (offset) => ({ ...pageOf(wall, offset), count: 420 }));
  const detail = more.doubt?.detail ?? '';
  const accepted = read(startWalk(always, null, null, [detail]), (offset) => ({
    ...pageOf(wall, offset),
    count: 420,
  }));
  expect(accepted).toMatchObject({ reached: 'weak', counted: null, walk: { passed: { detail } } });
});
