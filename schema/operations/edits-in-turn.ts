import type { Operations } from './connect.ts';

/** A row that nobody holds for a time: whoever writes it goes first, and the others wait for that transaction to end. */
const row = { name: 'edits', holder: '', expires: 0 };

/**
 * Does an edit in a transaction, after every edit that another process (or this one) has begun: what it reads is what it
 * changes, so that of two that contradict each other the second finds out. Rejects with what `edit` throws, and nothing is
 * changed then.
 */
export async function editInTurn<Result>(
  operations: Operations,
  edit: (operations: Operations) => Promise<Result>,
): Promise<Result> {
  return await operations.transaction(async (inside) => {
    await inside.db
      .insertInto('leases')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ expires: row.expires }))
      .execute();
    return await edit(inside);
  });
}
