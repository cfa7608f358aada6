import { redirect } from '@sveltejs/kit';
import { overviewActions } from '#lib/server/overview-actions.ts';
import { overviewAt } from '#lib/server/overview-screen.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals: { reader, preferences } }) => {
  const screen = await overviewAt(useServices(), reader, { url, locale: preferences.locale });
  if (screen.view.organisations === 0 && reader.may('setup.read')) redirect(307, '/start');
  return screen;
};

export const actions: Actions = overviewActions;
