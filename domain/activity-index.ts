import { findAlternativePlaces } from './activity-index/alternatives.ts';
import type { AlternativePlace } from './activity-index/alternatives.ts';
import { components } from './activity-index/facts.ts';
import type {
  Components,
  IndexFacts,
  PercentilePart,
  PercentileParts,
  ScoredOrganisation,
  Weights,
} from './activity-index/facts.ts';
import { findGaps } from './activity-index/gap.ts';
import type { Gap } from './activity-index/gap.ts';
import { findParts, noParts } from './activity-index/parts.ts';
import { findPlaces } from './activity-index/places.ts';
import type { CountedPosts } from './counted-posts.ts';
import { valuesOf } from './sorted.ts';

export { components } from './activity-index/facts.ts';
export { pointsOf } from './activity-index/points.ts';
export type { AlternativePlace } from './activity-index/alternatives.ts';
export type { Components, IndexFacts, PercentilePart, Weights } from './activity-index/facts.ts';
export type { Gap, GapStep } from './activity-index/gap.ts';

/** The version of the definitions in `metrics.md` that this code counts by. What each version changed stands there, too. */
export const formulaVersion = 2;

/** The default weights; a federation may set its own. */
export const defaultWeights: Weights = {
  frequency: 30,
  regularity: 20,
  reach: 20,
  engagement: 20,
  growth: 10,
};

/** An organisation's index and place within its league, with everything that explains them. */
export interface IndexResult {
  organisationId: number;
  /** 0-100, rounded to 0.1; `null` for those outside the places. */
  index: number | null;
  components: Components;
  /** First and last of the places shared by a tie; `null` outside. */
  place: number | null;
  placeTo: number | null;
  /** How many of the league have a place. */
  placeOf: number;
  /** Known zero: no posts in the window. */
  zero: boolean;
  parts: PercentileParts;
  /** What is missing to the next better place; `null` for the first and for those outside. */
  gap: Gap | null;
  alternatives: AlternativePlace[];
}

/**
 * Ranks the organisations of one league by the activity index (`metrics.md`). The order of the
 * results is that of the facts. Components that are unknown are left out and the rest re-weighted.
 */
export function rankLeague(facts: readonly IndexFacts[], weights: Weights = defaultWeights): IndexResult[] {
  const ranked = facts.filter(takesPart);
  const { parts, sorted } = findParts(ranked);
  const scored = ranked.map((one, index): ScoredOrganisation => {
    const own = parts[index] ?? noParts();
    const values = componentsOf(one, own);
    const raw = weightedMean(values, weights);
    const value = raw === null ? null : roundedIndex(raw);
    const zero = one.posts === 0;
    return { facts: one, parts: own, components: values, zero, raw, value, place: null, placeTo: null };
  });
  const { place, placeTo } = findPlaces(
    valuesOf(scored, ({ value }) => value),
    (index) => scored[index]?.zero === true,
  );
  let placeOf = 0;
  for (const [index, one] of scored.entries()) {
    if (one.value === null) continue;
    one.place = place[index] ?? null;
    one.placeTo = placeTo[index] ?? null;
    placeOf += 1;
  }
  const gaps = findGaps(scored, weights, sorted);
  const alternatives = findAlternativePlaces(scored);
  let next = 0;
  return facts.map((one): IndexResult => {
    const index = next;
    const found = takesPart(one) ? scored[index] : undefined;
    if (!found) return outside(one, placeOf);
    next += 1;
    return {
      organisationId: one.organisationId,
      index: found.value,
      components: found.components,
      place: found.place,
      placeTo: found.placeTo,
      placeOf,
      zero: found.zero,
      parts: found.parts,
      gap: gaps[index] ?? null,
      alternatives: alternatives[index] ?? [],
    };
  });
}

/** Whether an organisation takes part in the ranks of its league. */
function takesPart({ stands, counted }: IndexFacts): boolean {
  return stands && counted.perWeek !== null;
}

/** Places gained (positive) or lost against the earlier place; `null` when there was none, or in another league. */
export function movementOf(
  now: { leagueId: string; place: number | null },
  before: { leagueId: string; place: number | null } | null,
): number | null {
  const comparable = before !== null && before.leagueId === now.leagueId;
  return comparable && now.place !== null && before.place !== null ? before.place - now.place : null;
}

/** The weighted mean of the known components, 0-100, not rounded; `null` without frequency or known weight. */
function weightedMean(values: Components, weights: Weights): number | null {
  let [sum, weight] = [0, 0];
  for (const component of components) {
    const value = values[component];
    if (value !== null) {
      sum += value * weights[component];
      weight += weights[component];
    }
  }
  return values.frequency === null || weight === 0 ? null : sum / weight;
}

/** The index as it is compared and shown: rounded to 0.1, a half up, whatever the last binary digit says. */
export function roundedIndex(raw: number): number {
  return Math.round(Number((raw * 10).toFixed(6))) / 10;
}

/** Frequency, 0-100: 100 x min(1, counted posts per week / norm). */
function frequencyComponent(counted: CountedPosts): number | null {
  return counted.perWeek === null ? null : 100 * Math.min(1, counted.perWeek / counted.norm);
}

function componentsOf(facts: IndexFacts, parts: PercentileParts): Components {
  const { counted } = facts;
  const growth = meanPercentile(parts.growth);
  if (facts.posts === 0) {
    return { frequency: 0, regularity: 0, reach: 0, engagement: 0, growth };
  }
  return {
    frequency: frequencyComponent(counted),
    regularity: counted.weeks === 0 ? null : (100 * counted.weeksAtNorm) / counted.weeks,
    reach: meanPercentile(parts.reach),
    engagement: meanPercentile(parts.engagement),
    growth,
  };
}

function meanPercentile(parts: readonly PercentilePart[]): number | null {
  return parts.length === 0
    ? null
    : parts.reduce((sum, { percentile }) => sum + percentile, 0) / parts.length;
}

function outside(facts: IndexFacts, placeOf: number): IndexResult {
  return {
    organisationId: facts.organisationId,
    index: null,
    components: { frequency: null, regularity: null, reach: null, engagement: null, growth: null },
    place: null,
    placeTo: null,
    placeOf,
    zero: false,
    parts: noParts(),
    gap: null,
    alternatives: [],
  };
}
