import { refuseWrongDays } from '#lib/server/periods.ts';
import { silentActions } from '#lib/server/silent-actions.ts';
import { silentScreen } from '#lib/server/silent-screen.ts';
import { readSilentFilters } from '#lib/silent-filters.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals }) => {
  refuseWrongDays(url);
  return await silentScreen(useServices(), locals.reader, readSilentFilters(url.searchParams));
};

export const actions: Actions = silentActions;
