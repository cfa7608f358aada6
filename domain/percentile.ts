import { ascendingOrder, forEachRun } from './ranked-order.ts';
import { valuesOf } from './sorted.ts';

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
  const numbers = valuesOf(values, (value) => value);
  forEachRank(numbers, ascendingOrder(numbers), (index, percentile, below, equal, others) => {
    ranks[index] = { percentile, below, equal, others };
  });
  return ranks;
}

/**
 * Tells the percentile rank of each value that has one, as `percentileRanks` gives it; `order` is that of the known values,
 * ascending. Nothing is made of each, for leagues are large.
 */
export function forEachRank(
  values: Float64Array,
  order: Uint32Array,
  take: (index: number, percentile: number, below: number, equal: number, others: number) => void,
): void {
  const others = order.length - 1;
  if (others < 1) return;
  forEachRun(order, values, (from, end) => {
    const equal = end - from - 1;
    const percentile = percentileOf(from, equal, others);
    for (let place = from; place < end; place += 1) take(order[place] ?? 0, percentile, from, equal, others);
  });
}

/** The percentile rank itself, 0-100. `others` must be at least 1. */
export function percentileOf(below: number, equal: number, others: number): number {
  return (100 * (below + equal / 2)) / others;
}
