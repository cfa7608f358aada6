import { redirect } from '@sveltejs/kit';
import { AccountRefused } from '#accounts/problems.ts';
import { accountAction } from '#lib/server/account-actions.ts';
import { placeAfterLogin } from '#lib/server/begin-session.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.reader.account) redirect(303, placeAfterLogin(url));
};

export const actions: Actions = {
  default: async (event) =>
    await accountAction(event, 'default', async (sent) => {
      const code = sent('code').trim();
      if (code === '') throw new AccountRefused('code_missing');
      const { twoFactor } = useServices().accounts;
      event.locals.cookies.push(...(await twoFactor.finishLogin(event.request.headers, code)));
      redirect(303, placeAfterLogin(event.url));
    }),
};
