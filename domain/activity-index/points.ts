import { components } from './facts.ts';
import type { Components, Weights } from './facts.ts';

/** The share of each component in the index; unknown ones bring nothing, their weight goes to the others. */
export function pointsOf(values: Components, weights: Weights): Components {
  const known = components.filter((component) => values[component] !== null);
  const weight = known.reduce((sum, component) => sum + weights[component], 0);
  const points = (component: keyof Components) =>
    values[component] === null || weight === 0 ? null : (values[component] * weights[component]) / weight;
  return {
    frequency: points('frequency'),
    regularity: points('regularity'),
    reach: points('reach'),
    engagement: points('engagement'),
    growth: points('growth'),
  };
}
