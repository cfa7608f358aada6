import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { SignedIn } from '#accounts/accounts.ts';
import { getOrganisations } from '#schema/operations/organisations.ts';
import { endSessions, listSessions } from '#schema/operations/sessions.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { browserName } from '#lib/server/browser-name.ts';
import { accountAction } from '#lib/server/account-actions.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

const accountOf = ({ locals }: Pick<RequestEvent, 'locals'>): SignedIn =>
  locals.reader.account ?? error(403, 'Sign in first.');

export const load: PageServerLoad = async ({ locals, url }) => {
  const { operations, analytics } = useServices();
  const { user, sessionId } = accountOf({ locals });
  const now = analytics.clock.now();
  const [sessions, grants] = await Promise.all([
    listSessions(operations, now, user.id),
    listRoleGrants(operations, { userId: user.id, at: now }),
  ]);
  const organisations = await getOrganisations(
    operations,
    grants.flatMap(({ organisationId }) => organisationId ?? []),
  );
  return {
    name: user.name,
    email: user.email,
    hasTwoFactor: user.hasTwoFactor,
    roles: grants.map(({ id, role, endsAt, organisationId }) => ({
      ...{ id, role, endsAt },
      organisation: organisations.find((each) => each.id === organisationId)?.name ?? '',
    })),
    sessions: sessions.map(({ id, createdAt, usedAt, userAgent, address }) => ({
      ...{ id, createdAt, usedAt, address },
      browser: browserName(userAgent),
      isHere: id === sessionId,
    })),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  password: async (event) =>
    await accountAction(event, 'password', async (sent) => {
      await useServices().accounts.changePassword(accountOf(event), sent('current'), sent('password'));
      redirect(303, '/account?done=password');
    }),
  end: async (event) =>
    await accountAction(event, 'end', async (sent) => {
      const { user } = accountOf(event);
      const only = sent('session');
      const ended = only === '' ? 0 : await endSessions(useServices().operations, user.id, { only });
      if (ended === 0) return fail(400, { action: 'end', codes: ['no_such_account' as const], values: {} });
      redirect(303, '/account?done=session');
    }),
  others: async (event) =>
    await accountAction(event, 'others', async () => {
      const { user, sessionId } = accountOf(event);
      await endSessions(useServices().operations, user.id, { but: sessionId });
      redirect(303, '/account?done=sessions');
    }),
};
