import type { Selectable } from 'kysely';
import type { Level, Tier } from '#domain/vocabulary.ts';
import type { Operations } from './connect.ts';
import { NotInStore } from './errors.ts';
import { readInstant, storedInstant } from './instants.ts';
import type { OperationsTables } from './tables.ts';

/** An organisation of the federation. Removed ones stay, with `removedAt`. */
export interface Organisation {
  id: number;
  parentId: number | null;
  /** The territorial coordination council it belongs to besides; '' for none. */
  council: string;
  name: string;
  short: string;
  level: Level;
  sector: string;
  municipality: string;
  tier: Tier;
  /** The first local day it takes part, `YYYY-MM-DD`; `null` from the beginning. */
  started: string | null;
  /** Set by hand; '' is automatic. */
  league: string;
  createdAt: Date;
  removedAt: Date | null;
}

/** What is said of an organisation when it is registered. */
export type OrganisationFields = Omit<Organisation, 'id' | 'createdAt' | 'removedAt'>;

function readOrganisation(row: Selectable<OperationsTables['organisations']>): Organisation {
  const { version: _, ...organisation } = row;
  return { ...organisation, createdAt: readInstant(row.createdAt), removedAt: readInstant(row.removedAt) };
}

/** Organisations in the order they were registered; removed ones only when asked for. */
export async function listOrganisations(
  operations: Operations,
  filter: { removed?: boolean } = {},
): Promise<Organisation[]> {
  let query = operations.db.selectFrom('organisations').selectAll().orderBy('id');
  if (!filter.removed) query = query.where('removedAt', 'is', null);
  return (await query.execute()).map(readOrganisation);
}

/** The organisations of these ids, removed or not, in one query. */
export async function getOrganisations(
  operations: Operations,
  ids: readonly number[],
): Promise<Organisation[]> {
  if (ids.length === 0) return [];
  const rows = await operations.db.selectFrom('organisations').selectAll().where('id', 'in', ids).execute();
  return rows.map(readOrganisation);
}

/** The organisation of that id, removed or not; `null` when there never was one. */
export async function getOrganisation(operations: Operations, id: number): Promise<Organisation | null> {
  const row = await operations.db
    .selectFrom('organisations')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? readOrganisation(row) : null;
}

/** Registers an organisation. */
export async function insertOrganisation(
  operations: Operations,
  fields: OrganisationFields,
  now: Date,
): Promise<Organisation> {
  const row = await operations.db
    .insertInto('organisations')
    .values({ ...fields, createdAt: storedInstant(now), removedAt: null })
    .returningAll()
    .executeTakeFirstOrThrow();
  return readOrganisation(row);
}

/** Changes what is given of an organisation, and returns it whole. Rejects with `NotInStore`. */
export async function updateOrganisation(
  operations: Operations,
  id: number,
  changes: Partial<OrganisationFields & Pick<Organisation, 'removedAt'>>,
): Promise<Organisation> {
  const { removedAt, ...fields } = changes;
  const values = removedAt === undefined ? fields : { ...fields, removedAt: storedInstant(removedAt) };
  if (Object.keys(values).length > 0) {
    await operations.db.updateTable('organisations').set(values).where('id', '=', id).execute();
  }
  const organisation = await getOrganisation(operations, id);
  if (!organisation) throw new NotInStore('organisation', id);
  return organisation;
}

/** Registers an organisation, or, with an `id`, changes it. Rejects with `NotInStore` for an unknown id. */
export async function saveOrganisation(
  operations: Operations,
  organisation: OrganisationFields & { id?: number | undefined },
  now: Date,
): Promise<Organisation> {
  const { id, ...fields } = organisation;
  return id === undefined
    ? await insertOrganisation(operations, fields, now)
    : await updateOrganisation(operations, id, fields);
}

/** Takes an organisation out of the register; what was observed stays. Rejects with `NotInStore`. */
export async function removeOrganisation(
  operations: Operations,
  id: number,
  now: Date,
): Promise<Organisation> {
  return await updateOrganisation(operations, id, { removedAt: now });
}
