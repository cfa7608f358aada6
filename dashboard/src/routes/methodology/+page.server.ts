import { defaultWeights, formulaVersion } from '../../../../domain/activity-index.ts';
import { measureDefinitions } from '../../../../domain/measure-definitions.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = () => {
  const { analytics } = useServices();
  return {
    definitions: measureDefinitions,
    formulaVersion,
    weights: analytics.weights ?? defaultWeights,
    now: analytics.clock.now(),
  };
};
