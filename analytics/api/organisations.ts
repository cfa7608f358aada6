import { formulaVersion } from '#domain/activity-index.ts';
import { membersAt } from '#domain/league.ts';
import { isWithin } from '#domain/reach.ts';
import { calendarPeriod } from '#domain/period.ts';
import { organisationStatus } from '#domain/status.ts';
import type { Level, Network, Status, Tier } from '#domain/vocabulary.ts';
import { selectMeasuredPages } from '../ranking/ranking.ts';
import { loadRegisterMirror, loadStatusInputs } from '../ranking/period-facts.ts';
import { loadLeagues, membersOf } from '../ranking/leagues.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import { encodeCursor, parseLimit, pagesOf, decodeCursor } from './list-request.ts';
import type { OrganisationRef } from '../refs.ts';
import type { AnalyticsSources } from '../sources.ts';
import { buildPageStatusInput, buildRules, buildStatusContext } from '../status/inputs.ts';

/** An organisation in the shape of the API, as of now. */
export interface OrganisationListRow extends OrganisationRef {
  level: Level;
  parent: { id: number; name: string } | null;
  sector: string | null;
  municipality: string | null;
  tier: Tier;
  /** Union members by the latest count; `null` when none is known. */
  members: number | null;
  league: { id: string; name: string } | null;
  status: Status;
  pages: { network: Network; url: string }[];
}

/**
 * The registered organisations, in the order of their registration; with `page` the one it belongs to. Throws
 * `ListRequestError` or `PageLinkError` for a request that cannot be understood.
 */
export async function listOrganisations(
  sources: AnalyticsSources,
  request: Pick<ListRequest, 'page' | 'organisation' | 'limit' | 'cursor' | 'within'>,
): Promise<ListAnswer<OrganisationListRow>> {
  const limit = parseLimit(request);
  const [after] = request.cursor === undefined ? [0] : decodeCursor(request.cursor, ['number']);
  const [register, facts] = await Promise.all([loadRegisterMirror(sources), loadStatusInputs(sources)]);
  const rules = buildRules(sources);
  const leagues = await loadLeagues(sources, register, calendarPeriod('week', rules.today).to);
  const byId = new Map(
    register.organisations.map((organisation) => [organisation.id, organisation] as const),
  );
  const ofPage = new Set(pagesOf(request, register.pages).map((page) => page.organisationId));
  const found = register.organisations.filter(
    ({ id }) =>
      id > Number(after) &&
      isWithin(request.within, id) &&
      (request.organisation === undefined || id === request.organisation) &&
      (request.page === undefined || ofPage.has(id)),
  );
  const shown = found.slice(0, limit);
  const data = shown.map((organisation): OrganisationListRow => {
    const context = buildStatusContext(organisation, { from: rules.today, to: rules.today }, rules);
    const { pages } = selectMeasuredPages(organisation, register);
    const judged = pages.map((page) => buildPageStatusInput(page, facts, context, rules.today));
    const league = leagues.membership.get(organisation.id)?.league;
    const parent = organisation.parentId === null ? undefined : byId.get(organisation.parentId);
    return {
      id: organisation.id,
      name: organisation.name,
      short: organisation.short,
      level: organisation.level,
      parent: parent && isWithin(request.within, parent.id) ? { id: parent.id, name: parent.name } : null,
      sector: organisation.sector || null,
      municipality: organisation.municipality || null,
      tier: organisation.tier,
      members: membersAt(membersOf(organisation), rules.today)?.count ?? null,
      league: league ? { id: league.id, name: league.name } : null,
      status: organisationStatus(judged, context).status,
      pages: (register.pagesOf.get(organisation.id) ?? []).map((page) => ({
        network: page.network,
        url: page.url,
      })),
    };
  });
  return {
    data,
    meta: {
      period: { from: null, to: null },
      zone: sources.zone,
      formulaVersion,
      nextCursor: found.length > limit ? encodeCursor([shown.at(-1)?.id ?? 0]) : null,
    },
  };
}
