import { sql, type RawBuilder } from 'kysely';
import type { Operations } from './connect.ts';

/**
 * The present in milliseconds as leases know it. A server's own: whoever shares it may have a clock that is minutes off, and
 * would take a lease that has not run out. `now` where one process has the database.
 */
function present(operations: Operations, now: Date): RawBuilder<number> {
  return operations.dialect === 'postgres'
    ? sql`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)`
    : sql`${now.getTime()}`;
}

/**
 * Takes a lease that is free, has run out, or is already the holder's own, for so many milliseconds from `now` (on a server:
 * from its own present), in one statement. Returns whether it was taken.
 */
export async function acquireLease(
  operations: Operations,
  name: string,
  holder: string,
  milliseconds: number,
  now: Date,
): Promise<boolean> {
  const at = present(operations, now);
  const expires = sql<number>`${at} + ${milliseconds}`;
  const row = await operations.db
    .insertInto('leases')
    .values({ name, holder, expires })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, expires })
        .where((where) => where.or([where('leases.expires', '<=', at), where('leases.holder', '=', holder)])),
    )
    .returning('holder')
    .executeTakeFirst();
  return row !== undefined;
}

/** Prolongs a lease that the holder still has. Returns `false` when it has run out or is another's. */
export async function renewLease(
  operations: Operations,
  name: string,
  holder: string,
  milliseconds: number,
  now: Date,
): Promise<boolean> {
  const at = present(operations, now);
  const row = await operations.db
    .updateTable('leases')
    .set({ expires: sql<number>`${at} + ${milliseconds}` })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .where('expires', '>', at)
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Prolongs a lease that nobody else has taken, also when it had run out meanwhile: whoever takes a lease writes itself
 * into it, and one that was given back is not there. Returns `false` when it is another's, or nobody's.
 */
export async function keepLease(
  operations: Operations,
  name: string,
  holder: string,
  milliseconds: number,
  now: Date,
): Promise<boolean> {
  const row = await operations.db
    .updateTable('leases')
    .set({ expires: sql<number>`${present(operations, now)} + ${milliseconds}` })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}

/** The names of leases that somebody has at the instant, of those that begin with `prefix`. */
export async function heldLeases(operations: Operations, prefix: string, now: Date): Promise<string[]> {
  const rows = await operations.db
    .selectFrom('leases')
    .select('name')
    .where('name', 'like', `${prefix}%`)
    .where('expires', '>', present(operations, now))
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Takes away all leases that begin with `prefix`: their holders are known to have ended. */
export async function dropLeases(operations: Operations, prefix: string): Promise<void> {
  await operations.db.deleteFrom('leases').where('name', 'like', `${prefix}%`).execute();
}

/** Gives a lease back; another's is left alone. */
export async function releaseLease(operations: Operations, name: string, holder: string): Promise<void> {
  await operations.db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}

/** Who has a lease at the instant; `null` when nobody has. */
export async function leaseHolder(operations: Operations, name: string, now: Date): Promise<string | null> {
  const row = await operations.db
    .selectFrom('leases')
    .select('holder')
    .where('name', '=', name)
    .where('expires', '>', present(operations, now))
    .executeTakeFirst();
  return row?.holder ?? null;
}
