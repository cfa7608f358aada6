import { defaultNorms } from '#domain/norms.ts';
import { useServices } from '#lib/server/services.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = ({ locals }) => {
  const { settings, collection, analytics } = useServices();
  const progress = collection.progress();
  return {
    zone: settings.zone,
    norms: analytics.norms ?? defaultNorms,
    networksWithoutKey: settings.networksWithoutKey,
    demo: settings.demo,
    theme: locals.preferences.theme,
    collecting: progress && { done: progress.done, total: progress.total },
  };
};
