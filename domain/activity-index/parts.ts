import { forEachRank } from '../percentile.ts';
import { ascendingOrder } from '../ranked-order.ts';
import { valuesOf } from '../sorted.ts';
import { measuredNetworks } from '../vocabulary.ts';
import type { MeasuredNetwork } from '../vocabulary.ts';
import { percentileComponents } from './facts.ts';
import type { IndexFacts, PercentileComponent, PercentileParts } from './facts.ts';

/** No percentile parts at all. */
export function noParts(): PercentileParts {
  return { reach: [], engagement: [], growth: [] };
}

/** The values that percentile ranks are among, ascending. */
export type SortedValues = Record<PercentileComponent, Partial<Record<MeasuredNetwork, ArrayLike<number>>>>;

/** The percentile parts of each organisation of one league, and the values that they are ranks among. */
export function findParts(ranked: readonly IndexFacts[]): {
  parts: PercentileParts[];
  sorted: SortedValues;
} {
  const parts = ranked.map(noParts);
  const sorted: SortedValues = { reach: {}, engagement: {}, growth: {} };
  for (const component of percentileComponents) {
    const ranks = measuredNetworks.map((network) => {
      const values = valuesOf(ranked, (one) => comparedValue(one, component, network));
      const order = ascendingOrder(values);
      sorted[component][network] = Float64Array.from(order, (index) => values[index] ?? NaN);
      const percentiles = new Float64Array(values.length).fill(NaN);
      const below = new Uint32Array(values.length);
      forEachRank(values, order, (index, percentile, lower) => {
        percentiles[index] = percentile;
        below[index] = lower;
      });
      return { network, values, percentiles, below, others: order.length - 1 };
    });
    // Each list made at its length: one that is pushed to takes room for seventeen.
    parts.forEach((own, index) => {
      own[component] = ranks
        .filter(({ percentiles }) => !Number.isNaN(percentiles[index]))
        .map(({ network, values, percentiles, below, others }) => ({
          network,
          value: values[index] ?? 0,
          percentile: percentiles[index] ?? 0,
          below: below[index] ?? 0,
          others,
        }));
    });
  }
  return { parts, sorted };
}

/**
 * The value of an organisation that takes part in a percentile; `null` when it does not: without posts in the window
 * there is no reach and no engagement to compare.
 */
function comparedValue(
  facts: IndexFacts,
  component: PercentileComponent,
  network: MeasuredNetwork,
): number | null {
  if (facts.posts === 0 && component !== 'growth') {
    return null;
  }
  return facts.networks[network]?.[component] ?? null;
}
