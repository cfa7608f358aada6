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
 * Unknown values have none and are not counted; a value that is alone has none either.
 */
export function percentileRanks(values: readonly (number | null)[]): (PercentileRank | null)[] {
  const ranks = values.map((): PercentileRank | null => null);
  forEachRank(values, knownAscending(values), (index, percentile, below, equal, others) => {
    ranks[index] = { percentile, below, equal, others };
  });
  return ranks;
}

/**
 * Tells the percentile rank of each value that has one, as `percentileRanks` gives it; `sorted` are the known values,
 * ascending. Nothing is made of each, for leagues are large.
 */
export function forEachRank(
  values: ArrayLike<number | null>,
  sorted: ArrayLike<number>,
  take: (index: number, percentile: number, below: number, equal: number, others: number) => void,
): void {
  const others = sorted.length - 1;
  if (others < 1) return;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    if (Number.isNaN(value)) continue;
    const below = countBelow(sorted, value);
    const equal = runAround(sorted, below).end - below - 1;
    take(index, percentileOf(below, equal, others), below, equal, others);
  }
}

/** The percentile rank itself, 0-100. `others` must be at least 1. */
export function percentileOf(below: number, equal: number, others: number): number {
  return (100 * (below + equal / 2)) / others;
}
