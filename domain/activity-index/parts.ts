import { percentileRanks } from '../percentile.ts';
import { measuredNetworks } from '../vocabulary.ts';
import type { MeasuredNetwork } from '../vocabulary.ts';
import { percentileComponents } from './facts.ts';
import type { IndexFacts, PercentileComponent, PercentileParts } from './facts.ts';

/** No percentile parts at all. */
export function noParts(): PercentileParts {
  return { reach: [], engagement: [], growth: [] };
}

/** The percentile parts of each organisation of one league. */
export function findParts(ranked: readonly IndexFacts[]): PercentileParts[] {
  const parts = ranked.map(noParts);
  for (const component of percentileComponents) {
    for (const network of measuredNetworks) {
      const values = ranked.map((one) => comparedValue(one, component, network));
      const ranks = percentileRanks(values);
      parts.forEach((own, index) => {
        const [rank, value] = [ranks[index] ?? null, values[index] ?? null];
        if (rank !== null && value !== null) {
          const { percentile, below, others } = rank;
          own[component].push({ network, value, percentile, below, others });
        }
      });
    }
  }
  return parts;
}

/**
 * The value of an organisation that takes part in a percentile; `null` when it does not: without posts in the window
 * there is no reach and no engagement to compare.
 */
export function comparedValue(
  facts: IndexFacts,
  component: PercentileComponent,
  network: MeasuredNetwork,
): number | null {
  if (facts.posts === 0 && component !== 'growth') {
    return null;
  }
  return facts.networks[network]?.[component] ?? null;
}
