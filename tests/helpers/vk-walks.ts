import { mapWall } from '#collector/sources/vk/map.ts';
import { takeStep } from '#collector/sources/vk/steps.ts';
import type { Walk } from '#collector/sources/vk/walk.ts';
import type { Item } from './vk-walls.ts';
import { group, now, pageOf, wallOf } from './vk-walls.ts';

type Answer = { count: number; items: Item[] };
/** What VK answers at an offset, in a turn of the walk. */
export type Ask = (offset: number, turn: number) => unknown;

/** Walks until the end, as the history does. Dates are those of the last answer that was handed over. */
export function read(start: Walk, ask: Ask) {
  const dates = new Map<number, number>();
  const offsets: number[] = [];
  for (let walk = start; ;) {
    if (offsets.length > 2_000) throw new Error('The walk has no end.');
    offsets.push(walk.offset);
    const answer = ask(walk.offset, offsets.length - 1) as Answer;
    const step = takeStep(walk, mapWall(answer, group, 100), now);
    if (!step.isHeldBack) for (const { id, date } of answer.items) dates.set(id, date);
    if (step.reached || step.doubt) return { ...step, dates, size: dates.size, offsets };
    walk = step.walk;
  }
}

/** A wall of four hundred posts, whose first id is not 1. */
export const wall = wallOf(400, 9_400);

/** A sound wall, but for one answer. */
export const oddAt =
  (turn: number, odd: (offset: number) => unknown): Ask =>
  (offset, at) =>
    at === turn ? odd(offset) : pageOf(wall, offset);
