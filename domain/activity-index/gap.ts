import { percentileOf } from '../percentile.ts';
import { ascendingOrder } from '../ranked-order.ts';
import { runAround, valuesOf } from '../sorted.ts';
import type { MeasuredNetwork } from '../vocabulary.ts';
import { components, percentileComponents } from './facts.ts';
import type { Component, PercentilePart, ScoredOrganisation, Weights } from './facts.ts';
import type { SortedValues } from './parts.ts';

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

/**
 * The gap of each of a league to the next better place; `null` for the first and for those outside. `values` are those that
 * the percentile ranks of the league are among.
 */
export function findGaps(
  league: readonly ScoredOrganisation[],
  weights: Weights,
  values: SortedValues,
): (Gap | null)[] {
  const ahead = findPlaceAhead(league);
  return league.map((own, index) => {
    const better = league[ahead[index] ?? -1];
    if (better?.place == null || better.value === null || own.value === null || own.raw === null) return null;
    const missing = Math.max(0, better.value - own.raw);
    const points = Math.max(0, Math.round((better.value - own.value) * 10) / 10);
    // A copy has the length it needs: a list that was pushed to keeps room for more.
    return { place: better.place, points, steps: stepsFor(own, missing, values, weights).slice() };
  });
}

/** For each of a league the index of one at the next better place; -1 for the first and for those outside. */
function findPlaceAhead(league: readonly ScoredOrganisation[]): Int32Array {
  const places = Int32Array.from(league, ({ place }) => place ?? 0);
  // Those with a place, the first one first; equal ones in their order.
  const order = ascendingOrder(valuesOf(league, ({ place }) => place));
  const ahead = new Int32Array(league.length).fill(-1);
  let [better, before] = [-1, -1];
  for (const index of order) {
    if (before >= 0 && places[before] !== places[index]) better = before;
    ahead[index] = better;
    before = index;
  }
  return ahead;
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
        const value = valueForPercentile(percentile, values[component][part.network] ?? [], part);
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
  let weight = 0;
  for (const name of components) if (own.components[name] !== null) weight += weights[name];
  const wanted = value + (missing * weight) / weights[component];
  return wanted > 100 + 1e-9 ? null : Math.min(100, wanted);
}

/**
 * The smallest value whose percentile rank among the others is high enough: one of theirs, or just above one (by a
 * thousandth, or half way to the next). `sorted` are the values of all, the own one included; at least two.
 */
function valueForPercentile(percentile: number, sorted: ArrayLike<number>, own: PercentilePart): number {
  const count = sorted.length - 1;
  /** Where one of the others stands among all: the own value stands at `own.below`. */
  const indexOf = (index: number) => (index < own.below ? index : index + 1);
  const other = (index: number) => sorted[indexOf(index)] ?? Infinity;
  const reached = Math.min(count - 1, Math.max(0, Math.ceil((percentile * count) / 100 - 1e-9) - 1));
  const value = other(reached);
  const run = runAround(sorted, indexOf(reached));
  const first = run.first - (own.value < value ? 1 : 0);
  const end = run.end - (own.value <= value ? 1 : 0);
  if (percentileOf(first, end - first, count) >= percentile - 1e-9) {
    return value;
  }
  const next = end < count ? other(end) : Infinity;
  return value + Math.min((next - value) / 2, Math.max(Math.abs(value) / 1000, 1e-6));
}
