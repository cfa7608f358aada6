import { describe, expect, test } from 'vitest';
import { subscriptionsByDay } from './federation-growth.ts';
import { lineAt, targetProgress, weeklyPace } from './growth-target.ts';

const point = (day: string, count: number, pages = 1) => ({ day, count, pages });

describe('the line of a target', () => {
  const target = { subscribers: 1100, by: '2026-12-31', from: '2026-12-01' };

  test('leads straight from the first count to the target, and stays there', () => {
    const base = { day: '2026-12-01', count: 800 };
    expect(
      ['2026-11-20', '2026-12-01', '2026-12-11', '2026-12-31', '2027-02-01'].map((day) =>
        lineAt(target, base, day),
      ),
    ).toEqual([800, 800, 900, 1100, 1100]);
    expect(lineAt({ ...target, by: base.day }, base, base.day)).toBe(1100);
  });

  test('tells how far the pages are from it, and what is needed a week', () => {
    const points = [point('2026-11-30', 800), point('2026-12-06', 830), point('2026-12-11', 860)];
    expect(targetProgress(points, target, '2026-12-11')).toEqual({
      base: { day: '2026-11-30', count: 800 },
      expected: 906,
      current: { day: '2026-12-11', count: 860 },
      ahead: -46,
      neededPerWeek: 84,
      state: 'behind',
    });
  });

  test('is kept, reached, or missed', () => {
    const from = point('2026-12-01', 800);
    expect(targetProgress([from, point('2026-12-11', 897)], target, '2026-12-11')).toMatchObject({
      state: 'on_line',
      ahead: -3,
    });
    expect(targetProgress([from, point('2026-12-11', 1100)], target, '2026-12-11')).toMatchObject({
      state: 'reached',
      neededPerWeek: null,
    });
    expect(targetProgress([from, point('2027-01-02', 1000)], target, '2027-01-02')).toMatchObject({
      state: 'missed',
      ahead: -100,
      neededPerWeek: null,
    });
  });

  test('begins at the first count when there was none on its day, and nowhere without any', () => {
    expect(targetProgress([point('2026-12-05', 700)], target, '2026-12-05')?.base).toEqual({
      day: '2026-12-05',
      count: 700,
    });
    expect(targetProgress([], target, '2026-12-05')).toBeNull();
  });
});

describe('the pace', () => {
  test('is taken over four weeks, from a count near their beginning', () => {
    expect(weeklyPace([point('2026-11-01', 100), point('2026-11-29', 140)])).toBe(10);
    expect(weeklyPace([point('2026-10-29', 100), point('2026-11-29', 162)])).toBe(14);
  });

  test('is not known without such a count, or when a page has come to them', () => {
    expect(weeklyPace([point('2026-11-10', 100), point('2026-11-29', 140)])).toBeNull();
    expect(weeklyPace([point('2026-11-01', 100, 1), point('2026-11-29', 900, 2)])).toBeNull();
    expect(weeklyPace([])).toBeNull();
  });
});

describe('subscriptions by day', () => {
  const counted = (day: string, count: number) => ({ day, count });

  test('carry a count for two days, and leave out a day on which a page is not known', () => {
    const vk = [counted('2026-11-01', 100), counted('2026-11-02', 101), counted('2026-11-06', 105)];
    const telegram = [counted('2026-11-01', 10), counted('2026-11-04', 12), counted('2026-11-06', 14)];
    expect(subscriptionsByDay([vk, telegram])).toEqual([
      { day: '2026-11-01', count: 110, pages: 2 },
      { day: '2026-11-02', count: 111, pages: 2 },
      { day: '2026-11-04', count: 113, pages: 2 },
      { day: '2026-11-06', count: 119, pages: 2 },
    ]);
    const gap = [counted('2026-11-01', 10), counted('2026-11-06', 14)];
    expect(subscriptionsByDay([vk, gap]).map(({ day }) => day)).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-06',
    ]);
    expect(
      subscriptionsByDay([
        [counted('2026-11-01', 1), counted('2026-11-09', 2)],
        [counted('2026-11-05', 7)],
      ]).map(({ day }) => day),
    ).toEqual(['2026-11-01', '2026-11-09']);
  });

  test('count a page from its first count to two days after its last', () => {
    const old = [counted('2026-11-01', 50), counted('2026-11-02', 50)];
    const young = [counted('2026-11-04', 7), counted('2026-11-05', 8)];
    expect(subscriptionsByDay([old, young])).toEqual([
      { day: '2026-11-01', count: 50, pages: 1 },
      { day: '2026-11-02', count: 50, pages: 1 },
      { day: '2026-11-04', count: 57, pages: 2 },
      { day: '2026-11-05', count: 8, pages: 1 },
    ]);
  });
});
