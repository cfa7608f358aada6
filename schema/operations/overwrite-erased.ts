import { sql } from 'kysely';
import type { Operations } from './connect.ts';

/**
 * Overwrites on the disk what was erased: the write-ahead log of a file keeps former rows until it is brought over and cut. A server
 * cleans up by itself. To be called when something was erased, outside of transactions. It never rejects for somebody who is
 * reading: what stays then goes with the next time.
 */
export async function overwriteErased({ db, dialect }: Operations): Promise<void> {
  if (dialect === 'sqlite') await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
}
