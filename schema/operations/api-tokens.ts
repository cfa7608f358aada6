import type { Selectable } from 'kysely';
import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';
import type { OperationsTables } from './tables.ts';
import { randomToken, tokenHash } from './token-hash.ts';

/** A key with which a program asks the HTTP API. The token itself is known to whoever was given it alone. */
export interface ApiToken {
  id: number;
  name: string;
  /** What it opens: permissions of accounts. */
  scopes: readonly string[];
  /** Who made it; `null`: the command. */
  userId: string | null;
  createdAt: Date;
  /** From when on it opens nothing. */
  expiresAt: Date;
  /** About when it was last used (see `noteApiTokenUse`); `null`: never. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Every token begins with it, so that people, and programs that look for secrets in files, know it for what it is. */
const apiTokenPrefix = 'pp_';

function readApiToken(row: Selectable<OperationsTables['apiTokens']>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.split(' '),
    userId: row.userId,
    createdAt: readInstant(row.createdAt),
    expiresAt: readInstant(row.expiresAt),
    lastUsedAt: readInstant(row.lastUsedAt),
    revokedAt: readInstant(row.revokedAt),
  };
}

/** Makes a token, and returns it: only its hash is kept, so that it cannot be told a second time. */
export async function addApiToken(
  operations: Operations,
  made: Pick<ApiToken, 'name' | 'scopes' | 'userId' | 'createdAt' | 'expiresAt'>,
): Promise<{ id: number; token: string }> {
  const token = apiTokenPrefix + randomToken();
  const { id } = await operations.db
    .insertInto('apiTokens')
    .values({
      name: made.name,
      tokenHash: tokenHash(token),
      scopes: made.scopes.join(' '),
      userId: made.userId,
      createdAt: storedInstant(made.createdAt),
      expiresAt: storedInstant(made.expiresAt),
      lastUsedAt: null,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, token };
}

/** What is kept of a token, whether it still works or not; `null` for one that was never made. */
export async function findApiToken(operations: Operations, token: string): Promise<ApiToken | null> {
  const row = await operations.db
    .selectFrom('apiTokens')
    .selectAll()
    .where('tokenHash', '=', tokenHash(token))
    .executeTakeFirst();
  return row ? readApiToken(row) : null;
}

/** Tokens that nobody has revoked, those that have ended too, the oldest first. */
export async function listApiTokens(operations: Operations): Promise<ApiToken[]> {
  const rows = await operations.db
    .selectFrom('apiTokens')
    .selectAll()
    .where('revokedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(readApiToken);
}

/** Revokes one token, or all that a user made; returns the ids of those that were not revoked before. */
export async function revokeApiTokens(
  operations: Operations,
  which: { id: number } | { userId: string },
  now: Date,
): Promise<number[]> {
  const query = operations.db
    .updateTable('apiTokens')
    .set({ revokedAt: storedInstant(now) })
    .where('revokedAt', 'is', null);
  const those = 'id' in which ? query.where('id', '=', which.id) : query.where('userId', '=', which.userId);
  const revoked = await those.returning('id').execute();
  return revoked.map(({ id }) => id).sort((one, other) => one - other);
}

/** Writes down that a token is used, unless a use `since` then is written down already. */
export async function noteApiTokenUse(
  operations: Operations,
  id: number,
  { now, since }: { now: Date; since: Date },
): Promise<void> {
  await operations.db
    .updateTable('apiTokens')
    .set({ lastUsedAt: storedInstant(now) })
    .where('id', '=', id)
    .where((is) => is.or([is('lastUsedAt', 'is', null), is('lastUsedAt', '<=', storedInstant(since))]))
    .execute();
}
