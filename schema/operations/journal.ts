import type { SelectQueryBuilder, Selectable } from 'kysely';
import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';
import { appendToChain } from './journal-chain.ts';
import { unsealEntry } from './journal-seals.ts';
import { addRevision } from './revisions.ts';
import type { OperationsTables } from './tables.ts';

/** One edit of the register. `before` and `after` are what JSON can hold; `null` where there was nothing. */
export interface JournalEntry {
  id: number;
  at: Date;
  /** A login, or the command that did it; '' when the login was erased. */
  who: string;
  /** The address that it came from over HTTP; '' when it is not known, or was erased. */
  address: string;
  /** What was done, e.g. `organisation.changed`. */
  what: string;
  /** To what, e.g. `organisation:12`. */
  subject: string;
  before: unknown;
  after: unknown;
  /** Whether personal values of `before` or `after` were erased: they are ''. */
  isErased: boolean;
}

/** An entry that is to be appended. */
export interface NewJournalEntry extends Omit<JournalEntry, 'id' | 'address' | 'isErased'> {
  /** '' when not said. */
  address?: string;
}

function stored(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

const streams = { edit: 'register', note: 'register', import: 'register', settings: 'rules' } as const;

/**
 * Appends entries to the chain in their order and returns their ids; there is no way to change or remove one. Personal
 * values (`personal-fields.ts`) are kept beside them. They are one revision of the register, or of what is set (`settings`),
 * which is committed with the transaction: it is the last thing done in one.
 */
export async function appendJournal(
  operations: Operations,
  entries: readonly NewJournalEntry[],
  kind: keyof typeof streams = 'edit',
): Promise<number[]> {
  if (entries.length === 0) return [];
  return await operations.transaction(async (inside) => {
    const rows = await appendToChain(
      inside.db,
      entries.map(({ at, address = '', before, after, ...entry }) => ({
        ...{ who: entry.who, what: entry.what, subject: entry.subject, address },
        at: storedInstant(at),
        before: stored(before),
        after: stored(after),
      })),
    );
    const [last, lastRow] = [entries.at(-1), rows.at(-1)];
    if (last && lastRow) {
      const { what, subject, at } = last;
      const summary = entries.length === 1 ? `${what} ${subject}` : `${entries.length} entries`;
      // A login is in no other table than the one it can be erased from.
      await addRevision(inside, at, { stream: streams[kind], kind, actor: lastRow.who, summary });
    }
    return rows.map(({ id }) => id);
  });
}

type JournalQuery = SelectQueryBuilder<OperationsTables, 'journal', Selectable<OperationsTables['journal']>>;

/** The entries of a query with their personal values, the newest first, in one question. */
async function readEntries({ db }: Operations, query: JournalQuery): Promise<JournalEntry[]> {
  const found = await db
    .selectFrom(query.as('entry'))
    .leftJoin('journalValues as beside', 'beside.entryId', 'entry.id')
    .selectAll('entry')
    .select(['beside.path', 'beside.value'])
    .orderBy('entry.id', 'desc')
    .execute();
  const entries = new Map<number, { row: (typeof found)[number]; values: Map<string, string> }>();
  for (const row of found) {
    const { values } = entries.get(row.id) ?? { values: new Map<string, string>() };
    if (row.path !== null && row.value !== null) values.set(row.path, row.value);
    entries.set(row.id, { row, values });
  }
  return [...entries.values()].map(({ row, values }) => {
    const { id, at, what, subject } = row;
    return { id, at: readInstant(at), what, subject, ...unsealEntry(row, values) };
  });
}

/** The entry of that id; `null` when there is none. */
export async function getJournalEntry(operations: Operations, id: number): Promise<JournalEntry | null> {
  const [entry] = await listJournal(operations, { ids: [id] });
  return entry ?? null;
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
  return await readEntries(operations, query);
}
