import { defaultWeights, formulaVersion } from '#domain/activity-index.ts';
import { formulaVersions } from '#domain/formula-versions.ts';
import { measureDefinitions } from '#domain/measure-definitions.ts';
import { useServices } from './services.ts';

/** What the methodology shows: the very definitions and weights that the program counts by. */
export function methodology() {
  const { analytics } = useServices();
  return {
    definitions: measureDefinitions,
    formulaVersion,
    versions: formulaVersions,
    weights: analytics.weights ?? defaultWeights,
    now: analytics.clock.now(),
  };
}
