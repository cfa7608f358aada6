import { useServices } from '#lib/server/services.ts';
import { silentActions } from '#lib/server/silent-actions.ts';
import { silentAt } from '#lib/server/silent-screen.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals }) =>
  await silentAt(useServices(), locals.reader, url);

export const actions: Actions = silentActions;
