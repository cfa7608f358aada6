import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';

/** Where somebody is signed in. */
export interface Session {
  id: string;
  userId: string;
  /** When it was begun, last used and ends by itself. */
  createdAt: Date;
  usedAt: Date;
  expiresAt: Date;
  /** As its browser names itself; '' when it does not. */
  userAgent: string;
  /** '' when not known. */
  address: string;
}

/** The sessions that go on, of one user or of all, the last used first. */
export async function listSessions(operations: Operations, now: Date, userId?: string): Promise<Session[]> {
  let query = operations.db
    .selectFrom('sessions')
    .select(['id', 'userId', 'createdAt', 'updatedAt', 'expiresAt', 'userAgent', 'ipAddress'])
    .where('expiresAt', '>', storedInstant(now))
    .orderBy('updatedAt', 'desc')
    .orderBy('id');
  if (userId !== undefined) query = query.where('userId', '=', userId);
  return (await query.execute()).map(({ createdAt, updatedAt, expiresAt, userAgent, ipAddress, ...row }) => ({
    ...row,
    createdAt: readInstant(createdAt),
    usedAt: readInstant(updatedAt),
    expiresAt: readInstant(expiresAt),
    userAgent: userAgent ?? '',
    address: ipAddress ?? '',
  }));
}

/** Ends the session of a token. */
export async function endSessionOf({ db }: Operations, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token', '=', token).execute();
}

/** Ends a session of a user (`only`), all `but` one, or all; returns how many. */
export async function endSessions(
  operations: Operations,
  userId: string,
  which: { only?: string; but?: string } = {},
): Promise<number> {
  let query = operations.db.deleteFrom('sessions').where('userId', '=', userId);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.but !== undefined) query = query.where('id', '!=', which.but);
  const { numDeletedRows } = await query.executeTakeFirst();
  return Number(numDeletedRows);
}

/** Forgets the sessions that had ended by an instant: where they were from is of no use any more. */
export async function deleteEndedSessions({ db }: Operations, now: Date): Promise<void> {
  await db.deleteFrom('sessions').where('expiresAt', '<=', storedInstant(now)).execute();
}
