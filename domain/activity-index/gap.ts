import { percentileOf } from '../percentile.ts';
import { countBelow, countUpTo, knownAscending } from '../sorted.ts';
import { measuredNetworks } from '../vocabulary.ts';
import type { MeasuredNetwork } from '../vocabulary.ts';
import { components, percentileComponents } from './facts.ts';
import type { Component, PercentileComponent, ScoredOrganisation, Weights } from './facts.ts';
import { comparedValue } from './parts.ts';

/** What is missing to the next better place. */
export interface Gap {
  place: number;
  /** Points of the index between, at least 0. */
  points: number;
  /** Single changes each of which would be enough, everything else being equal. */
  steps: GapStep[];
}

/**
 * A single change that would reach the next better place: the value needed, in the unit of its component (counted posts
 * a week; share of weeks at the norm; ERR, ER by view or growth as fractions).
 */
export interface GapStep {
  component: Component;
  network: MeasuredNetwork | null;
  value: number;
}

/** The gaps to the next better place of a league, by organisation; none for the first and for those outside. */
export function gapsOf(league: readonly ScoredOrganisation[], weights: Weights): Map<number, Gap> {
  const byPlace = league
    .filter(({ place }) => place !== null)
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
  const values = sortedValues(league);
  const gaps = new Map<number, Gap>();
  let better: ScoredOrganisation | null = null;
  byPlace.forEach((own, index) => {
    const before = byPlace[index - 1];
    better = before !== undefined && before.place !== own.place ? before : better;
    if (better?.place != null && better.value !== null && own.value !== null && own.raw !== null) {
      const missing = Math.max(0, better.value - own.raw);
      const points = Math.max(0, Math.round((better.value - own.value) * 10) / 10);
      gaps.set(own.facts.organisationId, {
        place: better.place,
        points,
        steps: stepsFor(own, missing, values, weights),
      });
    }
  });
  return gaps;
}

type SortedValues = Record<PercentileComponent, Partial<Record<MeasuredNetwork, ArrayLike<number>>>>;

function sortedValues(league: readonly ScoredOrganisation[]): SortedValues {
  const values: SortedValues = { reach: {}, engagement: {}, growth: {} };
  for (const component of percentileComponents) {
    for (const network of measuredNetworks) {
      values[component][network] = knownAscending(
        league.map(({ facts }) => comparedValue(facts, component, network)),
      );
    }
  }
  return values;
}

/**
 * The changes that bring as many points of the index; those that no value can bring are left out. None for a known zero:
 * its first posts would bring a reach and an engagement that nobody knows yet, and move the others' percentiles.
 */
function stepsFor(
  own: ScoredOrganisation,
  missing: number,
  values: SortedValues,
  weights: Weights,
): GapStep[] {
  if (own.zero) {
    return [];
  }
  const steps: GapStep[] = [];
  const { counted } = own.facts;
  const frequency = valueNeeded(own, 'frequency', missing, weights);
  if (frequency !== null) {
    steps.push({ component: 'frequency', network: null, value: (frequency / 100) * counted.norm });
  }
  const regularity = valueNeeded(own, 'regularity', missing, weights);
  if (regularity !== null && counted.weeks > 0) {
    const weeks = Math.ceil((regularity / 100) * counted.weeks - 1e-9);
    steps.push({ component: 'regularity', network: null, value: weeks / counted.weeks });
  }
  for (const component of percentileComponents) {
    const wanted = valueNeeded(own, component, missing, weights);
    const parts = own.parts[component];
    for (const part of wanted === null ? [] : parts) {
      const percentile = part.percentile + ((wanted ?? 0) - (own.components[component] ?? 0)) * parts.length;
      if (percentile <= 100 + 1e-9) {
        const value = valueForPercentile(percentile, values[component][part.network] ?? [], part.value);
        steps.push({ component, network: part.network, value });
      }
    }
  }
  return steps;
}

/** What a component (0-100) would have to be to bring the missing points of the index; `null` when it cannot. */
function valueNeeded(
  own: ScoredOrganisation,
  component: Component,
  missing: number,
  weights: Weights,
): number | null {
  const value = own.components[component];
  if (value === null || weights[component] === 0) {
    return null;
  }
  const known = components.filter((name) => own.components[name] !== null);
  const weight = known.reduce((sum, name) => sum + weights[name], 0);
  const wanted = value + (missing * weight) / weights[component];
  return wanted > 100 + 1e-9 ? null : Math.min(100, wanted);
}

/**
 * The smallest value whose percentile rank among the others is high enough: one of theirs, or just above one (by a
 * thousandth, or half way to the next). `sorted` are the values of all, the own one included; at least two.
 */
function valueForPercentile(percentile: number, sorted: ArrayLike<number>, ownValue: number): number {
  const ownIndex = countBelow(sorted, ownValue);
  const count = sorted.length - 1;
  const other = (index: number) => sorted[index < ownIndex ? index : index + 1] ?? Infinity;
  const reached = Math.min(count - 1, Math.max(0, Math.ceil((percentile * count) / 100 - 1e-9) - 1));
  const value = other(reached);
  const first = countBelow(sorted, value) - (ownValue < value ? 1 : 0);
  const end = countUpTo(sorted, value) - (ownValue <= value ? 1 : 0);
  if (percentileOf(first, end - first, count) >= percentile - 1e-9) {
    return value;
  }
  const next = end < count ? other(end) : Infinity;
  return value + Math.min((next - value) / 2, Math.max(Math.abs(value) / 1000, 1e-6));
}
