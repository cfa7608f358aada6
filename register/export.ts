import { stringify } from 'csv-stringify/sync';
import { defusedCell } from '#domain/csv-cell.ts';
import { basisFields, usable, type PersonBasis } from '#domain/personal-data.ts';
import { recordOfNetworks } from '#domain/networks.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { basisColumn, registerColumns, type BasisColumn, type RegisterColumn } from './columns.ts';
import { loadRegister } from './load.ts';
import { RegisterIndex } from './state.ts';

/**
 * The register as CSV (UTF-8, commas) with the columns that an import takes: importing it again changes nothing.
 * Members are those of the newest count. Of who has withdrawn the consent to processing no contacts are in it. Texts that a spreadsheet would take for formulas are made harmless.
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
    const [chair, responsible] = (['chair', 'responsible'] as const).map((role) => {
      const person = index.person(id, role);
      return person && usable(person);
    });
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
      ...basisCells('chair', chair),
      ...basisCells('responsible', responsible),
    };
    return registerColumns.map((column) => row[column]);
  });
  return stringify([[...registerColumns], ...rows], { quoted_match: /\r/, cast: { string: defusedCell } });
}

/** By what right a person is kept, as cells. */
function basisCells<Person extends 'chair' | 'responsible'>(
  role: Person,
  person: PersonBasis | undefined,
): Record<BasisColumn<Person>, string> {
  return Object.fromEntries(
    basisFields.map((field) => [basisColumn(role, field), person?.[field] ?? '']),
  ) as Record<BasisColumn<Person>, string>;
}
