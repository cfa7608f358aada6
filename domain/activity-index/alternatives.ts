import { forEachRank } from '../percentile.ts';
import { ascendingOrder } from '../ranked-order.ts';
import { valuesOf } from '../sorted.ts';
import { components as componentNames } from './facts.ts';
import type { Components, ScoredOrganisation } from './facts.ts';
import { findPlaces } from './places.ts';

/** Other ways to rank, beside which the index's places stand (sensitivity). */
export const alternativeFormulas = ['rank_sum', 'frequency', 'engagement'] as const;

export interface AlternativePlace {
  formula: (typeof alternativeFormulas)[number];
  place: number;
}

/**
 * The places of each of a league under the alternative formulas; without those a formula knows nothing of, and none for
 * those outside.
 */
export function findAlternativePlaces(league: readonly ScoredOrganisation[]): AlternativePlace[][] {
  const placed = alternativeFormulas.map((formula) => {
    const values =
      formula === 'rank_sum' ? meanRanks(league) : valuesOf(league, (one) => knownOf(one, formula));
    return { formula, places: findPlaces(values, (index) => league[index]?.zero === true).place };
  });
  return league.map((_, index) =>
    placed
      .filter(({ places }) => places[index] !== 0)
      .map(({ formula, places }) => ({ formula, place: places[index] ?? 0 })),
  );
}

/**
 * The mean rank over the known components, every component alike (as a percentile, so that the best is the highest):
 * where all are known it orders as the sum of ranks does.
 */
function meanRanks(league: readonly ScoredOrganisation[]): Float64Array {
  const sums = new Float64Array(league.length);
  const known = new Uint8Array(league.length);
  for (const component of componentNames) {
    const values = valuesOf(league, (one) => knownOf(one, component));
    forEachRank(values, ascendingOrder(values), (index, percentile) => {
      sums[index] = (sums[index] ?? 0) + percentile;
      known[index] = (known[index] ?? 0) + 1;
    });
  }
  return valuesOf(league, (_, index) => {
    const [sum, parts] = [sums[index] ?? 0, known[index] ?? 0];
    return parts === 0 ? null : Number((sum / parts).toFixed(6));
  });
}

/** A component of those with a place. */
function knownOf({ place, components }: ScoredOrganisation, component: keyof Components): number | null {
  return place === null ? null : components[component];
}
