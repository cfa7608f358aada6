import { addOneTimeLink, revokeOneTimeLinks, takeOneTimeLink } from '#schema/operations/one-time-links.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import type { Accounts } from './accounts.ts';
import { machine } from './actor.ts';
import type { EnteredAccount } from './entered.ts';
import { linkLasts, workingLink } from './links.ts';
import { addAccount } from './new-account.ts';
import { AccountRefused } from './problems.ts';
import { administrators } from './roles.ts';

/** Whether somebody is an administrator at this moment: until then the instance is unclaimed. */
export async function hasAdministrator({ operations, clock }: Accounts): Promise<boolean> {
  return (await administrators(operations, clock.now())).size > 0;
}

/** Whether somebody has ever been an administrator: from then on nobody is inside without signing in. */
export async function wasClaimed({ operations }: Pick<Accounts, 'operations'>): Promise<boolean> {
  return (await listRoleGrants(operations)).some(({ role }) => role === 'administrator');
}

/** Makes the link with which the first administrator is made, and lets older ones work no more. Returns its token. */
export async function makeClaim({ operations, clock }: Accounts): Promise<string> {
  const now = clock.now();
  return await operations.transaction(async (inside) => {
    await revokeOneTimeLinks(inside, 'claim', now);
    const { token } = await addOneTimeLink(inside, {
      kind: 'claim',
      userId: null,
      payload: null,
      createdBy: machine.who,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkLasts.claim),
    });
    return token;
  });
}

/** Makes the first administrator. Of two who claim at once one is refused. Rejects with `AccountRefused`. */
export async function claimInstance(
  accounts: Accounts,
  token: string,
  entered: EnteredAccount,
  address?: string,
): Promise<void> {
  const link = await workingLink(accounts, 'claim', token);
  await addAccount(accounts, entered, {
    role: 'administrator',
    by: entered.email,
    address,
    first: async (inside, now) => {
      if ((await administrators(inside, now)).size > 0 || !(await takeOneTimeLink(inside, link.id, now)))
        throw new AccountRefused('link_ended');
    },
  });
}
