import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { erasePerson } from '#register/personal-data/erase-person.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { revokeInvitationsOf } from '#schema/operations/one-time-links.ts';
import { listRolesOf } from '#schema/operations/people.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { eraseUser, getUser } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount, type AccountActor } from './actor.ts';
import { mayGrant, type Role } from './permissions.ts';
import { AccountRefused } from './problems.ts';
import { removeAccount } from './roles.ts';

/** Throws `AccountRefused` when an account is none, was erased, or has or had roles that this person could not give. */
export async function mayHandle(
  { operations }: Pick<Accounts, 'operations'>,
  userId: string,
  { roles }: Pick<AccountActor, 'roles'>,
): Promise<void> {
  const user = await getUser(operations, userId);
  if (!user || user.email === '') throw new AccountRefused('no_such_account');
  const grants = await listRoleGrants(operations, { userId });
  if (!grants.every(({ role }) => mayGrant(roles, role as Role))) throw new AccountRefused('role_forbidden');
}

/**
 * Erases an account, whole or not at all: it is taken away when it was not, its name and address are gone, and so are its login
 * and the addresses it came from in the journal, whose chain stays whole. A person who is in the register for this account alone
 * is erased with it. Rejects with `AccountRefused`, also for one's own
 * account and that of the last administrator.
 */
export async function eraseAccount(
  accounts: Accounts,
  userId: string,
  { userId: ownId, ...actor }: AccountActor & { userId: string },
): Promise<void> {
  if (userId === ownId) throw new AccountRefused('own_account');
  const now = accounts.clock.now();
  await accounts.forgetTries((await getUser(accounts.operations, userId))?.email ?? '');
  await editInTurn(accounts.operations, async (inside) => {
    await mayHandle({ operations: inside }, userId, actor);
    const user = await getUser(inside, userId);
    if (!user) throw new AccountRefused('no_such_account');
    if (user.removedAt === null) await removeAccount({ ...accounts, operations: inside }, userId, actor);
    await revokeInvitationsOf(inside, { email: user.email }, now);
    const subject = `account:${userId}`;
    const by = { at: now, who: actor.who, address: actor.address ?? '' };
    await eraseFromJournal(inside, { personId: null, subject, texts: [user.email], by });
    await eraseUser(inside, userId);
    const { personId } = user;
    // Whom the register has for this account alone.
    if (personId !== null && (await listRolesOf(inside, personId)).length === 0)
      await erasePerson(inside, personId, { ...by, reason: 'request' });
    await journalAccount(inside, now, { ...actor, what: 'account.erased', userId, after: null });
  });
}
