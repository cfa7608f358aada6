import { mostLentName } from '#accounts/lent.ts';
import { isShareView } from '#accounts/permissions.ts';
import { AccountRefused } from '#accounts/problems.ts';
import {
  makeShareLink,
  mostShareLinkDays,
  revokeShareLink,
  shareLinkDays,
  shareLinks,
  type SharedView,
} from '#accounts/share-links.ts';
import { addDays } from '#domain/period.ts';
import { endOfEnteredDay, managingActions } from '#lib/server/account-actions.ts';
import { opennessOf } from '#lib/server/openness.ts';
import { today } from '#lib/server/periods.ts';
import { useServices } from '#lib/server/services.ts';
import { id } from '#lib/search-parameters.ts';
import { readSharedView } from '#lib/shared-view.ts';
import { getOrganisation, getOrganisations } from '#schema/operations/organisations.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals }) => {
  const services = useServices();
  const { accounts, operations } = services;
  const links = await shareLinks(accounts);
  const organisations = await getOrganisations(
    operations,
    links.flatMap(({ organisationId }) => organisationId ?? []),
  );
  const names = new Map(organisations.map(({ id: each, name, short }) => [each, short || name]));
  return {
    links: links.flatMap(({ view, organisationId, query, ...link }) => {
      const { id: linkId, name, framedBy, state, maker, expiresAt, lastUsedAt } = link;
      if (!isShareView(view)) return [];
      const shows = { view, organisationId, query, organisation: names.get(organisationId ?? 0) ?? '' };
      return [{ id: linkId, name, framedBy, state, maker, expiresAt, lastUsedAt, shows }];
    }),
    namesOthers: (await opennessOf(services)).namesOthers,
    // A demo's readers are made up, and have no account that a link could hang on.
    canMake: locals.reader.account !== null,
    shown: url.searchParams.get('view') ?? '',
    today: today(),
    until: addDays(today(), shareLinkDays),
    last: addDays(today(), mostShareLinkDays),
    mostName: mostLentName,
    done: url.searchParams.get('done'),
  };
};

const action = managingActions('/settings/shares', 'shares.manage');

/** The view at an address that was entered; `null` for none, and for an organisation that is not in the register. */
async function viewEntered(entered: string, origin: string): Promise<SharedView | null> {
  const shows = readSharedView(entered, origin);
  if (!shows || shows.organisationId === null) return shows;
  const organisation = await getOrganisation(useServices().operations, shows.organisationId);
  return organisation && organisation.removedAt === null ? shows : null;
}

export const actions: Actions = {
  make: action('make', async (sent, actor) => {
    const expiresAt = endOfEnteredDay(sent('until'));
    if (!expiresAt) throw new AccountRefused('day_wrong');
    const shows = await viewEntered(sent('view'), actor.origin);
    const { namesOthers } = await opennessOf(useServices());
    const wanted = { name: sent('name'), shows, framedBy: sent('frame'), expiresAt, namesOthers };
    const token = await makeShareLink(useServices().accounts, wanted, actor);
    return { told: new URL(`/share/${token}`, actor.origin).href };
  }),
  revoke: action('revoke', async (sent, actor) => {
    await revokeShareLink(useServices().accounts, id.read(sent('link')) ?? 0, actor);
    return 'revoked';
  }),
};
