import { expect, test } from 'vitest';
import { isWithin, Reach } from './reach.ts';

test('a reach has its own organisations alone; none reaches all', () => {
  const reach = new Reach('organisation:2', new Set([2, 5]));
  expect([isWithin(reach, 2), isWithin(reach, 3), isWithin(null, 3), isWithin(undefined, 3)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(reach.size).toBe(2);
});

test('questions about different organisations differ as JSON', () => {
  const [one, other] = [new Reach('organisation:2', new Set([2])), new Reach('organisation:3', new Set([3]))];
  expect(JSON.stringify({ within: one })).not.toBe(JSON.stringify({ within: other }));
});
