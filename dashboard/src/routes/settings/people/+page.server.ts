import { invite, openInvitations, revokeInvitation } from '#accounts/invitations.ts';
import { makeReset } from '#accounts/password-reset.ts';
import { grantableRoles, mayGrant, type Role } from '#accounts/permissions.ts';
import { endRole, grantRole, removeAccount, signOutEverywhere } from '#accounts/roles.ts';
import { tieAccount } from '#accounts/whose.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPeople } from '#schema/operations/people.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { listSessions } from '#schema/operations/sessions.ts';
import { listUsers } from '#schema/operations/users.ts';
import { endOfEnteredDay, managingActions, type ManagingActor } from '#lib/server/account-actions.ts';
import { id } from '#lib/search-parameters.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** More organisations or people than this are no list to choose from. */
const mostOffered = 1000;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { accounts, operations } = useServices();
  const now = accounts.clock.now();
  const [users, grants, sessions, invitations] = await Promise.all([
    listUsers(operations),
    listRoleGrants(operations, { at: now }),
    listSessions(operations, now),
    openInvitations(accounts),
  ]);
  const [organisations, registered] = [await listOrganisations(operations), await listPeople(operations)];
  const named = new Map(organisations.map(({ id: own, name, short }) => [own, short || name]));
  const nameOf = (organisationId: number | null): string =>
    organisationId === null ? '' : (named.get(organisationId) ?? `№ ${organisationId}`);
  const register = new Map(registered.map(({ id: own, name }) => [own, name]));
  const own = locals.reader.account?.roles ?? [];
  return {
    grantable: grantableRoles.filter((role) => mayGrant(own, role)),
    ownId: locals.reader.account?.user.id ?? '',
    people: users
      .filter(({ removedAt }) => removedAt === null)
      .map(({ id: userId, name, email, hasTwoFactor, personId }) => {
        const held = grants.filter((grant) => grant.userId === userId);
        return {
          ...{ id: userId, name, email, hasTwoFactor },
          person: personId === null ? '' : (register.get(personId) ?? ''),
          roles: held.map(({ id: grantId, role, endsAt, organisationId }) => ({
            ...{ id: grantId, role, endsAt },
            organisation: nameOf(organisationId),
          })),
          sessions: sessions.filter((session) => session.userId === userId).length,
          mayChange: held.every(({ role }) => mayGrant(own, role as Role)),
        };
      }),
    invitations: invitations.map(({ link, invitation }) => ({
      ...{ id: link.id, by: link.createdBy, until: link.expiresAt },
      ...invitation,
      organisation: nameOf(invitation.organisationId),
    })),
    // To choose from by typing; others are found by their names all the same.
    organisations: organisations
      .slice(0, mostOffered)
      .map(({ id: own, name, short }) => `${short || name} (№ ${own})`),
    registered: registered
      .filter(
        ({ id: own, name }) =>
          name !== '' && !users.some(({ personId, removedAt }) => personId === own && removedAt === null),
      )
      .slice(0, mostOffered)
      .map(({ id: own, name }) => `${name} (№ ${own})`),
    done: url.searchParams.get('done'),
    openId: url.searchParams.get('person'),
  };
};

const action = managingActions('/settings/people');

/** A link to hand on, as it is opened in a browser. */
const linkTo = (
  { origin }: ManagingActor,
  kind: 'invitation' | 'password',
  token: string,
): { told: string } => ({ told: `${origin}/${kind}/${token}` });

export const actions: Actions = {
  invite: action('invite', async (sent, actor) => {
    const entered = {
      ...{ name: sent('name'), email: sent('email') },
      ...{ role: sent('role'), organisation: sent('organisation'), registered: sent('registered') },
    };
    return linkTo(actor, 'invitation', await invite(useServices().accounts, entered, actor));
  }),
  revoke: action('revoke', async (sent, actor) => {
    await revokeInvitation(useServices().accounts, id.read(sent('invitation')) ?? 0, actor);
    return 'revoked';
  }),
  grant: action('grant', async (sent, actor) => {
    const wanted = { userId: sent('person'), role: sent('role'), organisation: sent('organisation') };
    const endsAt = endOfEnteredDay(sent('until'));
    await grantRole(useServices().accounts, { ...wanted, endsAt }, actor);
    return 'granted';
  }),
  end: action('end', async (sent, actor) => {
    await endRole(useServices().accounts, id.read(sent('grant')) ?? 0, actor);
    return 'ended';
  }),
  tie: action('tie', async (sent, actor) => {
    const wanted = { userId: sent('person'), registered: sent('registered') };
    await tieAccount(useServices().accounts, wanted, actor);
    return 'tied';
  }),
  reset: action('reset', async (sent, actor) =>
    linkTo(actor, 'password', await makeReset(useServices().accounts, sent('person'), actor)),
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
