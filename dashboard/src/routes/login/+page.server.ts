import { redirect } from '@sveltejs/kit';
import { accountAction } from '#lib/server/account-actions.ts';
import { beginSession, placeAfterLogin } from '#lib/server/begin-session.ts';
import { isClaimed } from '#lib/server/read-reader.ts';
import { unsentPath } from '#lib/server/unsent-form.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.reader.account) redirect(303, placeAfterLogin(url));
  const services = useServices();
  // Nobody signs in to a demo: it is open.
  if (services.settings.demo) redirect(303, '/');
  if (!(await isClaimed(services))) redirect(303, '/claim');
  return {
    isPasswordSet: url.searchParams.has('set'),
    hasUnsent: url.searchParams.get('to') === unsentPath,
  };
};

export const actions: Actions = {
  default: async (event) =>
    await accountAction(event, 'default', async (sent) => {
      const to = placeAfterLogin(event.url);
      return await beginSession(event, { email: sent('email'), password: sent('password'), to });
    }),
};
