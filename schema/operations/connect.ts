import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqliteDialect, Transaction } from 'kysely';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import { isGivenWay, OperationsUnavailable } from './errors.ts';
import type { OperationsDialect } from './migrate.ts';
import { migrateOperations } from './migrate.ts';
import type { RemoteDialect } from './postgres.ts';
import type { Deadlines } from './postgres-errors.ts';
import { sqliteDialect } from './sqlite.ts';
import { asIs } from '#domain/said.ts';
import type { OperationsTables } from './tables.ts';

export type { OperationsTables } from './tables.ts';

export interface OperationsOptions {
  /** A PostgreSQL server's address (`OPERATIONS_DATABASE_URL`); without it a file in `dataDirectory`. */
  url?: string | undefined;
  dataDirectory?: string | undefined;
  /** SQLite only: commits do not wait for the disk. For data that can be made again, like a demo's. */
  disposable?: boolean | undefined;
  /** Connections to a server at most; 10 when not said. */
  poolSize?: number | undefined;
  /** Seconds that a lease lasts without being renewed; 60 when not said. */
  leaseSeconds?: number | undefined;
  /** What a server has time for; the usual when not said. */
  deadlines?: Deadlines | undefined;
  log: Logger;
}

/** The store of what people change: SQLite or PostgreSQL. Made by `connectOperations`. */
export interface Operations {
  /** Names in camelCase; the repositories beside this file decode the rows. */
  readonly db: Kysely<OperationsTables>;
  readonly dialect: OperationsDialect;
  /** How long leases of this store last without being renewed, for all who take one. */
  readonly leaseMilliseconds: number;
  /** Brings the store to the newest shape; see `migrateOperations`. */
  migrate(): Promise<void>;
  /**
   * Does `work` wholly or not at all. Inside it only the handle it is given may be used: the outer one would wait
   * for the transaction's end, so it throws. Inside a transaction it joins that one. When the server ends it for the sake
   * of another transaction, `work` is done again from the beginning.
   */
  transaction<Result>(work: (operations: Operations) => Promise<Result>): Promise<Result>;
  /** Waits for what runs, and closes. */
  close(): Promise<void>;
}

/**
 * Opens the operations store and asks it one thing, so that what is wrong shows here. Rejects with
 * `OperationsUnavailable`.
 */
export async function connectOperations(options: OperationsOptions): Promise<Operations> {
  const { url, dataDirectory } = options;
  if (!url && !dataDirectory) {
    throw new OperationsUnavailable(
      asIs('SQLite'),
      { ru: 'для неё не указана папка', en: 'it was given no directory' },
      { ru: 'Задайте DATA_DIR.', en: 'Set DATA_DIR.' },
    );
  }
  return url ? await connectServed(url, options) : await connectFile(dataDirectory ?? '', options);
}

const usualLeaseSeconds = 60;
const usualPoolSize = 10;
/** How often a transaction is begun that has to give way to another. */
const transactionAttempts = 3;

async function connectFile(dataDirectory: string, options: OperationsOptions): Promise<Operations> {
  const { disposable } = options;
  const db = storeOver(sqliteDialect(dataDirectory, disposable));
  const failure = await failureOf(db);
  if (failure === null) return operationsOf({ db, dialect: 'sqlite' }, options);
  throw new OperationsUnavailable(
    { ru: `SQLite в ${dataDirectory}`, en: `SQLite in ${dataDirectory}` },
    messageOf(failure),
    { ru: 'Восстановите её из резервной копии.', en: 'Restore it from a backup.' },
    { cause: failure },
  );
}

/** Tries the ways of an address in turn. What is decided here holds for the process. */
async function connectServed(url: string, options: OperationsOptions): Promise<Operations> {
  const { poolSize = usualPoolSize, deadlines, log } = options;
  // Loaded where there is a server: most have their file.
  const { postgresDialects } = await import('./postgres.ts');
  const dialects = postgresDialects(url, { poolSize, deadlines, log });
  let failure: Error = new Error('an address without a way');
  for (const { dialect, pool, way } of dialects) {
    const db = storeOver(dialect);
    const failed = await failureOf(db);
    if (failed === null) {
      if (dialects.length > 1) log.info({ encrypted: way.isEncrypted }, 'Connected to PostgreSQL');
      return operationsOf({ db, dialect: 'postgres', pool }, options);
    }
    failure = failed;
    if (!way.isRefused(failed.cause ?? failed)) break;
  }
  if (failure instanceof OperationsUnavailable) throw failure;
  throw new OperationsUnavailable(
    { ru: `PostgreSQL, ${new URL(url).host}`, en: `PostgreSQL, ${new URL(url).host}` },
    messageOf(failure),
    {
      ru: 'Проверьте, работает ли сервер и верен ли адрес в OPERATIONS_DATABASE_URL.',
      en: 'Look whether it runs, and whether OPERATIONS_DATABASE_URL is right.',
    },
    { cause: failure },
  );
}

const storeOver = (dialect: SqliteDialect | RemoteDialect['dialect']): Kysely<OperationsTables> =>
  new Kysely<OperationsTables>({ dialect, plugins: [new CamelCasePlugin()] });

/** What a first question fails by, and the store is closed then; `null` when it is answered. */
async function failureOf(db: Kysely<OperationsTables>): Promise<Error | null> {
  try {
    await sql`SELECT 1`.execute(db);
    return null;
  } catch (error) {
    await db.destroy();
    return error instanceof Error ? error : new Error(String(error));
  }
}

const messageOf = (error: Error): string => error.message || String((error as { code?: string }).code);

interface Opened {
  db: Kysely<OperationsTables>;
  dialect: OperationsDialect;
  /** Of a server. */
  pool?: RemoteDialect['pool'];
}

function operationsOf(
  { db, dialect, pool }: Opened,
  { leaseSeconds = usualLeaseSeconds, log }: OperationsOptions,
): Operations {
  const leaseMilliseconds = leaseSeconds * 1000;
  let closing: Promise<void> | null = null;
  const within = new AsyncLocalStorage<{ open: boolean }>();
  const outside = (): Kysely<OperationsTables> => {
    if (within.getStore()?.open) {
      throw new Error(
        'Inside a transaction the store is reached by the handle that `transaction` gives: ' +
          'this one would wait for the end of the transaction, for ever.',
      );
    }
    return db;
  };
  return {
    get db() {
      return outside();
    },
    dialect,
    leaseMilliseconds,
    migrate: async () => {
      const migrate = () => migrateOperations(db, dialect, log);
      await (pool ? pool.unhurried(migrate) : migrate());
    },
    transaction: async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        const state = { open: true };
        const inside = (transaction: Transaction<OperationsTables>) =>
          within.run(state, () => work(withinTransaction(transaction, { dialect, leaseMilliseconds })));
        try {
          return await outside().transaction().execute(inside);
        } catch (error) {
          if (attempt === transactionAttempts || !isGivenWay(error)) throw error;
        } finally {
          state.open = false;
        }
      }
    },
    close: () => (closing ??= db.destroy()),
  };
}

function withinTransaction(
  db: Transaction<OperationsTables>,
  about: Pick<Operations, 'dialect' | 'leaseMilliseconds'>,
): Operations {
  const refuse = () =>
    Promise.reject(new Error('Inside a transaction the store is neither migrated nor closed.'));
  const inside: Operations = {
    db,
    ...about,
    migrate: refuse,
    transaction: (work) => work(inside),
    close: refuse,
  };
  return inside;
}
