import type { Observations } from '../schema/observations/connect.ts';
import {
  insertOrganisationCopies,
  insertPageCopies,
  type OrganisationCopyRow,
  type PageCopyRow,
} from '../schema/observations/tables/register-copies.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { listMembers } from '../schema/operations/members.ts';
import { listOrganisations } from '../schema/operations/organisations.ts';
import { listPages } from '../schema/operations/pages.ts';
import { listPauses } from '../schema/operations/pauses.ts';

/** How many rows got a new version. */
export interface CopyResult {
  organisations: number;
  pages: number;
}

/**
 * Copies the register into the store of observations, for joins. Only rows that differ from the copy get a new
 * version; with `whole` all do.
 */
export async function copyRegister(
  operations: Operations,
  observations: Observations,
  options: { whole?: boolean } = {},
): Promise<CopyResult> {
  const organisations = await organisationRows(operations);
  const pages = await pageRows(operations);
  const changedOrganisations = options.whole
    ? organisations
    : differing(organisations, await askOrganisationCopies(observations), (row) => row.organisationId);
  const changedPages = options.whole
    ? pages
    : differing(pages, await askPageCopies(observations), (row) => row.pageId);
  if (changedOrganisations.length > 0) await insertOrganisationCopies(observations, changedOrganisations);
  if (changedPages.length > 0) await insertPageCopies(observations, changedPages);
  return { organisations: changedOrganisations.length, pages: changedPages.length };
}

/** Rows without a copy that says the same; one that is removed and was never copied needs no copy. */
function differing<Row extends { isDeleted: boolean }>(
  rows: readonly Row[],
  copies: readonly Record<string, unknown>[],
  keyOf: (row: Row) => number,
): Row[] {
  const stored = new Map(copies.map((copy) => [keyOf(copy as unknown as Row), canonical(copy)]));
  return rows.filter((row) => {
    const copy = stored.get(keyOf(row));
    if (row.isDeleted) return copy !== undefined;
    return copy !== canonical({ ...row });
  });
}

function canonical(row: Record<string, unknown>): string {
  const entries = Object.entries(row).filter(([name]) => name !== 'isDeleted');
  return JSON.stringify(entries.sort(([one], [other]) => one.localeCompare(other)));
}

/** Instants are texts here, as JSON writes a `Date` too. */
async function askOrganisationCopies(observations: Observations): Promise<Record<string, unknown>[]> {
  return await observations.rows(`
    SELECT
      organisation_id AS organisationId, parent_id AS parentId, council, name, short, level, sector, municipality,
      tier, started, members_on AS membersOn, members, pauses_from AS pausesFrom, pauses_to AS pausesTo, league
    FROM ${observations.tables.organisations} FINAL
    WHERE is_deleted = 0`);
}

async function askPageCopies(observations: Observations): Promise<Record<string, unknown>[]> {
  return await observations.rows(`
    SELECT
      page_id AS pageId, organisation_id AS organisationId, network, native_id AS nativeId, name, title, url, state,
      state_since AS stateSince, history_reached AS historyReached, nullIf(found_as, '') AS foundAs
    FROM ${observations.tables.pages} FINAL
    WHERE is_deleted = 0`);
}

async function organisationRows(operations: Operations): Promise<OrganisationCopyRow[]> {
  const members = Map.groupBy(await listMembers(operations), (count) => count.organisationId);
  const pauses = Map.groupBy(await listPauses(operations), (pause) => pause.organisationId);
  return (await listOrganisations(operations, { removed: true })).map((organisation) => {
    const { id, parentId, council, name, short, level, sector, municipality, tier, started, league } =
      organisation;
    const counts = members.get(id) ?? [];
    const agreed = pauses.get(id) ?? [];
    return {
      organisationId: id,
      parentId,
      council,
      name,
      short,
      level,
      sector,
      municipality,
      tier,
      started,
      membersOn: counts.map((count) => count.on),
      members: counts.map((count) => count.count),
      pausesFrom: agreed.map((pause) => pause.from),
      pausesTo: agreed.map((pause) => pause.to),
      league,
      isDeleted: organisation.removedAt !== null,
    };
  });
}

async function pageRows(operations: Operations): Promise<PageCopyRow[]> {
  return (await listPages(operations, { removed: true })).map((page) => ({
    pageId: page.id,
    organisationId: page.organisationId,
    network: page.network,
    nativeId: page.nativeId ?? 0,
    name: page.name ?? '',
    title: page.title,
    url: page.link,
    state: page.state,
    stateSince: page.stateSince,
    historyReached: page.historyReached,
    foundAs: page.foundAs,
    isDeleted: page.removedAt !== null,
  }));
}
