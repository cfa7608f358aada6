import { stringify } from 'csv-stringify/sync';
import { defusedCell } from '#domain/csv-cell.ts';
import { recordOfNetworks } from '#domain/networks.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { registerColumns, type RegisterColumn } from './columns.ts';
import { loadRegister } from './load.ts';
import { RegisterIndex } from './state.ts';

/**
 * The register as CSV (UTF-8, commas) with the columns that an import takes: importing it again changes nothing.
 * Members are those of the newest count. Texts that a spreadsheet would take for formulas are made harmless.
 */
export async function exportRegister(operations: Operations): Promise<string> {
  const state = await loadRegister(operations);
  const index = new RegisterIndex(state);
  const pages = Map.groupBy(
    state.pages.filter((page) => !page.removed),
    (page) => `${page.organisationId} ${page.network}`,
  );
  const links = (id: number, network: string): string =>
    (pages.get(`${id} ${network}`) ?? []).map((page) => page.url).join(' ');
  const rows = state.organisations.map((organisation) => {
    const { id, name, short, level, sector, municipality, council, tier } = organisation;
    const members = state.members.get(id)?.at(-1);
    const chair = index.person(id, 'chair');
    const responsible = index.person(id, 'responsible');
    const row: Record<RegisterColumn, string> = {
      organisation: name,
      short,
      parent: organisation.parentId === null ? '' : (index.organisation(organisation.parentId)?.name ?? ''),
      level,
      sector,
      municipality,
      council,
      members: members ? String(members.count) : '',
      members_on: members?.on ?? '',
      tier,
      ...recordOfNetworks((network) => links(id, network)),
      chair: chair?.name ?? '',
      chair_email: chair?.email ?? '',
      chair_phone: chair?.phone ?? '',
      responsible: responsible?.name ?? '',
      email: responsible?.email ?? '',
      phone: responsible?.phone ?? '',
    };
    return registerColumns.map((column) => row[column]);
  });
  return stringify([[...registerColumns], ...rows], { quoted_match: /\r/, cast: { string: defusedCell } });
}
