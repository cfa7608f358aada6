import { redirect } from '@sveltejs/kit';
import { wholeNumber } from '#lib/search-parameters.ts';
import { withCauseText } from '#lib/server/causes.ts';
import { readEditAddress } from '#lib/edit-address.ts';
import { overviewActions } from '#lib/server/overview-actions.ts';
import { overviewScreen } from '#lib/server/overview-screen.ts';
import { refuseWrongDays } from '#lib/server/periods.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How many of the newest posts are listed at first, and at most. */
const [newest, most] = [8, 200];

export const load: PageServerLoad = async ({ url, locals }) => {
  refuseWrongDays(url);
  const posts = Math.min(wholeNumber(1).read(url.searchParams.get('posts')) ?? newest, most);
  const screen = await overviewScreen(useServices(), locals.reader, {
    posts,
    edits: readEditAddress(url.searchParams),
  });
  if (screen.view.organisations === 0 && locals.reader.may('setup.read')) redirect(307, '/start');
  const view = withCauseText(screen.view, locals.preferences.locale);
  return { ...screen, view, posts, morePosts: Math.min(posts + 24, most) };
};

export const actions: Actions = overviewActions;
