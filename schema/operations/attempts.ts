import { sql } from 'kysely';
import type { Operations } from './connect.ts';

/** How often something was tried, and until when that counts, in milliseconds since 1970. */
export interface Attempts {
  points: number;
  expires: number;
}

/** What one more try counts, in which span of milliseconds; `isReset`: earlier ones are forgotten. */
export interface Attempt {
  points: number;
  lasts: number;
  isReset: boolean;
}

/** Counts a try, by all processes together, and tells how many there are now. A span begins with its first try. */
export async function countAttempt(
  { db }: Operations,
  key: string,
  { points, lasts, isReset }: Attempt,
  now: number,
): Promise<Attempts> {
  await db.deleteFrom('attempts').where('expires', '<=', now).execute();
  const row = { key, points, expires: now + lasts };
  const counted = await db
    .insertInto('attempts')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet(isReset ? row : { points: sql<number>`attempts.points + ${points}` }),
    )
    .returning(['points', 'expires'])
    .executeTakeFirstOrThrow();
  return { points: counted.points, expires: Number(counted.expires) };
}

/** The tries that count at an instant; `null` for none. */
export async function readAttempts({ db }: Operations, key: string, now: number): Promise<Attempts | null> {
  const row = await db
    .selectFrom('attempts')
    .select(['points', 'expires'])
    .where('key', '=', key)
    .where('expires', '>', now)
    .executeTakeFirst();
  return row ? { points: row.points, expires: Number(row.expires) } : null;
}

/** Forgets the tries of a key; tells whether there were any. */
export async function forgetAttempts({ db }: Operations, key: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('attempts').where('key', '=', key).executeTakeFirst();
  return numDeletedRows > 0n;
}
