import { writesPerRevision } from '../revision-numbers.ts';
import type { TableName } from './table.ts';

/** What is asked of the store: see `Observations`. */
interface Asked {
  tables: Readonly<Record<TableName, string>>;
  rows<Row>(sql: string): Promise<Row[]>;
}

/** Tables whose newest version costs next to nothing to ask for, whatever the federation. */
const smallTables = [
  ...['instance', 'migrations', 'runs', 'organisations', 'pages'],
  ...['organisation_states', 'page_states'],
] as readonly TableName[];

/** Whether a write into the table is seen by `newestRevisionIn` without all tables being read. */
export function isSmall(table: TableName): boolean {
  return smallTables.includes(table);
}

/**
 * The newest revision that anything stored was written under, 0 when nothing is: in `all` tables (reads the column of
 * versions wholly), or in the `small` ones, where every revision leaves a row.
 */
export async function newestRevisionIn({ rows, tables }: Asked, which: 'all' | 'small'): Promise<number> {
  const names = which === 'all' ? (Object.keys(tables) as TableName[]) : smallTables;
  const parts = names.map((name) => `SELECT max(version) AS newest FROM ${tables[name]}`);
  // Divided there: what is stored may be more than a number keeps exactly.
  const [row] = await rows<{ revision: number }>(
    `-- newestRevisionIn
       SELECT intDiv(max(newest), ${writesPerRevision}) AS revision FROM (${parts.join(' UNION ALL ')})`,
  );
  return row?.revision ?? 0;
}

/**
 * Versions for a store without an operations store beside it, as in tests and benchmarks: one above the newest of the table,
 * which is asked for at each write.
 */
export function versionsAboveStored({ rows, tables }: Asked): (table: TableName) => Promise<number> {
  const given = new Map<TableName, number>();
  return async (table) => {
    const [row] = await rows<{ newest: number }>(`-- versionsAboveStored
       SELECT max(version) AS newest FROM ${tables[table]}`);
    const version = Math.max(row?.newest ?? 0, given.get(table) ?? 0) + 1;
    given.set(table, version);
    return version;
  };
}
