import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countBelow, countUpTo } from './sorted.ts';

test('values of an ascending list are counted as one by one', () => {
  const value = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(fc.array(value), value, (values, limit) => {
      const sorted = values.sort((one, other) => one - other);
      expect(countBelow(sorted, limit)).toBe(sorted.filter((each) => each < limit).length);
      expect(countUpTo(sorted, limit)).toBe(sorted.filter((each) => each <= limit).length);
    }),
  );
});
