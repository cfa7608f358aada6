import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Operations } from './connect.ts';
import { chainStart, entryHash, readHead, type JournalRow } from './journal-chain.ts';
import { sealHash, sealsIn } from './journal-seals.ts';

/**
 * What is wrong with a journal. `entry`: this is the first that does not go on from the one before, so that it was changed, or
 * one before it was removed or put in. `value`: a personal value beside it is another one. `tail`: entries up to this one
 * are missing at the end. `headless`: what tells of the end is lost; `head`: all is whole, and the given hash is none of it.
 * Of both, `entryId` is the newest entry; 0 when there is none.
 */
export interface JournalFault {
  isWhole: false;
  fault: 'entry' | 'value' | 'tail' | 'headless' | 'head';
  entryId: number;
}

/** What a verified journal came to; `head` is the hash of its last entry, '' without any. */
export type JournalVerification = { isWhole: true; entries: number; head: string } | JournalFault;

/** How a journal is verified. */
export interface VerificationOptions {
  /** A hash that the chain must hold: of a log or a copy. */
  head?: string | undefined;
  /** Entries that are read at once. */
  batch?: number;
  signal?: AbortSignal;
}

/**
 * Reads the whole journal, a batch at a time, and reckons its chain anew; values that were erased are not missed. Entries that
 * are appended meanwhile are verified as well.
 */
export async function verifyJournal(
  operations: Operations,
  { head: wanted, batch = 500, signal }: VerificationOptions = {},
): Promise<JournalVerification> {
  const { db } = operations;
  const known = await readHead(db);
  let last = { id: 0, hash: chainStart };
  let entries = 0;
  let isFound = wanted === undefined;
  const faulty = (fault: JournalFault['fault'], entryId: number): JournalFault => ({
    isWhole: false,
    fault,
    entryId,
  });
  for (;;) {
    // SQLite answers at once: whoever else asks this process has their turn between two batches.
    await nextTurn();
    signal?.throwIfAborted();
    const rows = await readRows(operations, last.id, batch);
    const fitting: JournalRow[] = [];
    for (const row of rows) {
      const isOtherHead = row.id === known?.entryId && row.hash !== known.hash;
      if (isOtherHead || entryHash(last.hash, row) !== row.hash) break;
      fitting.push(row);
      last = row;
      isFound ||= row.hash === wanted;
    }
    entries += fitting.length;
    const wrong = await firstWrongValue(operations, fitting);
    if (wrong !== null) return faulty('value', wrong);
    const unfit = rows[fitting.length];
    if (unfit) return faulty('entry', unfit.id);
    if (rows.length < batch) break;
  }
  // What was appended since has moved it on; what was put in by hand has not.
  const newest = await readHead(db);
  if (!known || !newest) return faulty('headless', last.id);
  if (last.id < known.entryId) return faulty('tail', known.entryId);
  if (last.id > newest.entryId)
    return faulty('entry', (await readRows(operations, newest.entryId, 1))[0]?.id ?? last.id);
  if (!isFound) return faulty('head', last.id);
  return { isWhole: true, entries, head: last.hash };
}

async function readRows({ db }: Operations, after: number, limit: number): Promise<JournalRow[]> {
  return await db
    .selectFrom('journal')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The first of these entries beside which a value stands that is not the one it was sealed with; `null` when there is none. */
async function firstWrongValue({ db }: Operations, rows: readonly JournalRow[]): Promise<number | null> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  const values = await db
    .selectFrom('journalValues')
    .selectAll()
    .where('entryId', '>=', first.id)
    .where('entryId', '<=', last.id)
    .orderBy('entryId')
    .execute();
  const seals = new Map<number, Map<string, string>>();
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const value of values) {
    const row = byId.get(value.entryId);
    const own = seals.get(value.entryId) ?? (row ? sealsIn(row) : new Map<string, string>());
    seals.set(value.entryId, own);
    if (own.get(value.path) !== sealHash(value)) return value.entryId;
  }
  return null;
}
