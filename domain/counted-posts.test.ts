import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countPosts } from './counted-posts.ts';
import type { TrackedDays } from './counted-posts.ts';
import { defaultNorms } from './norms.ts';
import { addDays, contains, dayNumberOf, eachDay, isoWeeks } from './period.ts';

const { active, flagship, card } = defaultNorms;
const window = { from: '2025-12-08', to: '2026-03-08' };
const all: TrackedDays = { period: window, span: window, without: [] };
const day = (date: string, uniqueOriginals: number, uniqueReposts = 0) => ({
  dayNumber: dayNumberOf(date),
  uniqueOriginals,
  uniqueReposts,
});

describe('counted posts', () => {
  it('are at most 3 a local day over all pages, originals first', () => {
    expect(countPosts([day('2026-01-05', 2), day('2026-01-05', 9)], all, active).countedPosts).toBe(3);
    expect(countPosts([day('2026-01-05', 2, 5)], all, active).countedPosts).toBe(3);
    expect(countPosts([day('2026-01-05', 3, 5)], all, active).countedPosts).toBe(3);
  });

  it('reposts fill at most half of the norm of a week', () => {
    expect(countPosts([day('2026-01-05', 0, 1), day('2026-01-06', 0, 1)], all, active).countedPosts).toBe(
      1.5,
    );
    expect(countPosts([day('2026-01-05', 0, 3), day('2026-01-12', 0, 1)], all, flagship).countedPosts).toBe(
      3.5,
    );
    expect(countPosts([day('2026-01-05', 0, 3)], all, card).countedPosts).toBe(0.5);
  });

  it('make the frequency over the tracked days', () => {
    const days = eachDay(window).map((date) => day(date, 1));
    expect(countPosts(days, all, active)).toEqual({
      countedPosts: 91,
      perWeek: 7,
      weeks: 13,
      weeksAtNorm: 13,
      norm: 3,
    });
    const started = { from: '2026-02-09', to: window.to };
    expect(countPosts(days, { ...all, span: started }, active)).toEqual({
      countedPosts: 28,
      perWeek: 7,
      weeks: 4,
      weeksAtNorm: 4,
      norm: 3,
    });
    const holidays = [{ from: '2026-01-01', to: '2026-01-08' }];
    expect(countPosts(days, { ...all, without: holidays }, active)).toMatchObject({
      perWeek: 91 / (83 / 7),
      weeks: 11,
    });
  });

  it('are none without a tracked day, and the frequency is unknown', () => {
    const unknown = { countedPosts: 0, perWeek: null, weeks: 0, weeksAtNorm: 0, norm: 3 };
    expect(countPosts([day('2026-01-05', 1)], { ...all, span: null }, active)).toEqual(unknown);
    expect(countPosts([], { ...all, without: [window] }, active)).toEqual(unknown);
  });

  it('a full week is at the norm with enough of them, half a repost included', () => {
    const week = (originals: number, reposts: number) => [
      ...['2026-01-12', '2026-01-13', '2026-01-14'].slice(0, originals).map((date) => day(date, 1)),
      ...['2026-01-15', '2026-01-16'].slice(0, reposts).map((date) => day(date, 0, 1)),
    ];
    expect(countPosts(week(3, 0), all, active).weeksAtNorm).toBe(1);
    expect(countPosts(week(2, 1), all, active).weeksAtNorm).toBe(1);
    expect(countPosts(week(1, 2), all, active).weeksAtNorm).toBe(0);
    expect(countPosts(week(2, 0), all, active).weeksAtNorm).toBe(0);
  });

  it('a card page has blocks of 28 days back from the end of the window', () => {
    const days = [day('2026-03-08', 1), day('2026-02-08', 1), day('2025-12-20', 1)];
    expect(countPosts(days, all, card)).toEqual({
      countedPosts: 3,
      perWeek: 3 / 13,
      weeks: 3,
      weeksAtNorm: 3,
      norm: 0.25,
    });
    expect(countPosts([day('2025-12-14', 1)], all, card)).toMatchObject({
      weeks: 3,
      weeksAtNorm: 0,
      countedPosts: 1,
    });
    expect(countPosts([day('2025-12-15', 1)], all, card).weeksAtNorm).toBe(1);
  });

  it('look at the weeks inside a period that begins and ends within one', () => {
    for (const to of ['2026-03-01', '2026-03-04', '2026-03-07', '2026-03-08']) {
      const period = { from: '2025-11-05', to };
      expect(countPosts([], { period, span: period, without: [] }, active).weeks).toBe(
        isoWeeks(period).length,
      );
    }
  });

  it('equal a straightforward count, and are never more than the posts', () => {
    const dates = fc.integer({ min: -10, max: 100 }).map((offset) => addDays(window.from, offset));
    const posts = fc.array(fc.tuple(dates, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
      maxLength: 60,
    });
    const pause = fc
      .tuple(dates, fc.integer({ min: 0, max: 20 }))
      .map(([from, length]) => ({ from, to: addDays(from, length) }));
    fc.assert(
      fc.property(posts, pause, dates, (given, paused, start) => {
        const span =
          start <= window.to ? { from: start < window.from ? window.from : start, to: window.to } : null;
        const result = countPosts(
          given.map((one) => day(...one)),
          { period: window, span, without: [paused] },
          active,
        );
        const perDay = (date: string) => {
          const own = given.filter(([other]) => other === date && span !== null && contains(span, date));
          const originals = Math.min(
            3,
            own.reduce((sum, [, count]) => sum + count, 0),
          );
          return {
            originals,
            reposts: Math.min(
              3 - originals,
              own.reduce((sum, [, , count]) => sum + count, 0),
            ),
          };
        };
        const weeks = isoWeeks(window).map((week) => {
          const days = eachDay(week).map(perDay);
          const reposts = days.reduce((sum, { reposts: count }) => sum + count, 0);
          const counted = days.reduce((sum, { originals }) => sum + originals, 0) + Math.min(1.5, reposts);
          const tracked = eachDay(week).every(
            (date) => span && contains(span, date) && !contains(paused, date),
          );
          return { counted, tracked };
        });
        expect(result.countedPosts).toBe(weeks.reduce((sum, { counted }) => sum + counted, 0));
        expect(result.weeks).toBe(weeks.filter(({ tracked }) => tracked).length);
        expect(result.weeksAtNorm).toBe(
          weeks.filter(({ tracked, counted }) => tracked && counted >= 3).length,
        );
      }),
    );
  });
});
