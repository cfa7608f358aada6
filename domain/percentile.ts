import { countBelow, knownAscending, runAround } from './sorted.ts';

/** Where a value stands among the others of its league. */
export interface PercentileRank {
  /** 0-100: the share of the others that are below, equal ones as half. */
  percentile: number;
  /** Others with a lower value. */
  below: number;
  /** Others with the same value. */
  equal: number;
  /** All others with a known value. */
  others: number;
}

/**
 * The percentile rank of each value among all known ones: 100 x (below + half of the others that are equal) / (n - 1).
 * Unknown values have none and are not counted; a value that is alone has none either. `sorted` are the known ones,
 * ascending.
 */
export function percentileRanks(
  values: readonly (number | null)[],
  sorted: ArrayLike<number> = knownAscending(values),
): (PercentileRank | null)[] {
  const others = sorted.length - 1;
  return values.map((value) => {
    if (value === null || others < 1) {
      return null;
    }
    const below = countBelow(sorted, value);
    const equal = runAround(sorted, below).end - below - 1;
    return { percentile: percentileOf(below, equal, others), below, equal, others };
  });
}

/** The percentile rank of each value as `percentileRanks` gives it, as a number alone; `NaN` where there is none. */
export function percentilesOf(values: readonly (number | null)[]): Float64Array {
  const sorted = knownAscending(values);
  const others = sorted.length - 1;
  const percentiles = new Float64Array(values.length).fill(NaN);
  if (others < 1) return percentiles;
  values.forEach((value, index) => {
    if (value === null) return;
    const below = countBelow(sorted, value);
    percentiles[index] = percentileOf(below, runAround(sorted, below).end - below - 1, others);
  });
  return percentiles;
}

/** The percentile rank itself, 0-100. `others` must be at least 1. */
export function percentileOf(below: number, equal: number, others: number): number {
  return (100 * (below + equal / 2)) / others;
}
