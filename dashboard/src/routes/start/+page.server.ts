import { pagesWithoutKey } from '#domain/networks/without-key.ts';
import { loadCoverage, listOrganisations } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';
import { startSteps } from '#lib/start-steps.ts';
import type { PageServerLoad } from './$types.js';

/** Enough to say how many organisations there are in a federation; more are said as this many. */
const counted = 1000;

export const load: PageServerLoad = async ({ locals }) => {
  const { analytics, settings, collection } = useServices();
  const [organisations, coverage] = await Promise.all([
    listOrganisations(analytics, { limit: counted }),
    loadCoverage(analytics),
  ]);
  const registered = organisations.data.length;
  const withoutKey = pagesWithoutKey(coverage.registered, settings.networksWithoutKey);
  return {
    organisations: registered,
    steps: startSteps({
      organisations: registered,
      coverage,
      networksWithoutKey: settings.networksWithoutKey,
      withoutKey,
    }),
    withoutKey,
    telegram: settings.telegram,
    managesPersonalData: locals.reader.may('personal_data.manage'),
    coverage,
    next: collection.next(),
    now: analytics.clock.now(),
  };
};
