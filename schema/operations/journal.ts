import type { Selectable } from 'kysely';
import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';
import { addRevision } from './revisions.ts';
import { readStoredJson } from './stored-json.ts';
import type { OperationsTables } from './tables.ts';

/** One edit of the register. `before` and `after` are what JSON can hold; `null` where there was nothing. */
export interface JournalEntry {
  id: number;
  at: Date;
  /** A login, or the command that did it. */
  who: string;
  /** What was done, e.g. `organisation.changed`. */
  what: string;
  /** To what, e.g. `organisation:12`. */
  subject: string;
  before: unknown;
  after: unknown;
}

function stored(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function readEntry(row: Selectable<OperationsTables['journal']>): JournalEntry {
  // What is damaged stays the text that it is.
  const parse = (text: string | null): unknown => (text === null ? null : (readStoredJson(text) ?? text));
  return { ...row, at: readInstant(row.at), before: parse(row.before), after: parse(row.after) };
}

const streams = { edit: 'register', note: 'register', import: 'register', settings: 'rules' } as const;

/**
 * Adds entries in their order and returns their ids; there is no way to change or remove one. They are one revision of the
 * register, or of what is set (`settings`), which is committed with the transaction: it is the last thing done in one.
 */
export async function appendJournal(
  operations: Operations,
  entries: readonly Omit<JournalEntry, 'id'>[],
  kind: keyof typeof streams = 'edit',
): Promise<number[]> {
  return await operations.transaction(async (inside) => {
    const { db } = inside;
    const ids: number[] = [];
    for (const { at, who, what, subject, before, after } of entries) {
      const row = { at: storedInstant(at), who, what, subject, before: stored(before), after: stored(after) };
      const added = await db.insertInto('journal').values(row).returning('id').executeTakeFirstOrThrow();
      ids.push(added.id);
    }
    const last = entries.at(-1);
    if (last) {
      const { what, subject, who, at } = last;
      const summary = entries.length === 1 ? `${what} ${subject}` : `${entries.length} entries`;
      await addRevision(inside, at, { stream: streams[kind], kind, actor: who, summary });
    }
    return ids;
  });
}

/** The entry of that id; `null` when there is none. */
export async function getJournalEntry(operations: Operations, id: number): Promise<JournalEntry | null> {
  const row = await operations.db.selectFrom('journal').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? readEntry(row) : null;
}

/** Which entries are asked for. */
export interface JournalFilter {
  ids?: readonly number[];
  /** Of any of these subjects. */
  subjects?: readonly string[];
  subject?: string;
  what?: readonly string[];
  /** Older than this one, when one pages on. */
  beforeId?: number;
  /** 100 when not said. */
  limit?: number;
}

/** The newest entries first, of those that all of the filter leaves. */
export async function listJournal(
  operations: Operations,
  filter: JournalFilter = {},
): Promise<JournalEntry[]> {
  if ([filter.what, filter.ids, filter.subjects].some((list) => list?.length === 0)) return [];
  let query = operations.db
    .selectFrom('journal')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 100);
  if (filter.ids !== undefined) query = query.where('id', 'in', filter.ids);
  if (filter.subjects !== undefined) query = query.where('subject', 'in', filter.subjects);
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.what !== undefined) query = query.where('what', 'in', filter.what);
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId);
  return (await query.execute()).map(readEntry);
}
