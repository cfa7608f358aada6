import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  historySteps,
  isDeep,
  isDue,
  looksPerDay,
  marksAfter,
  postsToRequest,
  sinceFor,
  nextDue,
  pollInterval,
  rhythmOf,
  quotaStretch,
} from './plan.ts';

const now = new Date('2026-03-10T12:00:00Z');
const hour = 3_600_000;
const ago = (hours: number) => new Date(now.getTime() - hours * hour);
const own = (hours: number) => ({ published: ago(hours), placement: 'own' as const });

describe('the rhythm of a page', () => {
  test.each([
    ['two posts a day', Array.from({ length: 20 }, (_, index) => own(index * 12)), 1],
    ['one a day', Array.from({ length: 20 }, (_, index) => own(index * 24)), 3],
    ['one in three days', Array.from({ length: 9 }, (_, index) => own(index * 72)), 6],
    ['one in two weeks', [own(100), own(430), own(800)], 12],
    ['none for a month', [own(24 * 31)], 24],
    ['none ever', [], 24],
    ['only visitors', [{ published: ago(1), placement: 'visitor' as const }], 24],
  ])('%s', (_, posts, hours) => {
    expect(pollInterval('ok', rhythmOf(posts, now), now)).toBe(hours);
  });

  test('does not matter for a page that cannot be read', () => {
    const busy = rhythmOf([own(1), own(2), own(3)], now);
    for (const state of ['closed', 'deleted', 'blocked', 'not_found', 'unresolved'] as const) {
      expect(pollInterval(state, busy, now)).toBe(24);
    }
  });
});

describe('the quota', () => {
  test('leaves intervals alone when they fit, and when there is none', () => {
    expect(quotaStretch([1, 1, 24], 100)).toBe(1);
    expect(quotaStretch([1, 1, 24], null)).toBe(1);
  });

  test('stretches all intervals until the looks of a day fit into 90%', () => {
    const interval = fc.constantFrom(1, 3, 6, 12, 24);
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 300 }),
        fc.integer({ min: 50, max: 5000 }),
        (all, quota) => {
          const factor = quotaStretch(all, quota);
          expect(factor).toBeGreaterThanOrEqual(1);
          expect(factor).toBeLessThanOrEqual(24);
          if (all.length <= quota * 0.9)
            expect(looksPerDay(all, factor)).toBeLessThanOrEqual(quota * 0.9 + 1e-6);
          else expect(looksPerDay(all, factor)).toBe(all.length);
        },
      ),
    );
  });

  test('keeps the looks of the rest of the day back from the histories', () => {
    expect(historySteps({ looksPerDay: 1000, used: 100 }, 400, 0.5)).toBe(600);
    expect(historySteps({ looksPerDay: 1000, used: 900 }, 400, 0.5)).toBe(0);
    expect(historySteps({ looksPerDay: null, used: 0 }, 400, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('when a page is due', () => {
  const slot = now;
  const hours = (due: Date) => (due.getTime() - slot.getTime()) / hour;

  test('by its interval, and so that the slot after it is not missed by minutes', () => {
    expect(hours(nextDue(slot, 'ok', 1))).toBeCloseTo(0.9);
    expect(hours(nextDue(slot, 'empty', 6))).toBeCloseTo(5.5);
    expect(hours(nextDue(slot, 'ok', 100))).toBeCloseTo(23.5);
  });

  test('soon after a failure, once a day when closed or gone', () => {
    expect(hours(nextDue(slot, 'error', 24))).toBeLessThan(1);
    expect(hours(nextDue(slot, 'rate_limited', 24))).toBeLessThan(1);
    expect(hours(nextDue(slot, 'closed', 1))).toBe(23.5);
    expect(hours(nextDue(slot, 'gone', 1))).toBe(23.5);
  });

  test('at once when it has never been seen', () => {
    expect(isDue({ nextDue: null }, slot)).toBe(true);
    expect(isDue({ nextDue: slot }, slot)).toBe(true);
    expect(isDue({ nextDue: new Date(slot.getTime() + 1) }, slot)).toBe(false);
  });

  test('once a week more posts are asked for', () => {
    expect(postsToRequest({ lastDeep: null }, slot, undefined)).toBe(20);
    expect(postsToRequest({ lastDeep: ago(24 * 6) }, slot, undefined)).toBe(20);
    expect(postsToRequest({ lastDeep: ago(24 * 7) }, slot, undefined)).toBe(100);
  });

  test('everything since the last look is wanted, and after a gap what had not come to rest at it', () => {
    const unread = { wantedSince: null, readUntil: null };
    const from = (hoursAgo: number) => sinceFor({ ...unread, lastSuccess: ago(hoursAgo) }, slot);
    expect(sinceFor({ ...unread, lastSuccess: null }, slot)).toBeNull();
    expect(from(1)).toEqual(ago(1 + 10 / 60));
    expect(from(36)).toEqual(ago(36 + 10 / 60));
    expect(from(37)).toEqual(ago(37 + 240));
  });

  test('a post is wanted until two looks hours apart could show it', () => {
    const marks = (twice: number, once: number) => ({
      lastSuccess: ago(1),
      wantedSince: ago(twice),
      readUntil: ago(once),
    });
    expect(sinceFor(marks(216, 24), slot)).toEqual(ago(216 + 10 / 60));
    expect(sinceFor(marks(50, 48), slot)).toEqual(ago(48 + 240));
    const after = (twice: number, once: number, whole = true) => {
      const { wantedSince, readUntil } = marksAfter(marks(twice, once), { observed: slot, whole });
      return [wantedSince, readUntil];
    };
    expect(after(216, 24)).toEqual([ago(24), slot]);
    expect(after(216, 6)).toEqual([ago(6), slot]);
    expect(after(216, 5)).toEqual([ago(216), ago(5)]);
    expect(after(216, 24, false)).toEqual([ago(216), ago(24)]);
  });

  test('the first look begins the marks, and one of a version before goes on with its own', () => {
    const never = { lastSuccess: null, wantedSince: null, readUntil: null };
    expect(marksAfter(never, { observed: slot, whole: true })).toEqual({
      wantedSince: slot,
      readUntil: slot,
    });
    expect(marksAfter(never, { observed: slot, whole: false })).toEqual({
      wantedSince: null,
      readUntil: null,
    });
    const before = { lastSuccess: ago(7), wantedSince: null, readUntil: null };
    expect(marksAfter(before, { observed: slot, whole: true })).toEqual({
      wantedSince: ago(7),
      readUntil: slot,
    });
  });

  test('a busy page is followed for ten days', () => {
    expect(postsToRequest({ lastDeep: null }, slot, { postsPerDay: 1, last: slot })).toBe(20);
    expect(postsToRequest({ lastDeep: null }, slot, { postsPerDay: 4.35, last: slot })).toBe(44);
    expect(postsToRequest({ lastDeep: null }, slot, { postsPerDay: 30, last: slot })).toBe(100);
  });
});

describe('what a clock wrote that was ahead', () => {
  const ahead = ago(-24 * 365);

  test('does not make a page wait, nor puts off its weekly look', () => {
    expect(isDue({ nextDue: ago(-24) }, now)).toBe(false);
    expect(isDue({ nextDue: ago(-24.1) }, now)).toBe(true);
    expect(isDeep({ lastDeep: ahead }, now)).toBe(true);
    expect(isDeep({ lastDeep: ago(0) }, now)).toBe(false);
  });

  test('tells nothing of what was read', () => {
    const marks = { lastSuccess: ahead, wantedSince: ahead, readUntil: ahead };
    expect(sinceFor(marks, now)).toEqual(ago(240));
    expect(marksAfter(marks, { observed: now, whole: true })).toEqual({ wantedSince: now, readUntil: now });
    expect(marksAfter(marks, { observed: now, whole: false })).toEqual({
      wantedSince: null,
      readUntil: null,
    });
    const half = { lastSuccess: ago(24), wantedSince: ago(48), readUntil: ahead };
    expect(sinceFor(half, now)).toEqual(ago(240));
  });
});
