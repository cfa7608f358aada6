import { invite, openInvitations, revokeInvitation } from '#accounts/invitations.ts';
import { makeReset } from '#accounts/password-reset.ts';
import { grantableRoles, mayGrant, type Role } from '#accounts/permissions.ts';
import { endRole, grantRole, removeAccount, signOutEverywhere } from '#accounts/roles.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { listSessions } from '#schema/operations/sessions.ts';
import { listUsers } from '#schema/operations/users.ts';
import { endOfEnteredDay, managingActions } from '#lib/server/account-actions.ts';
import { id } from '#lib/search-parameters.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { accounts, operations } = useServices();
  const now = accounts.clock.now();
  const [users, grants, sessions, invitations] = await Promise.all([
    listUsers(operations),
    listRoleGrants(operations, { at: now }),
    listSessions(operations, now),
    openInvitations(accounts),
  ]);
  const own = locals.reader.account?.roles ?? [];
  return {
    grantable: grantableRoles.filter((role) => mayGrant(own, role)),
    ownId: locals.reader.account?.user.id ?? '',
    people: users
      .filter(({ removedAt }) => removedAt === null)
      .map(({ id: userId, name, email, hasTwoFactor }) => {
        const held = grants.filter((grant) => grant.userId === userId);
        return {
          ...{ id: userId, name, email, hasTwoFactor },
          roles: held.map(({ id: grantId, role, endsAt }) => ({ id: grantId, role, endsAt })),
          sessions: sessions.filter((session) => session.userId === userId).length,
          mayChange: held.every(({ role }) => mayGrant(own, role as Role)),
        };
      }),
    invitations: invitations.map(({ link, invitation }) => ({
      ...{ id: link.id, by: link.createdBy, until: link.expiresAt },
      ...invitation,
    })),
    done: url.searchParams.get('done'),
    openId: url.searchParams.get('person'),
  };
};

const action = managingActions('/settings/people');

/** A link to hand on, as it is opened in a browser. */
const linkTo = (kind: 'invitation' | 'password', token: string): { told: string } => ({
  told: `${useServices().settings.publicUrl.replace(/\/$/, '')}/${kind}/${token}`,
});

export const actions: Actions = {
  invite: action('invite', async (sent, actor) => {
    const entered = { name: sent('name'), email: sent('email'), role: sent('role') };
    return linkTo('invitation', await invite(useServices().accounts, entered, actor));
  }),
  revoke: action('revoke', async (sent, actor) => {
    await revokeInvitation(useServices().accounts, id.read(sent('invitation')) ?? 0, actor);
    return 'revoked';
  }),
  grant: action('grant', async (sent, actor) => {
    const [userId, role, endsAt] = [sent('person'), sent('role'), endOfEnteredDay(sent('until'))];
    await grantRole(useServices().accounts, { userId, role, endsAt }, actor);
    return 'granted';
  }),
  end: action('end', async (sent, actor) => {
    await endRole(useServices().accounts, id.read(sent('grant')) ?? 0, actor);
    return 'ended';
  }),
  reset: action('reset', async (sent, actor) =>
    linkTo('password', await makeReset(useServices().accounts, sent('person'), actor)),
  ),
  sign_out: action('sign_out', async (sent, actor) => {
    await signOutEverywhere(useServices().accounts, sent('person'), actor);
    return 'signed_out';
  }),
  remove: action('remove', async (sent, actor) => {
    await removeAccount(useServices().accounts, sent('person'), actor);
    return 'removed';
  }),
};
