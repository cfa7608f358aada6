import { expect, it } from 'vitest';
import { defaultWeights } from '../activity-index.ts';
import { pointsOf } from './points.ts';

it('shares an unknown component’s weight among the others', () => {
  const values = { frequency: 100, regularity: 50, reach: null, engagement: null, growth: null };
  expect(pointsOf(values, defaultWeights)).toEqual({
    frequency: 60,
    regularity: 20,
    reach: null,
    engagement: null,
    growth: null,
  });
});

it('brings nothing where nothing is known', () => {
  const none = { frequency: null, regularity: null, reach: null, engagement: null, growth: null };
  expect(pointsOf(none, defaultWeights)).toEqual(none);
});
