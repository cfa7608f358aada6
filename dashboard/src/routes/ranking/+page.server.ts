import { redirect } from '@sveltejs/kit';
import { hasFilters } from '#lib/filters.ts';
import { rankingScreen } from '#lib/server/ranking-screen.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals: { reader } }) => {
  const screen = await rankingScreen(useServices(), reader, url);
  if (screen.isEmpty && !hasFilters(screen.filters) && reader.may('setup.read')) redirect(307, '/start');
  return screen;
};
