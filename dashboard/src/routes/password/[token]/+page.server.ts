import { redirect } from '@sveltejs/kit';
import { workingLink } from '#accounts/links.ts';
import { resetPassword } from '#accounts/password-reset.ts';
import { accountAction } from '#lib/server/account-actions.ts';
import { isWorking } from '#lib/server/one-time-link.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params: { token } }) => {
  const { accounts } = useServices();
  return { isWorking: await isWorking(() => workingLink(accounts, 'reset', token)) };
};

export const actions: Actions = {
  default: async (event) =>
    await accountAction(event, 'default', async (sent) => {
      const { accounts } = useServices();
      await resetPassword(accounts, event.params.token, sent('password'), event.getClientAddress());
      redirect(303, '/login?set');
    }),
};
