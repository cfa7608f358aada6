import { claimInstance } from '#accounts/claim.ts';
import { workingLink } from '#accounts/links.ts';
import { accountAction } from '#lib/server/account-actions.ts';
import { beginFirstSession } from '#lib/server/begin-session.ts';
import { isWorking } from '#lib/server/one-time-link.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params: { token } }) => {
  const { accounts } = useServices();
  return { isWorking: await isWorking(() => workingLink(accounts, 'claim', token)) };
};

export const actions: Actions = {
  default: async (event) =>
    await accountAction(event, 'default', async (sent) => {
      const [name, email, password] = [sent('name'), sent('email'), sent('password')];
      const entered = { name, email, password };
      const { accounts } = useServices();
      await claimInstance(accounts, event.params.token, entered, event.getClientAddress());
      // What has to be done first is told there, also about personal data.
      return await beginFirstSession(event, { email, password, to: '/start' });
    }),
};
