import { useServices } from '#lib/server/services.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = ({ locals }) => {
  const { settings, collection } = useServices();
  const progress = collection.progress();
  return {
    zone: settings.zone,
    vkConfigured: settings.vkConfigured,
    demo: settings.demo,
    theme: locals.preferences.theme,
    collecting: progress && { done: progress.done, total: progress.total },
  };
};
