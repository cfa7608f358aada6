import type { Selectable } from 'kysely';
import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';
import type { OperationsTables } from './tables.ts';
import { randomToken, tokenHash } from './token-hash.ts';

/** A link by which whoever has it sees one view. Its token is known to whoever was given it alone. */
export interface ShareLink {
  id: number;
  name: string;
  /** What it shows: a view, of an organisation where it is one's own, with the query of its address ('' or `?…`). */
  view: string;
  organisationId: number | null;
  query: string;
  /** The origins whose pages may show it in a frame. */
  framedBy: readonly string[];
  /** Who made it. */
  userId: string;
  createdAt: Date;
  /** From when on it shows nothing. */
  expiresAt: Date;
  /** About when it was last used (see `noteShareLinkUse`); `null`: never. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

function readShareLink(row: Selectable<OperationsTables['shareLinks']>): ShareLink {
  const { tokenHash: _, ...link } = row;
  return {
    ...link,
    framedBy: row.framedBy.split(' ').filter(Boolean),
    createdAt: readInstant(row.createdAt),
    expiresAt: readInstant(row.expiresAt),
    lastUsedAt: readInstant(row.lastUsedAt),
    revokedAt: readInstant(row.revokedAt),
  };
}

/** Makes a link, and returns its token: only the hash is kept, so that it cannot be told a second time. */
export async function addShareLink(
  operations: Operations,
  { framedBy, createdAt, expiresAt, ...link }: Omit<ShareLink, 'id' | 'lastUsedAt' | 'revokedAt'>,
): Promise<{ id: number; token: string }> {
  const token = randomToken();
  const { id } = await operations.db
    .insertInto('shareLinks')
    .values({
      ...link,
      framedBy: framedBy.join(' '),
      tokenHash: tokenHash(token),
      createdAt: storedInstant(createdAt),
      expiresAt: storedInstant(expiresAt),
      lastUsedAt: null,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, token };
}

/** What is kept of a link, whether it still works or not; `null` for one that was never made. */
export async function findShareLink(operations: Operations, token: string): Promise<ShareLink | null> {
  const row = await operations.db
    .selectFrom('shareLinks')
    .selectAll()
    .where('tokenHash', '=', tokenHash(token))
    .executeTakeFirst();
  return row ? readShareLink(row) : null;
}

/** Links that nobody has revoked, those that have ended too, the oldest first. */
export async function listShareLinks(operations: Operations): Promise<ShareLink[]> {
  const rows = await operations.db
    .selectFrom('shareLinks')
    .selectAll()
    .where('revokedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(readShareLink);
}

/** Revokes one link, or all that a user made; returns the ids of those that were not revoked before. */
export async function revokeShareLinks(
  operations: Operations,
  which: { id: number } | { userId: string },
  now: Date,
): Promise<number[]> {
  const query = operations.db
    .updateTable('shareLinks')
    .set({ revokedAt: storedInstant(now) })
    .where('revokedAt', 'is', null);
  const those = 'id' in which ? query.where('id', '=', which.id) : query.where('userId', '=', which.userId);
  const revoked = await those.returning('id').execute();
  return revoked.map(({ id }) => id).sort((one, other) => one - other);
}

/** Writes down that a link is used, unless a use `since` then is written down already. */
export async function noteShareLinkUse(
  operations: Operations,
  id: number,
  { now, since }: { now: Date; since: Date },
): Promise<void> {
  await operations.db
    .updateTable('shareLinks')
    .set({ lastUsedAt: storedInstant(now) })
    .where('id', '=', id)
    .where((is) => is.or([is('lastUsedAt', 'is', null), is('lastUsedAt', '<=', storedInstant(since))]))
    .execute();
}
