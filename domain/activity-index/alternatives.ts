import { percentileRanks } from '../percentile.ts';
import { components as componentNames } from './facts.ts';
import type { ScoredOrganisation } from './facts.ts';
import { placesOf } from './places.ts';

/** Other ways to rank, beside which the index's places stand (sensitivity). */
export const alternativeFormulas = ['rank_sum', 'frequency', 'engagement'] as const;

export interface AlternativePlace {
  formula: (typeof alternativeFormulas)[number];
  place: number;
}

/** The places of a league under the alternative formulas, by organisation; without those a formula knows nothing of. */
export function alternativePlaces(standings: readonly ScoredOrganisation[]): Map<number, AlternativePlace[]> {
  const placed = standings.filter(({ place }) => place !== null);
  const found = new Map<number, AlternativePlace[]>(placed.map(({ facts }) => [facts.organisationId, []]));
  for (const formula of alternativeFormulas) {
    const values =
      formula === 'rank_sum' ? meanRanks(placed) : placed.map(({ components }) => components[formula]);
    const valued = placed.map(({ zero }, index) => ({ zero, value: values[index] ?? null }));
    placesOf(valued).forEach(({ place }, index) => {
      const id = placed[index]?.facts.organisationId;
      if (place !== null && id !== undefined) found.get(id)?.push({ formula, place });
    });
  }
  return found;
}

/**
 * The mean rank over the known components, every component alike (as a percentile, so that the best is the highest):
 * where all are known it orders as the sum of ranks does.
 */
function meanRanks(placed: readonly ScoredOrganisation[]): (number | null)[] {
  const sums = placed.map(() => ({ sum: 0, known: 0 }));
  for (const component of componentNames) {
    percentileRanks(placed.map(({ components }) => components[component])).forEach((rank, index) => {
      const own = sums[index];
      if (rank !== null && own !== undefined) {
        own.sum += rank.percentile;
        own.known += 1;
      }
    });
  }
  return sums.map(({ sum, known }) => (known === 0 ? null : Number((sum / known).toFixed(6))));
}
