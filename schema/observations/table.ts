import { systemClock } from '#domain/clock.ts';
import type { Codec } from './codecs.ts';
import { instant, unsigned64 } from './codecs.ts';
import { ValueRefused } from './errors.ts';

/** The closed list of tables; nothing else can be named. */
export const tableNames = [
  'posts',
  'post_counters',
  'subscribers',
  'outcomes',
  'runs',
  'page_events',
  'page_days',
  'page_months',
  'rankings',
  'organisations',
  'pages',
  'post_states',
  'page_day_states',
  'organisation_states',
  'page_states',
  'instance',
  'migrations',
] as const;
export type TableName = (typeof tableNames)[number];

/** One column: its name in the database and how a row's field is written to it and read from it. */
export interface Column<Row> {
  name: string;
  encode(row: Row): unknown;
  /** Sets the field of a row that is being read. */
  decodeInto(row: Partial<Row>, json: unknown): void;
}

/** A table and its columns: one shape for reading and for writing. */
export interface TableWrite<Row> {
  table: TableName;
  columns: readonly Column<Row>[];
  /** Whether the write adds the column `recorded`, the time of writing. */
  recorded: boolean;
}

/** The column `name` holds the field `field` of a row. */
export function column<Row, Field extends keyof Row>(
  name: string,
  field: Field,
  codec: Codec<Row[Field]>,
): Column<Row> {
  return {
    name,
    encode: (row) => {
      try {
        return codec.encode(row[field]);
      } catch (error) {
        throw new ValueRefused(name, error instanceof Error ? error.message : String(error));
      }
    },
    decodeInto: (row, json) => {
      row[field] = codec.decode(json);
    },
  };
}

/** The columns of a table as a select list, in the order of `table.columns`. */
export function selectList<Row>(table: TableWrite<Row>): string {
  return table.columns.map((each) => `\`${each.name}\``).join(', ');
}

/** A row as `Observations.rows` returned it for `selectList(table)`, decoded. */
export function decodeRow<Row>(table: TableWrite<Row>, json: Record<string, unknown>): Row {
  const row: Partial<Row> = {};
  for (const each of table.columns) each.decodeInto(row, json[each.name]);
  return row as Row;
}

/** A row as its columns write it: what is written alike is the same. */
export function writtenAs<Row>(table: TableWrite<Row>, row: Row): string {
  return JSON.stringify(table.columns.map((each) => each.encode(row)));
}

/**
 * Lines of JSONCompactEachRow for rows, `version` and, where the table has it, `recorded` (by the machine's clock) added.
 * All rows are encoded before anything is sent: a refused value (`ValueRefused`) writes nothing.
 */
export function encodeRows<Row>(table: TableWrite<Row>, rows: readonly Row[], version: number): string[] {
  const added: unknown[] = [unsigned64.encode(version)];
  if (table.recorded) added.push(instant.encode(systemClock.now()));
  return rows.map((row) => JSON.stringify([...table.columns.map((each) => each.encode(row)), ...added]));
}

/** Names of the columns that `encodeRows` fills, in its order. */
export function writtenColumns<Row>(table: TableWrite<Row>): string[] {
  const names = [...table.columns.map((each) => each.name), 'version'];
  return table.recorded ? [...names, 'recorded'] : names;
}
