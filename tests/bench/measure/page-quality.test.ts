import { expect, test } from 'vitest';
import { middleOf, type PageQuality } from './page-quality.ts';

const round = (value: number): PageQuality => ({
  performance: value,
  accessibility: 100,
  bestPractices: 100,
  largestPaint: 10 * value,
  layoutShift: 0,
  blocking: -value,
  scripts: 1,
  all: 2,
  requests: 3,
});

test('of several rounds each figure is the middle one of its own', () => {
  expect(middleOf([90, 60, 97, 95, 93].map(round))).toEqual(round(93));
  expect(() => middleOf([])).toThrow('Nothing was measured.');
});
