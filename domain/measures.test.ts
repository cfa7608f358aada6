import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formulaVersion } from './activity-index.ts';
import { measureDefinitions } from './measure-definitions.ts';
import {
  coverage,
  engagementByDay,
  engagementByPost,
  growthOf,
  isNearBound,
  lastPastDay,
  longestSilence,
  matureBy,
  median,
  middleHalfMean,
  overperformance,
  postsPerWeek,
  ratio,
  reachRate,
  subscriptionsOf,
  sumOfKnown,
  trackedDays,
  trackedSpan,
  weeklyGrowth,
} from './measures.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

describe('tracked days', () => {
  const known = { historyFrom: '2025-01-01', historyReached: '2025-01-01', started: null };

  it('go from the latest beginning to the end of the period or yesterday', () => {
    expect(trackedSpan(march, known, '2026-06-01')).toEqual(march);
    expect(trackedSpan(march, known, '2026-03-11')).toEqual({ from: '2026-03-01', to: '2026-03-10' });
    expect(trackedSpan(march, { ...known, historyReached: '2026-03-05' }, '2026-06-01')?.from).toBe(
      '2026-03-05',
    );
    expect(trackedSpan(march, { ...known, started: '2026-03-20' }, '2026-06-01')?.from).toBe('2026-03-20');
    expect(trackedSpan(march, { ...known, historyFrom: '2026-03-31' }, '2026-06-01')).toEqual({
      from: '2026-03-31',
      to: '2026-03-31',
    });
  });

  it('are none before the beginning, in the future, or without any history', () => {
    expect(trackedSpan(march, { ...known, started: '2026-04-01' }, '2026-06-01')).toBeNull();
    expect(trackedSpan(march, known, '2026-03-01')).toBeNull();
    expect(trackedSpan(march, { ...known, historyReached: null }, '2026-06-01')).toBeNull();
  });

  it('leave out pauses and holidays once', () => {
    const pauses = [
      { from: '2026-02-20', to: '2026-03-05' },
      { from: '2026-03-04', to: '2026-03-10' },
    ];
    expect(trackedDays(march, pauses)).toBe(21);
    expect(trackedDays(null, pauses)).toBe(0);
  });
});

describe('posts per week', () => {
  const week = { from: '2026-03-02', to: '2026-03-08' };

  it('are posts / (tracked days / 7)', () => {
    expect(postsPerWeek(31, 31, march, '2026-06-01')).toBe(7);
    expect(postsPerWeek(0, 31, march, '2026-06-01')).toBe(0);
    expect(postsPerWeek(3, 3, week, '2026-03-05')).toBe(7);
  });

  it('of one full past week are the whole number, also with untracked days in it', () => {
    expect(postsPerWeek(4, 5, week, '2026-03-09')).toBe(4);
    expect(postsPerWeek(4, 7, { from: '2026-03-03', to: '2026-03-09' }, '2026-04-01')).toBe(4);
  });

  it('are unknown without a tracked day', () => {
    expect(postsPerWeek(0, 0, week, '2026-03-09')).toBeNull();
  });
});

describe('silence', () => {
  it('is longest between two posts, or at an end of the period', () => {
    expect(longestSilence(['2026-03-10', '2026-03-03'], { from: '2026-03-01', to: '2026-03-14' })).toBe(7);
    expect(longestSilence(['2026-03-10'], { from: '2026-03-01', to: '2026-03-14' })).toBe(9);
    expect(longestSilence(['2026-03-02'], { from: '2026-03-01', to: '2026-03-14' })).toBe(12);
    expect(longestSilence(['2026-02-01', '2026-05-01'], march)).toBe(31);
    expect(longestSilence([], null)).toBeNull();
  });

  it('looks to the period’s end or yesterday', () => {
    expect(lastPastDay(march, '2026-03-11')).toBe('2026-03-10');
    expect(lastPastDay(march, '2026-06-01')).toBe('2026-03-31');
  });
});

describe('medians, sums and rates', () => {
  it('the median of an even number is the mean of the middle two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (values) => {
        const middle = median(values) ?? -1;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it('unknown is not zero', () => {
    expect(sumOfKnown([1, null, 2])).toBe(3);
    expect(sumOfKnown([null, null])).toBeNull();
    expect(sumOfKnown([])).toBe(0);
    expect(sumOfKnown([0, null])).toBe(0);
    expect([ratio(null, 1), ratio(1, null), ratio(1, 0), ratio(0, 5)]).toEqual([null, null, null, 0]);
  });

  it('are fractions', () => {
    expect(engagementByPost(30, 3, 100)).toBe(0.1);
    expect(engagementByPost(30, 0, 100)).toBeNull();
    expect(engagementByDay(30, 10, 100)).toBe(0.03);
    expect(engagementByDay(null, 10, 100)).toBeNull();
    expect(reachRate(250, 200)).toBe(1.25);
    expect(coverage(300, 200)).toBe(150);
    expect(coverage(300, null)).toBeNull();
  });

  it('a post is mature after 72 hours', () => {
    expect(matureBy(new Date('2026-03-04T00:00:00Z'))).toEqual(new Date('2026-03-01T00:00:00Z'));
  });

  it('overperformance is measured by the mean of the middle half', () => {
    expect(middleHalfMean([1, 2, 3, 4, 5, 6, 7, 1000])).toBe(4.5);
    expect(middleHalfMean([7])).toBe(7);
    expect(middleHalfMean([])).toBeNull();
    expect(overperformance(9, [1, 2, 3, 4, 5, 6, 7, 1000])).toBe(2);
    expect(overperformance(9, [])).toBeNull();
    expect(overperformance(null, [1])).toBeNull();
    expect(overperformance(5, [0, 0])).toBeNull();
  });
});

describe('subscribers', () => {
  const exact = (count: number) => ({ count, precision: 'exact' as const });
  const rounded = (count: number) => ({ count, precision: 'rounded' as const });

  it('are summed over the pages that are known', () => {
    expect(subscriptionsOf([exact(1), null, exact(2)])).toEqual({ count: 3, precision: 'exact' });
    expect(subscriptionsOf([exact(1), rounded(2000)])).toEqual({ count: 2001, precision: 'rounded' });
    expect(subscriptionsOf([null])).toEqual({ count: null, precision: null });
  });

  it('grow only where every page is known at both bounds with one precision', () => {
    expect(growthOf([{ start: exact(100), end: exact(110) }])).toEqual({ growth: 10, share: 0.1 });
    expect(
      growthOf([
        { start: exact(100), end: exact(110) },
        { start: exact(100), end: exact(80) },
      ]),
    ).toEqual({ growth: -10, share: -0.05 });
    expect(growthOf([{ start: exact(0), end: exact(5) }])).toEqual({ growth: 5, share: null });
    const unknown = { growth: null, share: null };
    expect(growthOf([{ start: null, end: exact(1) }])).toEqual(unknown);
    expect(
      growthOf([
        { start: exact(1), end: exact(1) },
        { start: exact(1), end: null },
      ]),
    ).toEqual(unknown);
    expect(growthOf([{ start: exact(1900), end: rounded(2000) }])).toEqual(unknown);
    expect(growthOf([])).toEqual(unknown);
  });

  it('are taken from a snapshot at most 48 hours before the bound', () => {
    const bound = new Date('2026-03-03T00:00:00Z');
    const seen = (observed: string) => isNearBound({ observed: new Date(observed) }, bound);
    expect(seen('2026-03-01T00:00:00Z')).toBe(true);
    expect(seen('2026-02-28T23:59:59Z')).toBe(false);
    expect(seen('2026-03-03T00:00:00Z')).toBe(true);
    expect(seen('2026-03-03T00:00:01Z')).toBe(false);
  });

  it('grow weekly by the root of the whole', () => {
    expect(weeklyGrowth(100, 121, 2)).toBeCloseTo(0.1, 12);
    expect(weeklyGrowth(0, 5, 2)).toBeNull();
    expect(weeklyGrowth(null, 5, 2)).toBeNull();
    expect(weeklyGrowth(100, 121, 0)).toBeNull();
  });
});

describe('the definitions of the measures', () => {
  it('are whole, in both languages, each once', () => {
    expect(new Set(measureDefinitions.map(({ id }) => id)).size).toBe(measureDefinitions.length);
    for (const { names, formulas, version } of measureDefinitions) {
      expect(names.ru).toMatch(/[а-я]/u);
      expect(formulas.ru).not.toBe('');
      expect(`${names.en}${formulas.en}`).not.toMatch(/[а-яё]/u);
      expect(version).toBeGreaterThanOrEqual(1);
    }
    expect(Math.max(...measureDefinitions.map(({ version }) => version))).toBe(formulaVersion);
  });

  it('use the words of the field', () => {
    const words = measureDefinitions.map(({ names, formulas }) => `${names.ru} ${formulas.ru}`).join(' ');
    expect(words).not.toMatch(/\bлиг|(^|[^а-я])пост(ы|ов|а)?([^а-я]|$)|ERR?\b/u);
  });
});
