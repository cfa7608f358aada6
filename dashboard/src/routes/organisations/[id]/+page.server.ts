import { id } from '#lib/search-parameters.ts';
import { organisationActions } from '#lib/server/organisation-actions.ts';
import { organisationScreen } from '#lib/server/organisation-screen.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params, url, locals: { reader, preferences } }) =>
  await organisationScreen(useServices(), reader, {
    id: id.read(params.id),
    url,
    locale: preferences.locale,
  });

export const actions: Actions = organisationActions;
