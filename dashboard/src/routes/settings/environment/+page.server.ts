import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ locals }) => {
  const { locale } = locals.preferences;
  return {
    environment: useServices().environment.map(({ meaning, ...setting }) => ({
      ...setting,
      meaning: meaning[locale],
    })),
  };
};
