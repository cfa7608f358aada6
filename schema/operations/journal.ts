import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';

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

/** Adds entries in their order; there is no way to change or remove one. */
export async function appendJournal(
  operations: Operations,
  entries: readonly Omit<JournalEntry, 'id'>[],
): Promise<void> {
  await operations.transaction(async ({ db }) => {
    for (const { at, who, what, subject, before, after } of entries) {
      const row = { at: storedInstant(at), who, what, subject, before: stored(before), after: stored(after) };
      await db.insertInto('journal').values(row).execute();
    }
  });
}

/** The newest entries first; of one subject when it is named, older than `beforeId` when one pages on. */
export async function listJournal(
  operations: Operations,
  filter: { subject?: string; beforeId?: number; limit?: number } = {},
): Promise<JournalEntry[]> {
  let query = operations.db
    .selectFrom('journal')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 100);
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId);
  const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
  return (await query.execute()).map((row) => ({
    ...row,
    at: readInstant(row.at),
    before: parse(row.before),
    after: parse(row.after),
  }));
}
