import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asIs, SaidError, type Said } from '#domain/said.ts';

/** One numbered change of a store's shape, as its file holds it. */
export interface Migration {
  number: number;
  /** The file's name, e.g. `0001-posts.sql`. */
  name: string;
  /** SHA-256 of the file's text with line ends as `\n`, in hexadecimal. */
  checksum: string;
  /** Its statements in order, with `{{names}}` still to be filled. */
  statements: string[];
}

/** A migration that a store says it has had. */
export interface AppliedMigration {
  number: number;
  name: string;
  checksum: string;
}

/** The files and the store's journal contradict each other; nothing was changed. */
export class MigrationRefused extends SaidError {
  override readonly name = 'MigrationRefused';

  /** What only a developer can meet is told in English alone. */
  constructor(said: Said | string) {
    super(typeof said === 'string' ? asIs(said) : said);
  }
}

/** A statement of a migration failed. What is said to have been applied was; it is tried again at the next start. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';

  constructor(migration: string, error: unknown) {
    super(
      `The migration ${migration} failed: ${error instanceof Error ? error.message : String(error)}. ` +
        'It is not in the journal and is tried again at the next start; report it if it fails again.',
      { cause: error },
    );
  }
}

const fileForm = /^(\d{4})-[a-z0-9-]+\.sql$/;

/**
 * The migrations of a folder in the order of their numbers, from 1 without a gap. Throws `MigrationRefused` naming
 * the file that is not called `NNNN-name.sql`, or whose number is taken or out of order.
 */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).sort();
  return files.map((name, index) => {
    const number = Number(fileForm.exec(name)?.[1]);
    if (number !== index + 1) {
      throw new MigrationRefused(
        `The migration ${join(folder, name)} should be number ${index + 1}: migrations are named NNNN-name.sql ` +
          'and numbered from 0001 without gaps. Rename it, or bring the missing file back.',
      );
    }
    const content = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(content).digest('hex');
    return { number, name, checksum, statements: splitStatements(content) };
  });
}

/** Statements of a file: each ends with a semicolon at the end of a line. Comments of whole lines are left out. */
export function splitStatements(content: string): string[] {
  const code = content
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n');
  return code
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/**
 * What is still to be applied. Throws `MigrationRefused` when the store is newer than the program, or a file that
 * it has had is missing or was edited; the message names the file and says what to do.
 */
export function pendingMigrations(
  store: string,
  files: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  for (const had of [...applied].sort((one, other) => one.number - other.number)) {
    const file = files[had.number - 1];
    if (had.number > files.length) {
      throw new MigrationRefused({
        ru:
          `База новее программы: в ней уже есть изменение ${had.name}, которого эта версия не знает. ` +
          'Запустите версию программы, которой пользовались последней, или более новую.',
        en:
          `${store} has had the migration ${had.name}, which this program does not know: the database is newer than ` +
          'the program. Start the version of the program that was used last, or a newer one.',
      });
    }
    if (!file || file.name !== had.name) {
      throw new MigrationRefused(
        `${store} has had the migration ${had.name}, but the file is missing (there is ${file?.name ?? 'none'} in ` +
          'its place). Bring the file back from version control: migrations are never removed or renamed.',
      );
    }
    if (file.checksum !== had.checksum) {
      throw new MigrationRefused(
        `The migration ${had.name} was edited after ${store} has had it. Bring the file back from version control ` +
          'as it was, and put the change into a new migration.',
      );
    }
  }
  const done = new Set(applied.map((had) => had.number));
  const pending = files.filter((file) => !done.has(file.number));
  const last = Math.max(0, ...done);
  const skipped = pending.find((file) => file.number < last);
  if (skipped) {
    throw new MigrationRefused(
      `${store} has had migrations up to ${last} but not ${skipped.name}: its journal was changed by hand. ` +
        'Restore the database from a backup.',
    );
  }
  return pending;
}

/** Fills `{{name}}` in a statement from a closed map; throws `MigrationRefused` for a name that is not in it. */
export function fillTemplate(statement: string, names: Readonly<Record<string, string>>): string {
  return statement.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new MigrationRefused(`A migration uses {{${name}}}, which nothing fills.`);
    return value;
  });
}
