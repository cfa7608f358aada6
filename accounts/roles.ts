import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { revokeInvitationsOf, revokeOneTimeLinks } from '#schema/operations/one-time-links.ts';
import { endWithoutPart } from '#schema/operations/people.ts';
import { addRoleGrant, endRoleGrant, listRoleGrants } from '#schema/operations/role-grants.ts';
import { endSessions } from '#schema/operations/sessions.ts';
import { findUser, getUser, removeUser } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount, machine, type AccountActor } from './actor.ts';
import { revokeApiTokensOf } from './api-tokens.ts';
import { readRole } from './entered.ts';
import { mayGrant, type Role } from './permissions.ts';
import { AccountRefused } from './problems.ts';
import { revokeShareLinksOf } from './share-links.ts';
import { readWhere } from './where.ts';

/** The users who are administrators at an instant. */
export async function administrators(operations: Operations, at: Date): Promise<Set<string>> {
  const grants = await listRoleGrants(operations, { at });
  return new Set(grants.filter(({ role }) => role === 'administrator').map(({ userId }) => userId));
}

/** A role that somebody is to get. */
export interface WantedRole {
  userId: string;
  role: string;
  /** Of which organisation, as it was entered; passed over for a role of the whole federation. */
  organisation?: string;
  endsAt: Date | null;
}

/** Gives a user a role, to an instant or without an end. Rejects with `AccountRefused`. */
export async function grantRole(
  accounts: Accounts,
  { userId, role: entered, organisation = '', endsAt }: WantedRole,
  actor: AccountActor,
): Promise<void> {
  const { operations, clock } = accounts;
  const role = readRole(entered);
  if (!mayGrant(actor.roles, role)) throw new AccountRefused('role_forbidden');
  await mayChange(accounts, userId, actor);
  const now = clock.now();
  await operations.transaction(async (inside) => {
    const held = await listRoleGrants(inside, { userId, at: now });
    const organisationId = await readWhere(inside, role, organisation);
    if (held.some((grant) => grant.role === role && grant.organisationId === organisationId))
      throw new AccountRefused('role_held');
    // Who could make a link for the account as it was may not be who could for what it becomes.
    await revokeOneTimeLinks(inside, 'reset', now, { userId });
    const grant = { userId, role, organisationId, grantedAt: now, grantedBy: actor.who, endsAt };
    await addRoleGrant(inside, grant);
    await journalAccount(inside, now, {
      who: actor.who,
      address: actor.address,
      what: 'account.role_granted',
      userId,
      after: { role, organisationId },
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
    const { userId, role, organisationId } = grant;
    await journalAccount(inside, now, {
      who: actor.who,
      address: actor.address,
      what: 'account.role_ended',
      userId,
      after: { role, organisationId },
    });
  });
}

/** Takes an account away: sessions, password, and the tokens and links it made are gone at once. Rejects with `AccountRefused`. */
export async function removeAccount(accounts: Accounts, userId: string, actor: AccountActor): Promise<void> {
  const { operations, clock } = accounts;
  await mayChange(accounts, userId, actor);
  const now = clock.now();
  await editInTurn(operations, async (inside) => {
    for (const { id } of await listRoleGrants(inside, { userId, at: now }))
      await endRoleGrant(inside, id, now);
    await removeUser(inside, userId, now);
    const { email = '', personId = null } = (await getUser(inside, userId)) ?? {};
    await revokeInvitationsOf(inside, { email }, now);
    if (personId !== null) await endWithoutPart(inside, personId, now);
    await leaveAnAdministrator(inside, now);
    await revokeOneTimeLinks(inside, 'reset', now, { userId });
    await revokeApiTokensOf(inside, userId, actor, now);
    await revokeShareLinksOf(inside, userId, actor, now);
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

/**
 * Whether whoever made a link may still give these roles: the command may, and so does an account that is there and has the
 * roles for it at this instant. `who` is what the link was made by.
 */
export async function mayStillGrant(
  operations: Operations,
  who: string,
  given: readonly Role[],
  at: Date,
): Promise<boolean> {
  if (who === machine.who) return true;
  const maker = await findUser(operations, who);
  if (!maker || maker.removedAt) return false;
  const own = (await listRoleGrants(operations, { userId: maker.id, at })).map(({ role }) => role as Role);
  return given.every((role) => mayGrant(own, role));
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

/** One whose role ends on a day is not enough: the instance would be nobody's then. */
async function leaveAnAdministrator(inside: Operations, now: Date): Promise<void> {
  const grants = await listRoleGrants(inside, { at: now });
  if (!grants.some(({ role, endsAt }) => role === 'administrator' && endsAt === null))
    throw new AccountRefused('last_administrator');
}
