import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { revokeOneTimeLinks } from '#schema/operations/one-time-links.ts';
import { addRoleGrant, endRoleGrant, listRoleGrants } from '#schema/operations/role-grants.ts';
import { endSessions } from '#schema/operations/sessions.ts';
import { getUser, removeUser } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount, type AccountActor } from './actor.ts';
import { revokeApiTokensOf } from './api-tokens.ts';
import { readRole } from './entered.ts';
import { mayGrant, type Role } from './permissions.ts';
import { AccountRefused } from './problems.ts';

/** The users who are administrators at an instant. */
export async function administrators(operations: Operations, at: Date): Promise<Set<string>> {
  const grants = await listRoleGrants(operations, { at });
  return new Set(grants.filter(({ role }) => role === 'administrator').map(({ userId }) => userId));
}

/** Gives a user a role, to an instant or without an end. Rejects with `AccountRefused`. */
export async function grantRole(
  accounts: Accounts,
  { userId, role: entered, endsAt }: { userId: string; role: string; endsAt: Date | null },
  actor: AccountActor,
): Promise<void> {
  const { operations, clock } = accounts;
  const role = readRole(entered);
  if (!mayGrant(actor.roles, role)) throw new AccountRefused('role_forbidden');
  await mayChange(accounts, userId, actor);
  const now = clock.now();
  await operations.transaction(async (inside) => {
    const held = await listRoleGrants(inside, { userId, at: now });
    if (held.some((grant) => grant.role === role && grant.endsAt === null)) return;
    const grant = { userId, role, organisationId: null, grantedAt: now, grantedBy: actor.who, endsAt };
    await addRoleGrant(inside, grant);
    await journalAccount(inside, now, {
      who: actor.who,
      address: actor.address,
      what: 'account.role_granted',
      userId,
      after: { role },
    });
  });
}

/** Takes a role away at once. The last administrator keeps theirs. Rejects with `AccountRefused`. */
export async function endRole(accounts: Accounts, grantId: number, actor: AccountActor): Promise<void> {
  const { operations, clock } = accounts;
  const now = clock.now();
  await editInTurn(operations, async (inside) => {
    const grant = (await listRoleGrants(inside, { at: now })).find(({ id }) => id === grantId);
    if (!grant) throw new AccountRefused('no_such_account');
    if (!mayGrant(actor.roles, grant.role as Role)) throw new AccountRefused('role_forbidden');
    await endRoleGrant(inside, grantId, now);
    await leaveAnAdministrator(inside, now);
    const { userId, role } = grant;
    await journalAccount(inside, now, {
      who: actor.who,
      address: actor.address,
      what: 'account.role_ended',
      userId,
      after: { role },
    });
  });
}

/** Takes an account away: sessions, password and the tokens it made are gone at once. Rejects with `AccountRefused`. */
export async function removeAccount(accounts: Accounts, userId: string, actor: AccountActor): Promise<void> {
  const { operations, clock } = accounts;
  await mayChange(accounts, userId, actor);
  const now = clock.now();
  await editInTurn(operations, async (inside) => {
    for (const { id } of await listRoleGrants(inside, { userId, at: now }))
      await endRoleGrant(inside, id, now);
    await removeUser(inside, userId, now);
    await leaveAnAdministrator(inside, now);
    await revokeOneTimeLinks(inside, 'reset', now, { userId });
    await revokeApiTokensOf(inside, userId, actor, now);
    await journalAccount(inside, now, { ...actor, what: 'account.removed', userId, after: null });
  });
}

/** Ends all sessions of a user. Rejects with `AccountRefused`. */
export async function signOutEverywhere(
  accounts: Accounts,
  userId: string,
  actor: AccountActor,
): Promise<void> {
  const { operations, clock } = accounts;
  await mayChange(accounts, userId, actor);
  await operations.transaction(async (inside) => {
    await endSessions(inside, userId);
    await journalAccount(inside, clock.now(), {
      who: actor.who,
      address: actor.address,
      what: 'account.signed_out',
      userId,
      after: null,
    });
  });
}

/** Rejects with `AccountRefused` when the account is none, or one that this person may not change. */
export async function mayChange(
  { operations, clock }: Accounts,
  userId: string,
  actor: AccountActor,
): Promise<void> {
  const user = await getUser(operations, userId);
  if (!user || user.removedAt) throw new AccountRefused('no_such_account');
  const held = await listRoleGrants(operations, { userId, at: clock.now() });
  if (!held.every(({ role }) => mayGrant(actor.roles, role as Role)))
    throw new AccountRefused('role_forbidden');
}

async function leaveAnAdministrator(inside: Operations, now: Date): Promise<void> {
  if ((await administrators(inside, now)).size === 0) throw new AccountRefused('last_administrator');
}
