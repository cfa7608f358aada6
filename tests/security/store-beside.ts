import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { overwrittenBy } from '../helpers/form-version.ts';
import type { OddForm } from './fields.ts';

/** Tables that any request, or the process by itself, may write. */
const volatile: ReadonlySet<string> = new Set([
  ...['sessions', 'attempts', 'leases', 'verifications', 'sqlite_sequence', 'revisions', 'owed_days'],
]);
const journal = ['journal', 'journal_values', 'journal_head'];
/** What forms are about. */
const written = {
  edit: [
    ...[...journal, 'people', 'person_roles', 'pauses', 'pages', 'organisations', 'reminders'],
    ...['reminder_pages', 'settings'],
  ],
  account: [...journal, 'one_time_links', 'role_grants', 'api_tokens', 'share_links', 'two_factors'],
};

/** The operations store of a process that runs, seen from beside it. */
export class StoreBeside {
  readonly #database: DatabaseSync;
  readonly #tables: string[];
  constructor(directory: string) {
    this.#database = new DatabaseSync(join(directory, 'operations.sqlite'), { timeout: 10_000 });
    const rows = this.#database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    this.#tables = rows.map(({ name }) => String(name)).filter((name) => !volatile.has(name));
  }
  /** What each table holds, as text, but for those that a form is about. */
  held({ kind, name }: OddForm): Record<string, string> {
    const about = kind === 'edit' || kind === 'account' ? written[kind] : [];
    // Whoever accepts an invitation has an account then.
    const own = name.startsWith('/invitation') ? [...about, 'users', 'credentials'] : about;
    const others = this.#tables.filter((table) => !own.includes(table));
    return Object.fromEntries(
      others.map((table) => [
        table,
        JSON.stringify(this.#database.prepare(`SELECT * FROM "${table}"`).all()),
      ]),
    );
  }
  /** The version that a form sends which was opened just now; `undefined` when it overwrites nothing. */
  version({ edit, valid }: OddForm): string | undefined {
    if (edit === undefined) return undefined;
    const subject = overwrittenBy(edit, valid);
    if (subject === undefined) return undefined;
    const [thing = '', id = ''] = subject.split(':');
    const table = { organisation: 'organisations', person: 'people', page: 'pages' }[thing];
    const row = table
      ? this.#database.prepare(`SELECT version AS v FROM ${table} WHERE id = ?`).get(Number(id))
      : this.#database.prepare('SELECT max(id) AS v FROM journal WHERE subject = ?').get(subject);
    return String(row?.['v'] ?? 0);
  }
  /** Lets the next logins be tried. */
  forgetTries(): void {
    this.#database.exec('DELETE FROM attempts');
  }
  close(): void {
    this.#database.close();
  }
}
