import { percentileRanks } from '../percentile.ts';
import { knownAscending } from '../sorted.ts';
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
    for (const network of measuredNetworks) {
      const values = ranked.map((one) => comparedValue(one, component, network));
      const ascending = knownAscending(values);
      sorted[component][network] = ascending;
      const ranks = percentileRanks(values, ascending);
      parts.forEach((own, index) => {
        const [rank, value] = [ranks[index] ?? null, values[index] ?? null];
        if (rank !== null && value !== null) {
          const { percentile, below, others } = rank;
          own[component].push({ network, value, percentile, below, others });
        }
      });
    }
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
