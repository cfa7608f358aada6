import type { Selectable } from 'kysely';
import type { Operations } from './connect.ts';
import { readDoer, storedDoer } from './doers.ts';
import { readInstant, storedInstant } from './instants.ts';
import { readStoredJson } from './stored-json.ts';
import type { OperationsTables } from './tables.ts';
import { randomToken, tokenHash } from './token-hash.ts';

/** What a link is for: making the first administrator, accepting an invitation, setting a password anew. */
export type OneTimeLinkKind = 'claim' | 'invitation' | 'reset';

/** A link that works once. Its token is known to whoever was given it alone. */
export interface OneTimeLink {
  id: number;
  kind: OneTimeLinkKind;
  /** Whose account it is for, when there is one. */
  userId: string | null;
  /** What it brings, as JSON holds it; `null` when it brings nothing, or works no more: whom it was for is forgotten. */
  payload: unknown;
  createdAt: Date;
  /** A user's e-mail address, or the command; '' when their account was erased. */
  createdBy: string;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

type Row = Selectable<OperationsTables['oneTimeLinks']> & { makerEmail: string | null };

function readLink(row: Row): OneTimeLink {
  const instant = (text: string | null) => (text === null ? null : readInstant(text));
  return {
    id: row.id,
    kind: row.kind as OneTimeLinkKind,
    userId: row.userId,
    payload: row.payload === null ? null : readStoredJson(row.payload),
    createdAt: readInstant(row.createdAt),
    createdBy: readDoer(row.createdBy, row.makerEmail),
    expiresAt: readInstant(row.expiresAt),
    usedAt: instant(row.usedAt),
    revokedAt: instant(row.revokedAt),
  };
}

const linksWithMaker = ({ db }: Operations) =>
  db
    .selectFrom('oneTimeLinks')
    .leftJoin('users as maker', 'maker.id', 'oneTimeLinks.createdBy')
    .selectAll('oneTimeLinks')
    .select('maker.email as makerEmail');

/** Makes a link, and returns its token: it is kept nowhere, and cannot be told a second time. */
export async function addOneTimeLink(
  operations: Operations,
  link: Pick<OneTimeLink, 'kind' | 'userId' | 'payload' | 'createdBy' | 'createdAt' | 'expiresAt'>,
): Promise<{ id: number; token: string }> {
  const token = randomToken();
  const { id } = await operations.db
    .insertInto('oneTimeLinks')
    .values({
      kind: link.kind,
      tokenHash: tokenHash(token),
      userId: link.userId,
      payload: link.payload === null ? null : JSON.stringify(link.payload),
      createdAt: storedInstant(link.createdAt),
      createdBy: await storedDoer(operations, link.createdBy),
      expiresAt: storedInstant(link.expiresAt),
      usedAt: null,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, token };
}

/** The link of a token, whether it still works or not; `null` for a token of none. */
export async function findOneTimeLink(
  operations: Operations,
  kind: OneTimeLinkKind,
  token: string,
): Promise<OneTimeLink | null> {
  const row = await linksWithMaker(operations)
    .where('kind', '=', kind)
    .where('tokenHash', '=', tokenHash(token))
    .executeTakeFirst();
  return row ? readLink(row) : null;
}

/** Uses a link, if it still works at that instant: of two who use it at once, one is told `true`. */
export async function takeOneTimeLink(operations: Operations, id: number, now: Date): Promise<boolean> {
  const at = storedInstant(now);
  const { numUpdatedRows } = await operations.db
    .updateTable('oneTimeLinks')
    .set({ usedAt: at, payload: null })
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Makes links of a kind work no more: one of them, those of a user, or all. */
export async function revokeOneTimeLinks(
  operations: Operations,
  kind: OneTimeLinkKind,
  now: Date,
  which: { id?: number; userId?: string } = {},
): Promise<void> {
  let query = operations.db
    .updateTable('oneTimeLinks')
    .set({ revokedAt: storedInstant(now), payload: null })
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('revokedAt', 'is', null);
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.userId !== undefined) query = query.where('userId', '=', which.userId);
  await query.execute();
}

/**
 * Takes back the invitations of somebody that nobody has accepted, by their e-mail address or as a person of the register. What these
 * say of them is forgotten, also where they have ended by themselves.
 */
export async function revokeInvitationsOf(
  operations: Operations,
  whose: { email: string; personId?: number },
  now: Date,
): Promise<void> {
  const open = await operations.db
    .selectFrom('oneTimeLinks')
    .select(['id', 'payload'])
    .where('kind', '=', 'invitation')
    .where('payload', 'is not', null)
    .execute();
  for (const { id, payload } of open) {
    const invited = readStoredJson(payload ?? '') as { email?: string; personId?: number | null };
    const isTheirs =
      (whose.email !== '' && invited.email === whose.email) ||
      (whose.personId !== undefined && invited.personId === whose.personId);
    if (isTheirs) await revokeOneTimeLinks(operations, 'invitation', now, { id });
  }
}

/** Links of a kind that still work, the oldest first. */
export async function listOpenLinks(
  operations: Operations,
  kind: OneTimeLinkKind,
  now: Date,
): Promise<OneTimeLink[]> {
  const rows = await linksWithMaker(operations)
    .where('kind', '=', kind)
    .where('usedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', storedInstant(now))
    .orderBy('oneTimeLinks.id')
    .execute();
  return rows.map(readLink);
}

/** Forgets whom links were for that had ended by an instant. */
export async function forgetEndedLinks({ db }: Operations, now: Date): Promise<void> {
  await db
    .updateTable('oneTimeLinks')
    .set({ payload: null })
    .where('payload', 'is not', null)
    .where('expiresAt', '<=', storedInstant(now))
    .execute();
}
