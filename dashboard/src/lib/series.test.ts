import { describe, expect, test } from 'vitest';
import { comparison } from './comparison.ts';
import { alignSeries, calendarCells, heatStep, monthSums, sparklineBars, sumSeries } from './series.ts';

test('a sparkline tells a known zero from what is not known', () => {
  expect(sparklineBars([null, 0, 5, 10], 10, 22)).toEqual([
    { x: 0, y: 21, height: 1, kind: 'unknown' },
    { x: 7, y: 21, height: 1, kind: 'zero' },
    { x: 14, y: 11.5, height: 10.5, kind: 'value' },
    { x: 21, y: 1, height: 21, kind: 'value' },
  ]);
});

test('series are summed by position, unknown only where nobody knows', () => {
  expect(
    sumSeries([
      [null, 1, 2],
      [null, null, 3],
    ]),
  ).toEqual([null, 1, 5]);
  expect(sumSeries([])).toEqual([]);
});

test('heat has five steps, and none for the unknown', () => {
  expect([null, 0, 1, 2, 5, 8].map((value) => heatStep(value, 8))).toEqual([null, 0, 1, 1, 3, 4]);
  expect(heatStep(3, 0)).toBe(0);
});

describe('the calendar', () => {
  const days = ['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02'].map((day, posts) => ({ day, posts }));

  test('puts Monday on top and Sunday at the bottom', () => {
    const { cells, columns } = calendarCells(days);
    expect(cells.map(({ column, row }) => [column, row])).toEqual([
      [0, 4],
      [0, 5],
      [0, 6],
      [1, 0],
    ]);
    expect(columns).toBe(2);
  });

  test('names a month once there is room for its name', () => {
    expect(calendarCells(days).months).toEqual([{ day: '2026-11-01', column: 0 }]);
    expect(calendarCells([])).toEqual({ cells: [], months: [], columns: 0 });
  });

  test('sums months, unknown where no day was tracked', () => {
    expect(monthSums([{ day: '2026-09-30', posts: null }, ...days])).toEqual([
      { day: '2026-09-30', posts: null },
      { day: '2026-10-30', posts: 1 },
      { day: '2026-11-01', posts: 5 },
    ]);
  });
});

test('series by day share one axis, with gaps where one does not know', () => {
  const first = [{ day: '2026-11-02', count: 5 }];
  const second = [
    { day: '2026-11-01', count: 1 },
    { day: '2026-11-02', count: 2 },
  ];
  expect(alignSeries([first, second])).toEqual({
    days: ['2026-11-01', '2026-11-02'],
    values: [
      [null, 5],
      [1, 2],
    ],
  });
});

test('a value within two per cent of the median is at the median', () => {
  expect([comparison(100, 100), comparison(101.9, 100), comparison(103, 100), comparison(90, 100)]).toEqual([
    'same',
    'same',
    'above',
    'below',
  ]);
});
