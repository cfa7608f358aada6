import type { Logger } from 'pino';
import { systemClock, type Clock } from '#domain/clock.ts';
import { asIs } from '#domain/said.ts';
import { readAnswer } from './answer.ts';
import { batches } from './batches.ts';
import { openEmbedded } from './embedded.ts';
import { explainError, ObservationsUnavailable } from './errors.ts';
import type { QuestionBounds } from './errors.ts';
import { usualPatience, type Patience } from './liveness.ts';
import { migrateObservations } from './migrate.ts';
import { prepareParameters, refuseTooLong } from './parameters.ts';
import { Pool, type Statement } from './pool.ts';
import { logComment, QueryLog, queryName } from './query-log.ts';
import { openRemote, withoutCredentials, type Remote } from './remote.ts';
import type { TableName, TableWrite } from './table.ts';
import { encodeRows, tableNames, writtenColumns } from './table.ts';
import { versionsAboveStored } from './versions.ts';

export interface ObservationsOptions {
  /** A server's address (`CLICKHOUSE_URL`); without it the engine runs in this process. */
  url?: string | undefined;
  /** Where the embedded engine keeps its files; needed without `url`. */
  dataDirectory?: string | undefined;
  /** The database's name (`CLICKHOUSE_DATABASE`). */
  database: string;
  /** The cluster's name (`CLICKHOUSE_CLUSTER`): tables are then replicated. */
  cluster?: string | undefined;
  /** What the embedded engine may take; 500 when not said. */
  memoryLimitMegabytes?: number | undefined;
  /** Queries at once; 4 when not said. */
  poolSize?: number | undefined;
  /**
   * Every write has to bring its version, that of a revision (`under`), and one without is refused: for stores whose numbers
   * an operations store gives. Else a write without is one above the newest version of its table.
   */
  numbered?: boolean | undefined;
  /** Bounds of one question, for tests of the bounds. */
  bounds?: Partial<QuestionBounds> | undefined;
  /** How long a server may keep silent, for tests of that. */
  patience?: Partial<Patience> | undefined;
  /** What tells since when a server is silent; the machine's when not said. */
  clock?: Clock | undefined;
  log: Logger;
}

const defaultBounds: QuestionBounds = { seconds: 60, resultRows: 500_000, resultBytes: 256 * 1024 * 1024 };

/** The store of what was observed: ClickHouse, in this process or remote. Made by `connectObservations`. */
export interface Observations {
  readonly database: string;
  /** Whether the engine runs in this process. */
  readonly embedded: boolean;
  /** Since when the server is known not to answer; `null` while it does, and of an engine in this process. */
  awaySince(): Date | null;
  /** Every table's name as SQL takes it, qualified and quoted. There is no default database: always use these. */
  readonly tables: Readonly<Record<TableName, string>>;
  /**
   * Asks a question with `{name: Type}` parameters (instants may be `Date`). Rows are plain: integers as numbers,
   * instants as ISO 8601 text in UTC, days as `YYYY-MM-DD`, unknown as null. Settings of a question stand in its SQL.
   * Its first line says what it is called (`-- queryDayCells`): so the server's log of queries and ours name it.
   * Rejects with `ResultTooLarge`, `QuestionTooSlow`, `MemoryExceeded`, `UnsafeInteger`, `ParameterRefused`,
   * `QuestionTooLong`, `ObservationsAway`, `RequestFailed`, or the database's own `ClickHouseError`.
   */
  rows<Row>(sql: string, parameters?: Record<string, unknown>): Promise<Row[]>;
  /**
   * Writes rows in batches. All are encoded first: a refused value (`ValueRefused`) writes nothing. Of two writes of a key
   * that of the greater `version` holds, whichever came first. Whoever writes has it from a revision: see `under`.
   */
  insert<Row>(table: TableWrite<Row>, rows: readonly Row[], version?: number): Promise<void>;
  /** Runs a statement without an answer. */
  command(sql: string, parameters?: Record<string, unknown>): Promise<void>;
  /** Makes the database and brings it to the newest shape; see `migrateObservations`. */
  migrate(): Promise<void>;
  /** Takes nothing more, waits for what runs, and closes. */
  close(): Promise<void>;
}

const nameForm = /^[A-Za-z_][A-Za-z0-9_]*$/;
// `async_insert = 0`: a batch is written when the call returns. A page's history may span many months.
const insertSettings = 'async_insert = 0, max_partitions_per_insert_block = 10000';

function questionSettings(bounds: QuestionBounds): string {
  return [
    `max_execution_time = ${bounds.seconds}`,
    "timeout_overflow_mode = 'throw'",
    `max_result_rows = ${bounds.resultRows}`,
    `max_result_bytes = ${bounds.resultBytes}`,
    "result_overflow_mode = 'throw'",
    "session_timezone = 'UTC'",
    "date_time_output_format = 'iso'",
    'output_format_json_quote_64bit_integers = 0',
    // Sound because a key never changes its partition, and fourteen times faster.
    'do_not_merge_across_partitions_select_final = 1',
  ].join(', ');
}

function checkName(setting: string, name: string): void {
  if (nameForm.test(name)) return;
  throw new ObservationsUnavailable(
    asIs(setting),
    { ru: `«${name}» не годится как имя`, en: `"${name}" is not a name` },
    {
      ru: 'Нужны латинские буквы, цифры и подчёркивания, первой — буква.',
      en: 'Use latin letters, digits and underscores, and a letter first.',
    },
  );
}

/**
 * Opens the store of observations: a server by `url`, else the engine in this process over `dataDirectory`. Asks it
 * one thing, so that what is wrong shows here. Rejects with `DataDirectoryInUse` or `ObservationsUnavailable`.
 */
export async function connectObservations(options: ObservationsOptions): Promise<Observations> {
  checkName('CLICKHOUSE_DATABASE', options.database);
  if (options.cluster) {
    checkName('CLICKHOUSE_CLUSTER', options.cluster);
    if (!options.url) {
      const advice = {
        ru: 'Задайте в CLICKHOUSE_URL один из его серверов или уберите CLICKHOUSE_CLUSTER.',
        en: 'Set CLICKHOUSE_URL to one of its servers, or leave CLICKHOUSE_CLUSTER empty.',
      };
      throw new ObservationsUnavailable(
        asIs('CLICKHOUSE_CLUSTER'),
        { ru: 'у встроенной базы нет кластера', en: 'the engine in this process has no cluster' },
        advice,
      );
    }
  }
  const bounds = { ...defaultBounds, ...options.bounds };
  const connections = options.poolSize ?? 4;
  const backend = await openBackend(options, connections, bounds);
  const pool = new Pool(backend.connections);
  const database = options.database;
  const tables = Object.fromEntries(
    tableNames.map((name) => [name, `\`${database}\`.\`${name}\``]),
  ) as Record<TableName, string>;

  const log = new QueryLog(options.log);
  const run = async (statement: Statement): Promise<string> => {
    refuseTooLong(statement.sql);
    try {
      return await pool.use((connection) => connection.run(statement));
    } catch (error) {
      throw explainError(error, bounds);
    }
  };
  const rows = async <Row>(sql: string, parameters: Record<string, unknown> = {}): Promise<Row[]> => {
    const query = queryName(sql);
    const settings = `${questionSettings(bounds)}, ${logComment(query)}`;
    const question = `${sql.trim().replace(/;$/, '')}\nSETTINGS ${settings}`;
    const asked = { sql: question, parameters: prepareParameters(parameters), isQuestion: true };
    return await log.timed(query, async () => {
      const answer = readAnswer<Row>(await run(asked));
      return { result: answer, rows: answer.length };
    });
  };
  const command = async (sql: string, parameters: Record<string, unknown> = {}): Promise<void> => {
    await run({ sql, parameters: prepareParameters(parameters) });
  };
  const aboveStored = versionsAboveStored({ rows, tables });
  const insert = async <Row>(
    table: TableWrite<Row>,
    written: readonly Row[],
    version?: number,
  ): Promise<void> => {
    if (written.length === 0) return;
    if (version === undefined && options.numbered) {
      throw new Error(`A write into ${table.table} under no revision: it would have no place in the order.`);
    }
    const lines = encodeRows(table, written, version ?? (await aboveStored(table.table)));
    const columns = writtenColumns(table).map((name) => `\`${name}\``);
    const into = `INSERT INTO ${tables[table.table]} (${columns.join(', ')})`;
    const query = `insert ${table.table}`;
    const sql = `${into}\nSETTINGS ${insertSettings}, ${logComment(query)}\nFORMAT JSONCompactEachRow`;
    await log.timed(query, async () => {
      for (const batch of batches(lines)) await run({ sql, lines: batch });
      return { result: undefined, rows: written.length };
    });
  };
  const migrate = async (): Promise<void> => {
    const tell = (message: string, details: Record<string, unknown>) => options.log.info(details, message);
    await migrateObservations({ database, cluster: options.cluster, rows, command, log: tell });
  };
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= pool.close().then(() => backend.close()));

  try {
    await rows('-- connectObservations\nSELECT 1 AS one');
  } catch (error) {
    await close();
    throw new ObservationsUnavailable(
      options.url
        ? {
            ru: `сервер ${withoutCredentials(options.url)}`,
            en: `the server at ${withoutCredentials(options.url)}`,
          }
        : { ru: 'встроенная', en: 'the embedded engine' },
      error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error),
      options.url
        ? {
            ru: 'Проверьте, работает ли он и верен ли адрес в CLICKHOUSE_URL.',
            en: 'Look whether it runs, and whether CLICKHOUSE_URL is right.',
          }
        : { ru: 'Подробности выше.', en: 'See the messages above.' },
      { cause: error },
    );
  }
  const { awaySince } = backend;
  return { database, embedded: !options.url, awaySince, tables, rows, insert, command, migrate, close };
}

async function openBackend(
  options: ObservationsOptions,
  connections: number,
  bounds: QuestionBounds,
): Promise<Remote> {
  if (options.url) {
    const patience = { ...usualPatience, ...options.patience };
    const clock = options.clock ?? systemClock;
    return await openRemote({
      url: options.url,
      connections,
      seconds: bounds.seconds,
      patience,
      clock,
    });
  }
  if (!options.dataDirectory) {
    throw new ObservationsUnavailable(
      { ru: 'встроенная', en: 'the embedded engine' },
      { ru: 'для неё не указана папка', en: 'it was given no directory' },
      { ru: 'Задайте DATA_DIR.', en: 'Set DATA_DIR.' },
    );
  }
  const memoryLimitMegabytes = options.memoryLimitMegabytes ?? 500;
  const engine = { dataDirectory: options.dataDirectory, memoryLimitMegabytes, connections };
  return { ...(await openEmbedded(engine)), awaySince: () => null };
}
