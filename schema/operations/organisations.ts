import { sql, type Selectable } from 'kysely';
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

/** Organisations in the order they were registered, of one level or of all; removed ones only when asked for. */
export async function listOrganisations(
  operations: Operations,
  filter: { removed?: boolean; level?: Level } = {},
): Promise<Organisation[]> {
  let query = operations.db.selectFrom('organisations').selectAll().orderBy('id');
  if (filter.level) query = query.where('level', '=', filter.level);
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

/** An organisation somewhere below a root, or the root itself. */
export interface TreeMember {
  root: number;
  id: number;
  level: Level;
}

/**
 * The organisations of these ids with all below them, as the register is at this moment, each with the root that it lies
 * below; removed ones too, for what is known of them is theirs. One query, whatever the depth.
 */
export async function listTrees(operations: Operations, roots: readonly number[]): Promise<TreeMember[]> {
  if (roots.length === 0) return [];
  const { rows } = await sql<TreeMember>`
    WITH RECURSIVE tree (root, id, level) AS (
      SELECT id, id, level FROM organisations WHERE id IN (${sql.join(roots)})
      UNION
      SELECT tree.root, organisations.id, organisations.level
      FROM organisations INNER JOIN tree ON organisations.parent_id = tree.id
    )
    SELECT root, id, level FROM tree ORDER BY root, id`.execute(operations.db);
  return rows;
}

/**
 * The organisations of that name or short name, whatever its case, that are not removed. Compared here: what is upper case
 * SQLite knows of Latin letters alone.
 */
export async function findOrganisations(operations: Operations, name: string): Promise<Organisation[]> {
  const wanted = name.toLocaleLowerCase('ru');
  return (await listOrganisations(operations)).filter((organisation) =>
    [organisation.name, organisation.short].some((each) => each.toLocaleLowerCase('ru') === wanted),
  );
}

/** The organisation of a level that was registered first and is not removed; `null` without one. */
export async function firstOfLevel(operations: Operations, level: Level): Promise<Organisation | null> {
  const row = await operations.db
    .selectFrom('organisations')
    .selectAll()
    .where('level', '=', level)
    .where('removedAt', 'is', null)
    .orderBy('id')
    .limit(1)
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
