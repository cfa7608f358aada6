import { expect, test } from 'vitest';
import { compare } from '../helpers/odd-answers.ts';
import { openOddStack } from '../helpers/odd-stack.ts';
import { oddVk } from '../helpers/odd-vk.ts';
import type { Wall } from '../helpers/odd-walls.ts';
import { seededRandom, wallOf } from '../helpers/odd-walls.ts';

const hour = 3_600_000;
const begin = new Date('2026-02-01T03:00:00Z');
const historyFrom = '2024-01-01';

/** Posts appear on a wall, one every three minutes up to the instant. */
function publish(wall: Wall, until: Date, count: number): void {
  for (let index = count; index > 0; index -= 1) {
    const newest = Math.max(0, ...wall.posts.map(({ id }) => id));
    wall.posts.unshift({ id: newest + 1, published: new Date(until.getTime() - index * 180_000) });
  }
}

test('a clock that was a year ahead once loses no posts, and no page waits for that year', async () => {
  const wall = wallOf(1000, 40, begin, seededRandom(3));
  const stack = await openOddStack(oddVk, [wall], { at: begin, historyFrom });
  const { clock } = stack;
  try {
    clock.set(new Date(begin.getTime() + 365 * 24 * hour));
    await stack.collect();
    clock.set(begin);
    const collect = async (hours: number) => {
      await stack.collect(hours);
      const { lastSuccess, wantedSince, readUntil, nextDue, lastOutcomeSlot } = await stack.page(wall);
      return [lastSuccess, wantedSince, readUntil, nextDue, lastOutcomeSlot].map((instant) =>
        Math.round(((instant?.getTime() ?? 0) - clock.now().getTime()) / (24 * hour)),
      );
    };
    expect(await collect(24)).toEqual([0, 0, 0, 0, 0]);
    publish(wall, new Date(clock.now().getTime() + 24 * hour), 150);
    await collect(24);
    publish(wall, new Date(clock.now().getTime() + 72 * hour), 250);
    for (const hours of [72, 24, 24]) await collect(hours);
    expect(await compare(stack, [wall])).toEqual([]);
  } finally {
    await stack.close();
  }
});
