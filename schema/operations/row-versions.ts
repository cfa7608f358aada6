import { sql } from 'kysely';
import type { Operations } from './connect.ts';
import { listJournal } from './journal.ts';

const tables = { organisation: 'organisations', person: 'people', page: 'pages' } as const;

/** What people edit: a row of the register, or a setting; as entries of the journal name it. */
export type Subject = `${keyof typeof tables}:${number}` | `setting:${string}`;

/** A row of the register among the subjects; `null` for anything else. */
function rowOf(subject: string): { table: (typeof tables)[keyof typeof tables]; id: number } | null {
  const [, thing, id] = /^(organisation|person|page):(\d+)$/.exec(subject) ?? [];
  return thing === undefined ? null : { table: tables[thing as keyof typeof tables], id: Number(id) };
}

/**
 * The version of what a form is about: it grows with each edit of that, whoever makes it, and with nothing else. `null` when
 * it is not in the store. To be read before what the form shows: of what is edited in between nothing is overwritten then.
 */
export async function readVersion(operations: Operations, subject: Subject): Promise<number | null> {
  const row = rowOf(subject);
  if (!row) return (await listJournal(operations, { subject, limit: 1 }))[0]?.id ?? 0;
  const found = await operations.db
    .selectFrom(row.table)
    .select('version')
    .where('id', '=', row.id)
    .executeTakeFirst();
  return found?.version ?? null;
}

/** Rows whose versions are raised by one statement. */
const atOnce = 1000;

/** Raises the versions of what was edited: of rows of the register; of a setting its entry in the journal is the version. */
export async function raiseVersions(operations: Operations, subjects: readonly string[]): Promise<void> {
  const rows = [...new Set(subjects)].flatMap((subject) => rowOf(subject) ?? []);
  for (const [table, those] of Map.groupBy(rows, (row) => row.table)) {
    for (let from = 0; from < those.length; from += atOnce) {
      await operations.db
        .updateTable(table)
        .set({ version: sql<number>`version + 1` })
        .where(
          'id',
          'in',
          those.slice(from, from + atOnce).map(({ id }) => id),
        )
        .execute();
    }
  }
}
