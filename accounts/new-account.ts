import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { revokeInvitationsOf } from '#schema/operations/one-time-links.ts';
import { addRoleGrant } from '#schema/operations/role-grants.ts';
import { addUser, EmailTaken } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount } from './actor.ts';
import { readEmail, readName, type EnteredAccount } from './entered.ts';
import type { GrantableRole } from './permissions.ts';
import { AccountRefused } from './problems.ts';
import { personOfNewAccount } from './whose.ts';

/** Whose account is made, and by whom. */
export interface AddedAccount {
  role: GrantableRole;
  /** Where the role holds; the whole federation when not said. */
  organisationId?: number | null;
  /** The person of the register whose account it is to be; without one they are looked for, or made. */
  personId?: number | null;
  by: string;
  /** From where, over HTTP. */
  address?: string | undefined;
  /** What is done first in the same transaction. */
  first?(inside: Operations, now: Date): Promise<void>;
}

/** Makes an account with a role. Rejects with `AccountRefused`. Returns the user's id. */
export async function addAccount(
  accounts: Accounts,
  entered: EnteredAccount,
  { role, organisationId = null, personId: chosen = null, by, address, first }: AddedAccount,
): Promise<string> {
  const { operations, clock } = accounts;
  const name = readName(entered.name);
  const email = readEmail(entered.email);
  const passwordHash = await accounts.hashPassword(entered.password, [name, email]);
  const now = clock.now();
  try {
    return await editInTurn(operations, async (inside) => {
      await first?.(inside, now);
      const personId = await personOfNewAccount(inside, { name, email, chosen });
      const userId = await addUser(inside, { name, email, passwordHash, personId, now });
      // Whoever has an account needs no other link to one: what is taken away from them does not come back by it.
      await revokeInvitationsOf(inside, { email }, now);
      await addRoleGrant(inside, {
        userId,
        role,
        organisationId,
        grantedAt: now,
        grantedBy: by,
        endsAt: null,
      });
      await journalAccount(inside, now, {
        who: by,
        address,
        what: 'account.added',
        userId,
        after: { role, organisationId, personId },
      });
      return userId;
    });
  } catch (error) {
    throw error instanceof EmailTaken ? new AccountRefused('email_taken') : error;
  }
}
