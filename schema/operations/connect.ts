import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from 'kysely';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import { isGivenWay, OperationsUnavailable } from './errors.ts';
import type { OperationsDialect } from './migrate.ts';
import { migrateOperations } from './migrate.ts';
import { postgresDialect } from './postgres.ts';
import { sqliteDialect } from './sqlite.ts';
import { asIs } from '../../domain/said.ts';
import type { OperationsTables } from './tables.ts';

export type { OperationsTables } from './tables.ts';

export interface OperationsOptions {
  /** A PostgreSQL server's address (`OPERATIONS_DATABASE_URL`); without it a file in `dataDirectory`. */
  url?: string | undefined;
  dataDirectory?: string | undefined;
  /** SQLite only: commits do not wait for the disk. For data that can be made again, like a demo's. */
  disposable?: boolean | undefined;
  /** Connections to a server; 10 when not said. */
  poolSize?: number | undefined;
  log: Logger;
}

/** The store of what people change: SQLite or PostgreSQL. Made by `connectOperations`. */
export interface Operations {
  /** Names in camelCase; the repositories beside this file decode the rows. */
  readonly db: Kysely<OperationsTables>;
  readonly dialect: OperationsDialect;
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
  const { url, dataDirectory, log } = options;
  if (!url && !dataDirectory) {
    throw new OperationsUnavailable(
      asIs('SQLite'),
      { ru: 'для неё не указана папка', en: 'it was given no directory' },
      { ru: 'Задайте DATA_DIR.', en: 'Set DATA_DIR.' },
    );
  }
  const dialect = url
    ? postgresDialect(url, options.poolSize ?? 10, log)
    : sqliteDialect(dataDirectory ?? '', options.disposable);
  const db = new Kysely<OperationsTables>({ dialect, plugins: [new CamelCasePlugin()] });
  try {
    await sql`SELECT 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw new OperationsUnavailable(
      url
        ? { ru: `PostgreSQL на ${new URL(url).host}`, en: `PostgreSQL at ${new URL(url).host}` }
        : { ru: `SQLite в ${dataDirectory}`, en: `SQLite in ${dataDirectory}` },
      error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error),
      url
        ? {
            ru: 'Проверьте, работает ли сервер и верен ли адрес в OPERATIONS_DATABASE_URL.',
            en: 'Look whether it runs, and whether OPERATIONS_DATABASE_URL is right.',
          }
        : { ru: 'Восстановите её из резервной копии.', en: 'Restore it from a backup.' },
      { cause: error },
    );
  }
  return operationsOf(db, url ? 'postgres' : 'sqlite', log);
}

/** How often a transaction is begun that has to give way to another. */
const transactionAttempts = 3;

function operationsOf(db: Kysely<OperationsTables>, dialect: OperationsDialect, log: Logger): Operations {
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
    migrate: () => migrateOperations(db, dialect, log),
    transaction: async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        const state = { open: true };
        const inside = (transaction: Transaction<OperationsTables>) =>
          within.run(state, () => work(withinTransaction(transaction, dialect)));
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

function withinTransaction(db: Transaction<OperationsTables>, dialect: OperationsDialect): Operations {
  const refuse = () =>
    Promise.reject(new Error('Inside a transaction the store is neither migrated nor closed.'));
  const inside: Operations = {
    db,
    dialect,
    migrate: refuse,
    transaction: (work) => work(inside),
    close: refuse,
  };
  return inside;
}
