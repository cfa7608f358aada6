import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { percentileRanks } from './percentile.ts';

describe('percentile ranks', () => {
  it('are 100 x (below + half of the others that are equal) / (n - 1)', () => {
    const ranks = percentileRanks([1, 2, 2, 4, null]);
    expect(ranks.map((rank) => rank?.percentile ?? null)).toEqual([0, 50, 50, 100, null]);
    expect(ranks[1]).toEqual({ percentile: 50, below: 1, equal: 1, others: 3 });
  });

  it('are unknown for a value that is alone, and for what is unknown', () => {
    expect(percentileRanks([5])).toEqual([null]);
    expect(percentileRanks([5, null, null])).toEqual([null, null, null]);
    expect(percentileRanks([])).toEqual([]);
  });

  it('equal the definition, lie within 0 and 100, have the mean 50, and do not depend on the order', () => {
    const values = fc.array(fc.option(fc.integer({ min: -5, max: 5 })), { maxLength: 30 });
    fc.assert(
      fc.property(values, (given) => {
        const known = given.filter((value) => value !== null);
        const ranks = percentileRanks(given);
        given.forEach((value, index) => {
          const rank = ranks[index];
          if (value === null || known.length < 2) {
            expect(rank).toBeNull();
            return;
          }
          const below = known.filter((other) => other < value).length;
          const equal = known.filter((other) => other === value).length - 1;
          expect(rank?.percentile).toBe((100 * (below + equal / 2)) / (known.length - 1));
          expect(rank?.percentile).toBeGreaterThanOrEqual(0);
          expect(rank?.percentile).toBeLessThanOrEqual(100);
        });
        const all = ranks.flatMap((rank) => rank?.percentile ?? []);
        if (all.length > 0) {
          expect(all.reduce((sum, one) => sum + one, 0) / all.length).toBeCloseTo(50, 9);
        }
        expect(percentileRanks(given.toReversed())).toEqual(ranks.toReversed());
      }),
    );
  });
});
