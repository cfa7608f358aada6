import { expect, test } from 'vitest';
import { targetProgress } from '#analytics/overview/growth-target.ts';
import { growthSeries } from './growth-series.ts';

const points = [
  { day: '2026-11-20', count: 1000, pages: 2 },
  { day: '2026-11-22', count: 1010, pages: 2 },
  { day: '2026-11-23', count: 1020, pages: 2 },
];

test('has every day in its place, and no line without a target', () => {
  expect(growthSeries({ points, target: null, progress: null })).toEqual({
    days: ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'],
    counts: [1000, null, 1010, 1020],
    line: null,
  });
});

test('begins the line where the target does, and leads it to its day', () => {
  const target = { subscribers: 1040, by: '2026-11-25', from: '2026-11-22' };
  const series = growthSeries({ points, target, progress: targetProgress(points, target, '2026-11-23') });
  expect(series.days.at(-1)).toBe('2026-11-25');
  expect(series.counts).toEqual([1000, null, 1010, 1020, null, null]);
  expect(series.line).toEqual([null, null, 1010, 1020, 1030, 1040]);
});

test('draws the line half a year ahead at most, and never ends before the last count', () => {
  const far = { subscribers: 9000, by: '2030-12-31', from: '2026-11-20' };
  const ahead = growthSeries({ points, target: far, progress: targetProgress(points, far, '2026-11-23') });
  expect(ahead.days.at(-1)).toBe('2027-05-25');
  const over = { subscribers: 1005, by: '2026-11-21', from: '2026-11-20' };
  const past = growthSeries({ points, target: over, progress: targetProgress(points, over, '2026-11-23') });
  expect(past.days.at(-1)).toBe('2026-11-23');
  expect(past.line).toEqual([1000, 1005, 1005, 1005]);
});

test('is empty before there is a count, whatever is wanted', () => {
  const target = { subscribers: 1005, by: '2026-12-21', from: '2026-11-20' };
  expect(growthSeries({ points: [], target, progress: null })).toEqual({ days: [], counts: [], line: null });
});
