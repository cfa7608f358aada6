import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '#domain/period.ts';
import { dailyPosts, hourTable, lastFullWeeks, weeklyPosts } from './series.ts';

const cell = (day: string, posts: number) => ({
  dayNumber: dayNumberOf(day),
  posts,
  uniqueOriginals: posts,
  uniqueReposts: 0,
});

describe('series', () => {
  it('takes the 13 full weeks up to a day', () => {
    const weeks = lastFullWeeks('2026-01-21');
    expect(weeks).toHaveLength(13);
    expect(weeks.at(-1)).toEqual({ from: '2026-01-12', to: '2026-01-18' });
    expect(lastFullWeeks('2026-01-18')).toEqual(weeks);
    expect(lastFullWeeks('2026-01-17').at(-1)).toEqual({ from: '2026-01-05', to: '2026-01-11' });
  });

  it('sums weeks over pages, and knows nothing of weeks that no look covers', () => {
    const weeks = lastFullWeeks('2026-01-18').slice(-3);
    const cells = [
      [cell('2026-01-04', 2), cell('2026-01-18', 1)],
      [cell('2026-01-12', 3), cell('2026-01-19', 9)],
    ];
    expect(weeklyPosts(cells, weeks, { from: '2026-01-01', to: '2026-01-20' })).toEqual([2, 0, 4]);
    expect(weeklyPosts(cells, weeks, { from: '2026-01-05', to: '2026-01-12' })).toEqual([null, 0, 4]);
    expect(weeklyPosts(cells, weeks, { from: '2026-01-01', to: '2026-01-11' })).toEqual([2, 0, null]);
    expect(weeklyPosts(cells, weeks, null)).toEqual([null, null, null]);
    expect(weeklyPosts(cells, [], null)).toEqual([]);
  });

  it('gives known days without posts as zero, all others as unknown', () => {
    const period = { from: '2025-12-30', to: '2026-01-02' };
    expect(
      dailyPosts([[cell('2026-01-01', 2)]], period, { from: '2025-12-31', to: '2026-01-01' }).map(
        ({ posts }) => posts,
      ),
    ).toEqual([null, 0, 2, null]);
    expect(dailyPosts([], period, null).map(({ posts }) => posts)).toEqual([null, null, null, null]);
  });

  it('puts hours into a table with Monday first', () => {
    const table = hourTable([
      { weekday: 1, hour: 0, posts: 4 },
      { weekday: 7, hour: 23, posts: 2 },
    ]);
    expect([table.length, table[0]?.length, table[0]?.[0], table[6]?.[23]]).toEqual([7, 24, 4, 2]);
  });
});
