import { apiTokenDays, apiTokens, makeApiToken, revokeApiToken } from '#accounts/api-tokens.ts';
import { mostLentName } from '#accounts/lent.ts';
import { apiTokenScopes } from '#accounts/permissions.ts';
import { AccountRefused } from '#accounts/problems.ts';
import { addDays } from '#domain/period.ts';
import { endOfEnteredDay, managingActions } from '#lib/server/account-actions.ts';
import { today } from '#lib/server/periods.ts';
import { id } from '#lib/search-parameters.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url }) => {
  const { accounts, settings } = useServices();
  const tokens = await apiTokens(accounts);
  return {
    tokens: tokens.map(({ id: tokenId, name, scopes, state, maker, expiresAt, lastUsedAt }) => ({
      ...{ id: tokenId, name, state, maker, expiresAt, lastUsedAt },
      scopes: apiTokenScopes.filter((scope) => scopes.includes(scope)),
    })),
    scopes: apiTokenScopes,
    today: today(),
    until: addDays(today(), apiTokenDays),
    mostName: mostLentName,
    publicUrl: settings.publicUrl.replace(/\/$/, ''),
    done: url.searchParams.get('done'),
  };
};

const action = managingActions('/settings/tokens');

export const actions: Actions = {
  make: action('make', async (sent, actor) => {
    const name = sent('name');
    const scopes = apiTokenScopes.filter((scope) => sent(scope) !== '');
    const expiresAt = endOfEnteredDay(sent('until'));
    if (!expiresAt) throw new AccountRefused('day_wrong');
    return { told: await makeApiToken(useServices().accounts, { name, scopes, expiresAt }, actor) };
  }),
  revoke: action('revoke', async (sent, actor) => {
    await revokeApiToken(useServices().accounts, id.read(sent('token')) ?? 0, actor);
    return 'revoked';
  }),
};
