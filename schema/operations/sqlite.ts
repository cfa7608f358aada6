import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';
import { SqliteDialect } from 'kysely';
import { asIs } from '#domain/said.ts';
import { OperationsUnavailable } from './errors.ts';

/** Statements that are kept ready: nearly all are asked again and again, and preparing one takes longer than asking. */
const keptStatements = 200;
const changesTables = /^\s*(?:create|alter|drop)\b/i;

/** What prepares each statement once. One that changes tables makes ready ones out of date. */
function rememberStatements(database: DatabaseSync): (sql: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (sql) => {
    const found = kept.get(sql);
    if (found) return found;
    const statement = database.prepare(sql);
    if (changesTables.test(sql) || kept.size >= keptStatements) kept.clear();
    if (!changesTables.test(sql)) kept.set(sql, statement);
    return statement;
  };
}

/** What Kysely's SQLite dialect needs, answered by the engine that comes with Node. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const values = (parameters: readonly unknown[]) => parameters.map(toSqlite);
  const prepare = rememberStatements(database);
  return {
    close: () => database.close(),
    prepare: (sql) => {
      // On a full disk the engine has rolled back by itself: asked again it would hide why by "no transaction is active".
      if (sql === 'rollback' && !database.isTransaction) return nothing;
      const statement = prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => allOf(database, sql, statement, values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        // One of its own: the rows of another question may come between those of a stream.
        iterate: (parameters) => database.prepare(sql).iterate(...values(parameters)),
      };
    },
  };
}

/**
 * All rows of a statement. A number beyond those that JavaScript has exactly is read as the nearest one, so that whoever
 * reads it can name it: the engine itself refuses the whole answer.
 */
function allOf(
  database: DatabaseSync,
  sql: string,
  statement: StatementSync,
  parameters: readonly SQLInputValue[],
): unknown[] {
  try {
    return statement.all(...parameters);
  } catch (error) {
    if (!isOutOfRange(error) || !/^\s*(select|with)\b/i.test(sql)) throw error;
    const exact = database.prepare(sql);
    exact.setReadBigInts(true);
    return exact
      .all(...parameters)
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'bigint' ? Number(value) : value,
          ]),
        ),
      );
  }
}

function isOutOfRange(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE';
}

const nothing = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/** SQLite has no booleans. */
function toSqlite(value: unknown): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : (value as SQLInputValue);
}

/**
 * The operations store as a file `operations.sqlite` in the data directory: write-ahead log, foreign keys on, and
 * every commit on the disk before it is answered (unless the data are `disposable`). Throws `OperationsUnavailable`
 * when it cannot be opened.
 */
export function sqliteDialect(dataDirectory: string, disposable = false): SqliteDialect {
  const directory = resolve(dataDirectory);
  const file = join(directory, 'operations.sqlite');
  try {
    mkdirSync(directory, { recursive: true });
    const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
    // What is erased is overwritten on the disk, and not only forgotten.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    if (disposable) database.exec('PRAGMA synchronous = OFF;');
    return new SqliteDialect({ database: asKyselyDatabase(database) });
  } catch (error) {
    throw new OperationsUnavailable(
      asIs(file),
      error instanceof Error ? error.message : String(error),
      {
        ru: 'Проверьте, можно ли писать в DATA_DIR и база ли это; если нет, восстановите файл из резервной копии.',
        en: 'Look whether DATA_DIR can be written, and whether the file is a database; else restore it from a backup.',
      },
      { cause: error },
    );
  }
}
