import { listOrganisations, listRuns } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

/** Enough to say how many organisations there are in a federation; more are said as this many. */
const counted = 1000;

export const load: PageServerLoad = async () => {
  const { analytics, settings, collection } = useServices();
  const [organisations, runs] = await Promise.all([
    listOrganisations(analytics, { limit: counted }),
    listRuns(analytics, { limit: 20 }),
  ]);
  const read = runs.data.find(({ pages, finished }) => pages > 0 && finished !== null);
  return {
    organisations: organisations.data.length,
    vkConfigured: settings.vkConfigured,
    telegram: settings.telegram,
    lastRun: read
      ? { finished: read.finished, pages: read.pages, read: read.outcomes.ok + read.outcomes.empty }
      : null,
    next: collection.next(),
    now: analytics.clock.now(),
  };
};
