import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { sql, type Kysely, type Selectable } from 'kysely';
import { sealEntry, type SealedValue } from './journal-seals.ts';
import { readStoredJson } from './stored-json.ts';
import type { OperationsTables } from './tables.ts';

type Database = Kysely<OperationsTables>;

/** A row of the journal. */
export type JournalRow = Selectable<OperationsTables['journal']>;

/** The hash before the first entry. */
export const chainStart = '';

const theHead = 1;
/** A statement takes some tens of thousands of values. */
const rowsAtOnce = 500;

/**
 * The hash of an entry, in hexadecimal: SHA-256 of the hash before it and of its canonical JSON (RFC 8785), UTF-8. What is
 * no JSON in `before` or `after` is the text that it is.
 */
export function entryHash(previous: string, row: Omit<JournalRow, 'hash'>): string {
  const { id, at, who, address, what, subject } = row;
  const texts = { at, who, address, what, subject };
  const entry = { id, ...mapValues(texts), before: contentOf(row.before), after: contentOf(row.after) };
  return createHash('sha256')
    .update(previous + canonicalize(entry))
    .digest('hex');
}

const mapValues = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.toWellFormed()]));

function contentOf(text: string | null): unknown {
  if (text === null) return null;
  const content = readStoredJson(text);
  try {
    canonicalize(content);
    return content === undefined ? text.toWellFormed() : content;
  } catch {
    // Half a character, or a number beyond all numbers: JSON has them, its canonical form has not.
    return text.toWellFormed();
  }
}

/**
 * Appends rows under the lock of the head, so that of two processes at once the second goes on from what the first has
 * appended: their personal values beside them, each with the hash of the one before. Returns the rows as they are kept.
 * It holds the lock to the end of the transaction that it joins.
 */
export async function appendToChain(
  db: Database,
  entries: readonly Omit<JournalRow, 'id' | 'hash'>[],
): Promise<JournalRow[]> {
  const head = await lockHead(db);
  const { rows, values } = chainRows(head, entries);
  for (const part of chunks(rows)) await db.insertInto('journal').values(part).execute();
  await keepValues(db, values);
  await moveHead(db, rows);
  return rows;
}

/**
 * Seals and chains all entries that are kept, in their order: of a journal of before, whose rows have neither. Done in the
 * transaction of its migration.
 */
export async function chainKeptEntries(db: Database): Promise<void> {
  let last = { entryId: 0, hash: chainStart };
  for (;;) {
    const kept = await db
      .selectFrom('journal')
      .selectAll()
      .where('id', '>', last.entryId)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
    if (kept.length === 0) return;
    const values: (SealedValue & { entryId: number })[] = [];
    for (const old of kept) {
      const sealed = sealEntry(old);
      const { id, who, address, before, after } = sealed.entry;
      last = { entryId: id, hash: entryHash(last.hash, sealed.entry) };
      const row = { who, address, before, after, hash: last.hash };
      await db.updateTable('journal').set(row).where('id', '=', id).execute();
      values.push(...sealed.values.map((value) => ({ entryId: id, ...value })));
    }
    await keepValues(db, values);
    await db.updateTable('journalHead').set(last).where('id', '=', theHead).execute();
  }
}

/** The newest entry's id and hash; an id of 0 and '' before the first, `null` when the row that tells of it is lost. */
export async function readHead(db: Database): Promise<{ entryId: number; hash: string } | null> {
  const head = await db
    .selectFrom('journalHead')
    .select(['entryId', 'hash'])
    .where('id', '=', theHead)
    .executeTakeFirst();
  return head ?? null;
}

/** What is appended to: the greatest id that is taken, and the hash. */
async function lockHead(db: Database): Promise<{ id: number; hash: string }> {
  const head = await db
    .updateTable('journalHead')
    .set(({ ref }) => ({ entryId: ref('entryId') }))
    .where('id', '=', theHead)
    .returning(['entryId', 'hash', sql<number>`(SELECT COALESCE(MAX(id), 0) FROM journal)`.as('newest')])
    .executeTakeFirst();
  if (!head) throw new Error('The journal has lost its head (table journal_head): restore the store.');
  // A row that somebody put in by hand is no reason to take no more edits; whoever verifies the journal finds it.
  return { id: Math.max(head.entryId, head.newest), hash: head.hash };
}

function chainRows(
  head: { id: number; hash: string },
  entries: readonly Omit<JournalRow, 'id' | 'hash'>[],
): { rows: JournalRow[]; values: (SealedValue & { entryId: number })[] } {
  let { id, hash } = head;
  const rows: JournalRow[] = [];
  const values: (SealedValue & { entryId: number })[] = [];
  for (const given of entries) {
    const sealed = sealEntry(given);
    id += 1;
    hash = entryHash(hash, { ...sealed.entry, id });
    rows.push({ ...sealed.entry, id, hash });
    for (const value of sealed.values) values.push({ entryId: id, ...value });
  }
  return { rows, values };
}

async function keepValues(
  db: Database,
  values: readonly (SealedValue & { entryId: number })[],
): Promise<void> {
  for (const part of chunks(values)) await db.insertInto('journalValues').values(part).execute();
}

async function moveHead(db: Database, rows: readonly JournalRow[]): Promise<void> {
  const last = rows.at(-1);
  if (!last) return;
  const head = { entryId: last.id, hash: last.hash };
  await db.updateTable('journalHead').set(head).where('id', '=', theHead).execute();
}

function* chunks<Each>(list: readonly Each[]): Generator<Each[]> {
  for (let from = 0; from < list.length; from += rowsAtOnce) yield list.slice(from, from + rowsAtOnce);
}
