import { addOneTimeLink, revokeOneTimeLinks, takeOneTimeLink } from '#schema/operations/one-time-links.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { endSessions } from '#schema/operations/sessions.ts';
import { dropTwoFactor, getUser, setPasswordHash } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount, type AccountActor } from './actor.ts';
import { linkLasts, workingLink } from './links.ts';
import { AccountRefused } from './problems.ts';
import type { Role } from './permissions.ts';
import { mayChange, mayStillGrant } from './roles.ts';

/** Makes a link by which a user sets a password anew; earlier ones work no more. Returns its token. */
export async function makeReset(accounts: Accounts, userId: string, actor: AccountActor): Promise<string> {
  const { operations, clock } = accounts;
  await mayChange(accounts, userId, actor);
  const now = clock.now();
  return await operations.transaction(async (inside) => {
    await revokeOneTimeLinks(inside, 'reset', now, { userId });
    const { token } = await addOneTimeLink(inside, {
      kind: 'reset',
      userId,
      payload: null,
      createdBy: actor.who,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkLasts.reset),
    });
    await journalAccount(inside, now, { ...actor, what: 'account.reset_made', userId, after: null });
    return token;
  });
}

/** Sets a password anew, takes the second factor away, and ends all sessions; returns the e-mail address. Rejects with `AccountRefused`. */
export async function resetPassword(
  accounts: Accounts,
  token: string,
  password: string,
  address?: string,
): Promise<string> {
  const { operations, clock } = accounts;
  const link = await workingLink(accounts, 'reset', token);
  const user = link.userId === null ? null : await getUser(operations, link.userId);
  if (!user || user.removedAt) throw new AccountRefused('link_ended');
  const hash = await accounts.hashPassword(password, [user.name, user.email]);
  const now = clock.now();
  await operations.transaction(async (inside) => {
    const held = (await listRoleGrants(inside, { userId: user.id, at: now })).map(({ role }) => role as Role);
    const isGiven = await mayStillGrant(inside, link.createdBy, held, now);
    if (!isGiven || !(await takeOneTimeLink(inside, link.id, now))) throw new AccountRefused('link_ended');
    await setPasswordHash(inside, user.id, hash, now);
    // Who has lost the telephone gets such a link as well.
    await dropTwoFactor(inside, user.id);
    await endSessions(inside, user.id);
    await journalAccount(inside, now, {
      who: user.email,
      address,
      what: 'account.password_reset',
      userId: user.id,
      after: null,
    });
  });
  // Who was locked out for tries comes in with the new password.
  await accounts.forgetTries(user.email);
  return user.email;
}
