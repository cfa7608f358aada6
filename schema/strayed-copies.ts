import { sql } from 'kysely';
import { systemClock, type Clock } from '#domain/clock.ts';
import type { Observations } from './observations/connect.ts';
import { inParts } from './observations/in-parts.ts';
import type { TableWrite } from './observations/table.ts';
import { decodeRow, selectList } from './observations/table.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
  mirroredOrganisations,
  mirroredPages,
} from './observations/tables/register-mirror.ts';
import type { Operations } from './operations/connect.ts';
import { whileMirroring } from './revisions.ts';

/** What the observations know of and the register does not. */
export interface StrayedCopies {
  organisations: number;
  pages: number;
}

/**
 * A register restored from an older copy lacks what was added after: in the observations it is still there. It is taken out
 * of what is shown (what was observed stays), and its ids are not given again, for else the posts of one page would be
 * another's. Returns how many there were.
 */
export async function setStrayedAside(
  operations: Operations,
  observations: Observations,
  clock: Pick<Clock, 'now'> = systemClock,
): Promise<StrayedCopies> {
  const { rows, tables } = observations;
  const [highest] = await rows<{ pages: number; organisations: number }>(
    `-- setStrayedAside
       SELECT (SELECT max(page_id) FROM ${tables.pages}) AS pages,
            (SELECT max(organisation_id) FROM ${tables.organisations}) AS organisations`,
  );
  await keepIdsAbove(operations, 'pages', highest?.pages ?? 0);
  await keepIdsAbove(operations, 'organisations', highest?.organisations ?? 0);
  const pages = await strayed(operations, observations, 'pages', mirroredPages);
  const organisations = await strayed(operations, observations, 'organisations', mirroredOrganisations);
  if (pages.length + organisations.length > 0) {
    // No copy of the register: what was entered before it may still have to be brought over.
    const about = { kind: 'upgrade', summary: 'what the register does not know' } as const;
    await whileMirroring({ operations, observations, clock }, about, async (numbered) => {
      await insertMirroredPages(
        numbered,
        pages.map((row) => ({ ...row, isDeleted: true })),
      );
      await insertMirroredOrganisations(
        numbered,
        organisations.map((row) => ({ ...row, isDeleted: true })),
      );
      return { result: undefined, whole: false };
    });
  }
  return { organisations: organisations.length, pages: pages.length };
}

/** Copies of what the register never had. */
async function strayed<Row>(
  operations: Operations,
  { rows, tables }: Observations,
  name: 'pages' | 'organisations',
  table: TableWrite<Row>,
): Promise<Row[]> {
  const key = name === 'pages' ? 'page_id' : 'organisation_id';
  // The copies first: what another process enters meanwhile stands in the register before it is copied.
  const copied = await rows<{ id: number }>(
    `-- strayed
       SELECT ${key} AS id FROM ${tables[name]} FINAL WHERE is_deleted = 0`,
  );
  const known = await idsOf(operations, name);
  const ids = copied.map(({ id }) => id).filter((id) => !known.has(id));
  const found = await inParts(
    ids,
    async (part) =>
      await rows<Record<string, unknown>>(
        `-- strayedRows
       SELECT ${selectList(table)} FROM ${tables[name]} FINAL WHERE ${key} IN {ids: Array(UInt32)}`,
        { ids: part },
      ),
  );
  return found.map((row) => decodeRow(table, row));
}

async function idsOf(operations: Operations, table: 'pages' | 'organisations'): Promise<Set<number>> {
  const rows = await operations.db.selectFrom(table).select('id').execute();
  return new Set(rows.map(({ id }) => id));
}

/** Ids up to this one are not given any more. */
async function keepIdsAbove(
  operations: Operations,
  table: 'pages' | 'organisations',
  id: number,
): Promise<void> {
  const [own] = await operations.db
    .selectFrom(table)
    .select((select) => select.fn.max('id').as('id'))
    .execute();
  if (id <= Number(own?.id ?? 0)) return;
  if (operations.dialect === 'postgres') {
    // Never back: another process may have been given ids that are not committed yet.
    await sql`SELECT setval(sequence, GREATEST(${id}::bigint, COALESCE(pg_sequence_last_value(sequence::regclass), 0)))
      FROM (SELECT pg_get_serial_sequence(${table}, 'id') AS sequence) AS given`.execute(operations.db);
    return;
  }
  await operations.transaction(async ({ db }) => {
    await sql`UPDATE sqlite_sequence SET seq = ${id} WHERE name = ${table} AND seq < ${id}`.execute(db);
    await sql`INSERT INTO sqlite_sequence (name, seq) SELECT ${table}, ${id}
      WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${table})`.execute(db);
  });
}
