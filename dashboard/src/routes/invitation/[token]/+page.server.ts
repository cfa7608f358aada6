import { acceptInvitation, readInvitation } from '#accounts/invitations.ts';
import { accountAction } from '#lib/server/account-actions.ts';
import { beginFirstSession } from '#lib/server/begin-session.ts';
import { whileWorking } from '#lib/server/one-time-link.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params: { token } }) => {
  const { accounts } = useServices();
  return { invitation: await whileWorking(() => readInvitation(accounts, token)) };
};

export const actions: Actions = {
  default: async (event) =>
    await accountAction(event, 'default', async (sent) => {
      const [name, password] = [sent('name'), sent('password')];
      const entered = { name, password };
      const { accounts } = useServices();
      const address = event.getClientAddress();
      const email = await acceptInvitation(accounts, event.params.token, entered, address);
      return await beginFirstSession(event, { email, password });
    }),
};
