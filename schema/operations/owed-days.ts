import { randomUUID } from 'node:crypto';
import { storedInstant, readInstant } from './instants.ts';
import type { Operations } from './connect.ts';

/** A page whose posts are to be counted again. */
export interface OwedDay {
  /** `allPages`: everything. */
  pageId: number;
  /** The first local day to count from, `YYYY-MM-DD`. */
  fromDay: string;
  /** Since when something of it has not been counted. */
  since: Date;
  /** Changes each time the page is owed. */
  ticket: string;
  /** Posts are on their way, or their writing was cut short. */
  writing: boolean;
}

/** Stands for all pages. */
export const allPages = 0;

/** Before any post of any network. */
const beginning = '2000-01-01';

/** Rows in one statement: each has five parameters. */
const rowsAtOnce = 500;

/** Owes the days of pages from those given on, in one transaction; what was owed before stays owed. */
export async function oweDays(
  operations: Operations,
  owed: readonly { pageId: number; day: string }[],
  now: Date,
  options: { writing?: boolean } = {},
): Promise<void> {
  const first = new Map<number, string>();
  for (const { pageId, day } of owed) {
    const known = first.get(pageId);
    if (known === undefined || day < known) first.set(pageId, day);
  }
  const ticket = randomUUID();
  // In one order, so that two processes that owe the same pages never wait for each other.
  const inOrder = [...first].sort(([one], [other]) => one - other);
  const rows = inOrder.map(([pageId, fromDay]) => ({
    pageId,
    fromDay,
    since: storedInstant(now),
    ticket,
    writing: options.writing ? 1 : 0,
  }));
  await operations.transaction(async ({ db }) => {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await db
        .insertInto('owedDays')
        .values(rows.slice(from, from + rowsAtOnce))
        .onConflict((conflict) =>
          conflict.column('pageId').doUpdateSet((set) => ({
            fromDay: set
              .case()
              .when('excluded.fromDay', '<', set.ref('owedDays.fromDay'))
              .then(set.ref('excluded.fromDay'))
              .else(set.ref('owedDays.fromDay'))
              .end(),
            ticket: set.ref('excluded.ticket'),
            writing: set.ref('excluded.writing'),
          })),
        )
        .execute();
    }
  });
}

/** Owes everything. */
export async function oweAll(
  operations: Operations,
  now: Date,
  options: { writing?: boolean } = {},
): Promise<void> {
  await oweDays(operations, [{ pageId: allPages, day: beginning }], now, options);
}

/** Owes all days of the pages. */
export async function owePages(operations: Operations, pageIds: readonly number[], now: Date): Promise<void> {
  await oweDays(
    operations,
    pageIds.map((pageId) => ({ pageId, day: beginning })),
    now,
  );
}

/**
 * Writes posts whose days are owed before the first of them is there: a process that ends in the middle leaves them owed,
 * and counting meanwhile does not take the debt away. When writing fails they stay owed as being written.
 */
export async function whileOwed(
  operations: Operations,
  owed: readonly { pageId: number; day: string }[],
  now: Date,
  write: () => Promise<void>,
): Promise<void> {
  if (owed.length > 0) await oweDays(operations, owed, now, { writing: true });
  await write();
  if (owed.length > 0) await oweDays(operations, owed, now);
}

/**
 * Does what may change the count of everything (`work` tells whether it did): all is owed before, and no more after when
 * nothing was changed. Returns what `work` returned.
 */
export async function whileAllOwed(
  operations: Operations,
  now: Date,
  work: () => Promise<boolean>,
): Promise<boolean> {
  const wasOwed = (await readOwed(operations, allPages)) !== null;
  await oweAll(operations, now, { writing: true });
  const hasChanged = await work();
  if (hasChanged || wasOwed) await oweAll(operations, now);
  else
    await operations.db
      .deleteFrom('owedDays')
      .where('pageId', '=', allPages)
      .where('writing', '=', 1)
      .execute();
  return hasChanged;
}

/** A change of everything that was cut short is over: to be called while no other is being made. */
export async function endCutShortChange(operations: Operations, now: Date): Promise<void> {
  if ((await readOwed(operations, allPages))?.writing) await oweAll(operations, now);
}

/** What is owed, by page. */
export async function listOwedDays(operations: Operations): Promise<OwedDay[]> {
  const rows = await operations.db.selectFrom('owedDays').selectAll().orderBy('pageId').execute();
  return rows.map((row) => ({ ...row, since: readInstant(row.since), writing: row.writing === 1 }));
}

async function readOwed(operations: Operations, pageId: number): Promise<OwedDay | null> {
  const row = await operations.db
    .selectFrom('owedDays')
    .selectAll()
    .where('pageId', '=', pageId)
    .executeTakeFirst();
  return row ? { ...row, since: readInstant(row.since), writing: row.writing === 1 } : null;
}

/**
 * Takes away what was listed and is counted since. A page owed again meanwhile, or whose posts were on their way, stays:
 * what it owes is as old as the listing then.
 */
export async function settleOwedDays(
  operations: Operations,
  listed: readonly OwedDay[],
  listedAt: Date,
): Promise<void> {
  if (listed.length === 0) return;
  const tickets = [...new Set(listed.map(({ ticket }) => ticket))];
  const pageIds = listed.map(({ pageId }) => pageId);
  await operations.transaction(async ({ db }) => {
    for (let from = 0; from < tickets.length; from += rowsAtOnce) {
      await db
        .deleteFrom('owedDays')
        .where('ticket', 'in', tickets.slice(from, from + rowsAtOnce))
        .where('writing', '=', 0)
        .execute();
    }
    for (let from = 0; from < pageIds.length; from += rowsAtOnce) {
      await db
        .updateTable('owedDays')
        .set({ since: storedInstant(listedAt) })
        .where('pageId', 'in', pageIds.slice(from, from + rowsAtOnce))
        .execute();
    }
  });
}

/** Writing that was cut short is over: to be called when no posts are being written, before a run. */
export async function endCutShortWriting(operations: Operations): Promise<void> {
  await operations.db
    .updateTable('owedDays')
    .set({ writing: 0, ticket: randomUUID() })
    .where('writing', '=', 1)
    .where('pageId', '!=', allPages)
    .execute();
}
