import { eraseAccount } from '#accounts/erase-account.ts';
import { AccountRefused } from '#accounts/problems.ts';
import { overwriteErased } from '#schema/operations/overwrite-erased.ts';
import { erasePerson } from '#register/personal-data/erase-person.ts';
import { managingActions } from '#lib/server/account-actions.ts';
import { useServices } from '#lib/server/services.ts';
import { confirmationOf, isConfirmed, readStored } from '#lib/server/stored-data.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params, locals }) => {
  const read = await readStored(params.id, locals.reader);
  return {
    address: params.id,
    read,
    confirmation: confirmationOf(read),
    isOwn: read.kind === 'account' && read.id === locals.reader.account?.user.id,
    now: useServices().accounts.clock.now(),
  };
};

const action = managingActions('/settings/personal-data', 'personal_data.manage');

export const actions: Actions = {
  erase: (event) =>
    action('erase', async (sent, actor) => {
      const { accounts, operations, registerChanged } = useServices();
      const read = await readStored(event.params.id, event.locals.reader);
      if (!isConfirmed(sent('confirm'), confirmationOf(read))) throw new AccountRefused('confirmation_wrong');
      const by = { who: actor.who, address: actor.address, at: accounts.clock.now() };
      if (read.kind === 'person') await erasePerson(operations, read.id, { ...by, reason: 'request' });
      else await eraseAccount(accounts, read.id, actor);
      await overwriteErased(operations);
      await registerChanged();
      return 'erased';
    })(event),
};
