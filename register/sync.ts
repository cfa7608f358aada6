import { systemClock, type Clock } from '#domain/clock.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { decodeRow, selectList, writtenAs, type TableWrite } from '#schema/observations/table.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
  mirroredOrganisations,
  mirroredPages,
  type OrganisationMirrorRow,
  type PageMirrorRow,
} from '#schema/observations/tables/register-mirror.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listMembers } from '#schema/operations/members.ts';
import { getOrganisation, listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listPauses } from '#schema/operations/pauses.ts';
import { mirrorOfOrganisation, mirrorOfPage, type Mirrored, type SetAside } from '#schema/register-mirror.ts';
import { whileMirroring } from '#schema/revisions.ts';

/** How many rows the copy had otherwise, or not at all; of a whole copy, all. */
export interface SyncResult {
  organisations: number;
  pages: number;
}

/** How the register is copied. */
export interface SyncOptions {
  /** Every row gets a new version. */
  whole?: boolean;
  onSetAside?: (setAside: readonly SetAside[]) => void;
  clock?: Pick<Clock, 'now'>;
  /** Goes around the writing when any row differs. */
  around?: (write: () => Promise<void>) => Promise<void>;
}

/**
 * Copies the register into the store of observations, for joins. Only rows that differ from the copy get a new version;
 * with `whole`, and while another process copies, all do. What the store does not take is left out, holds up nothing else,
 * and is told to `onSetAside`.
 */
export async function syncRegister(
  operations: Operations,
  observations: Observations,
  { whole, onSetAside, clock = systemClock, around = (write) => write() }: SyncOptions = {},
): Promise<SyncResult> {
  const stores = { operations, observations, clock };
  const about = { kind: 'rebuild', summary: 'the mirror of the register' } as const;
  return await whileMirroring(stores, about, async (numbered, { alone }) => {
    const mirror = await mirrorOf(operations);
    onSetAside?.(mirror.setAside);
    const organisations = whole
      ? mirror.organisations
      : await differing(
          observations,
          mirroredOrganisations,
          mirror.organisations,
          (row) => row.organisationId,
        );
    const pages = whole
      ? mirror.pages
      : await differing(observations, mirroredPages, mirror.pages, (row) => row.pageId);
    const write = async (): Promise<void> => {
      await insertMirroredOrganisations(numbered, alone ? organisations : mirror.organisations);
      await insertMirroredPages(numbered, alone ? pages : mirror.pages);
    };
    const result = { organisations: organisations.length, pages: pages.length };
    await (organisations.length + pages.length > 0 ? around(write) : write());
    return { result, whole: !alone };
  });
}

/** What of the register the store of observations does not take. */
export async function registerSetAside(operations: Operations): Promise<readonly SetAside[]> {
  return (await mirrorOf(operations)).setAside;
}

/** What of one organisation, its members, pauses and pages the store of observations does not take. */
export async function organisationSetAside(operations: Operations, id: number): Promise<readonly SetAside[]> {
  const organisation = await getOrganisation(operations, id);
  if (!organisation || organisation.removedAt !== null) return [];
  const [members, pauses] = [await listMembers(operations, id), await listPauses(operations, id)];
  const pages = await listPages(operations, { organisationId: id });
  return [
    ...mirrorOfOrganisation(organisation, members, pauses).setAside,
    ...pages.flatMap((page) => mirrorOfPage(page).setAside),
  ];
}

/** Rows whose copy says something else, or that have none; one that is removed and was never copied needs none. */
async function differing<Row extends { isDeleted: boolean }>(
  observations: Observations,
  table: TableWrite<Row>,
  rows: readonly Row[],
  keyOf: (row: Row) => number,
): Promise<Row[]> {
  const copies = await observations.rows<Record<string, unknown>>(
    `-- differing
       SELECT ${selectList(table)} FROM ${observations.tables[table.table]} FINAL WHERE is_deleted = 0`,
  );
  const stored = new Map(
    copies.map((json) => {
      const copy = decodeRow(table, json);
      return [keyOf(copy), writtenAs(table, copy)];
    }),
  );
  return rows.filter((row) => {
    const copy = stored.get(keyOf(row));
    return row.isDeleted ? copy !== undefined : copy !== writtenAs(table, row);
  });
}

interface Mirror {
  organisations: OrganisationMirrorRow[];
  pages: PageMirrorRow[];
  setAside: SetAside[];
}

async function mirrorOf(operations: Operations): Promise<Mirror> {
  const members = Map.groupBy(await listMembers(operations), (count) => count.organisationId);
  const pauses = Map.groupBy(await listPauses(operations), (pause) => pause.organisationId);
  const organisations = (await listOrganisations(operations, { removed: true })).map((organisation) =>
    mirrorOfOrganisation(organisation, members.get(organisation.id) ?? [], pauses.get(organisation.id) ?? []),
  );
  const pages = (await listPages(operations, { removed: true })).map(mirrorOfPage);
  // Nobody misses anything of what is out of the register.
  const missed = <Row extends { isDeleted: boolean }>(mirrored: readonly Mirrored<Row>[]): SetAside[] =>
    mirrored.flatMap(({ row, setAside }) => (row?.isDeleted ? [] : setAside));
  return {
    organisations: organisations.flatMap(({ row }) => row ?? []),
    pages: pages.flatMap(({ row }) => row ?? []),
    setAside: [...missed(organisations), ...missed(pages)],
  };
}
