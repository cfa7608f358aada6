import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { overwrittenBy } from '../helpers/form-version.ts';
import type { OddForm } from './odd-form.ts';
import { ruledTables, wrongInNew, wrongInOld, type Made, type Row } from './rows.ts';

/** Tables that any request, or the process by itself, may write. */
const volatile: ReadonlySet<string> = new Set([
  ...['sessions', 'attempts', 'leases', 'verifications', 'sqlite_sequence', 'revisions', 'owed_days'],
]);
/** Settings that the process writes by itself, when it brings over or counts what was edited. */
const volatileSettings = ['data.moved', 'register.moved', 'collection.trouble', 'rollups.whole'];
const journal = ['journal', 'journal_values', 'journal_head'];
/** What forms are about. */
const written = {
  edit: [
    ...[...journal, 'people', 'person_roles', 'pauses', 'pages', 'organisations', 'reminders'],
    ...['reminder_pages', 'settings'],
  ],
  account: [...journal, 'one_time_links', 'role_grants', 'api_tokens', 'share_links', 'two_factors'],
};
/** What pages list without end. */
const listed = ['one_time_links', 'role_grants', 'api_tokens', 'share_links'];
/** What some forms are about beside that. */
const writtenBy: readonly (readonly [RegExp, readonly string[]])[] = [
  // Whoever accepts an invitation has an account then; a new password is one of the account's.
  [/^\/invitation/, ['users', 'credentials', 'people']],
  [/^\/password/, ['credentials']],
  // An account is tied to a person of the register; contacts get a basis.
  [/^\/settings\/people\?\/tie/, ['users', 'people', 'person_roles']],
  [/^\/settings\/personal-data/, ['people', 'person_roles', 'reminders', 'reminder_pages']],
  [/^\/account\/second-factor/, ['users']],
];

const tablesOf = ({ kind, name }: OddForm): string[] => [
  ...(kind === 'edit' || kind === 'account' ? written[kind] : []),
  ...writtenBy.flatMap(([form, tables]) => (form.test(name) ? tables : [])),
];

/** What tables hold: of those that a form is not about all rows as text, of those that it is about the rows by their numbers. */
interface Held {
  others: ReadonlyMap<string, string>;
  own: ReadonlyMap<string, ReadonlyMap<number, Row>>;
}

/** The operations store of a process that runs, seen from beside it. */
export class StoreBeside {
  readonly #database: DatabaseSync;
  readonly #tables: string[];
  /** One-time links as they were when they worked. */
  readonly #working: Row[] = [];
  constructor(directory: string) {
    this.#database = new DatabaseSync(join(directory, 'operations.sqlite'), { timeout: 10_000 });
    const rows = this.#database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    this.#database.exec('PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF');
    this.#tables = rows.map(({ name }) => String(name)).filter((name) => !volatile.has(name));
  }
  #rows(table: string, after = 0): Map<number, Row> {
    const asked = this.#database.prepare(`SELECT rowid AS "#", * FROM "${table}" WHERE rowid > ?`);
    const rows = asked.all(after).filter(({ key }) => !volatileSettings.includes(String(key)));
    return new Map(rows.map((row) => [Number(row['#']), row]));
  }
  /** What each table holds before a form is sent. */
  held(form: OddForm): Held {
    const about = tablesOf(form);
    const others = this.#tables.filter((table) => !about.includes(table));
    return {
      others: new Map(others.map((table) => [table, JSON.stringify([...this.#rows(table).values()])])),
      own: new Map(
        ruledTables.filter((table) => about.includes(table)).map((table) => [table, this.#rows(table)]),
      ),
    };
  }
  /** What is wrong with the rows since then. */
  changed(form: OddForm, before: Held): string[] {
    const after = this.held(form);
    const others = [...before.others]
      .filter(([table, rows]) => after.others.get(table) !== rows)
      .map(([table]) => `rows of ${table} changed`);
    const own = [...before.own].flatMap(([table, rows]) =>
      [...rows].flatMap(([number, row]) => wrongInOld(table, row, after.own.get(table)?.get(number))),
    );
    return [...others, ...own];
  }
  /** The newest row of each table with rules that a form is about. */
  newest(form: OddForm): ReadonlyMap<string, number> {
    const about = tablesOf(form);
    return new Map(
      ruledTables
        .filter((table) => about.includes(table))
        .map((table) => [
          table,
          Number(this.#database.prepare(`SELECT max(rowid) AS n FROM "${table}"`).get()?.['n'] ?? 0),
        ]),
    );
  }
  /** What is wrong with the rows that a request has made since then. */
  made(
    newest: ReadonlyMap<string, number>,
    request: Omit<Made, 'accounts' | 'addresses' | 'owners'>,
  ): string[] {
    const added = [...newest].flatMap(([table, number]) =>
      [...this.#rows(table, number).values()].map((row) => [table, row] as const),
    );
    if (added.length === 0) return [];
    const users = [...this.#rows('users').values()];
    const accounts = new Set(users.map(({ id }) => String(id)));
    const addresses = new Set(users.map(({ email }) => String(email)));
    const people = [...this.#rows('people').values()];
    const owners = new Set(
      people.filter(({ email }) => addresses.has(String(email))).map(({ id }) => Number(id)),
    );
    const made = { ...request, accounts, addresses, owners };
    return added.flatMap(([table, row]) => wrongInNew(table, row, made));
  }
  /** Takes away what a form has made since then, but for the newest, so that pages that list it stay as long as they are. */
  keepFew(newest: ReadonlyMap<string, number>): void {
    for (const [table, number] of newest)
      if (listed.includes(table))
        this.#database
          .prepare(
            `DELETE FROM "${table}" WHERE rowid > ? AND rowid <= (SELECT max(rowid) FROM "${table}") - 20`,
          )
          .run(number);
  }
  /** The id of the account with that address. */
  accountOf(email: string): string {
    const row = this.#database.prepare('SELECT id FROM users WHERE email = ?').get(email);
    if (!row) throw new Error(`Nobody has the address ${email}.`);
    return String(row['id']);
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
  /** Keeps the links that work now, to let them be opened again. */
  keepLinks(): void {
    const open = 'SELECT * FROM one_time_links WHERE used_at IS NULL AND revoked_at IS NULL';
    this.#working.push(...this.#database.prepare(open).all());
  }
  /** Lets the links that were kept be opened again: who was invited by one has no account again. */
  reopenLinks(invited: string): void {
    const again = this.#database.prepare(
      'UPDATE one_time_links SET used_at = NULL, revoked_at = NULL, user_id = ?, payload = ? WHERE id = ?',
    );
    for (const { user_id: user = null, payload = null, id = null } of this.#working)
      again.run(user, payload, id);
    this.#database.prepare('DELETE FROM users WHERE email = ?').run(invited);
  }
  close(): void {
    this.#database.close();
  }
}
