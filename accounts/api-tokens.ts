import {
  addApiToken,
  findApiToken,
  listApiTokens,
  noteApiTokenUse,
  revokeApiTokens,
  type ApiToken,
} from '#schema/operations/api-tokens.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import type { Accounts } from './accounts.ts';
import { machine, type AccountActor, type AccountEntry } from './actor.ts';
import { readLentName, useToNote, withMakers, works, type LentState } from './lent.ts';
import { apiTokenScopes, isAllowed, type ApiTokenScope } from './permissions.ts';
import { AccountRefused } from './problems.ts';

/** How long a token works when nobody says until when, in days. */
export const apiTokenDays = 365;

/** Tokens are lent by who manages accounts. */
const by = 'accounts.manage';

/** Who makes a token, and the account it hangs on; `null` for the command, which hangs on none. */
export interface ApiTokenMaker extends AccountActor {
  userId: string | null;
}

/** The command as a maker of tokens. */
export const machineMaker: ApiTokenMaker = { ...machine, userId: null };

/** What somebody wants of a token. */
export interface WantedApiToken {
  name: string;
  scopes: readonly ApiTokenScope[];
  /** From when on it opens nothing. */
  expiresAt: Date;
}

/** Makes a token, and returns it, for this once. Rejects with `AccountRefused`. */
export async function makeApiToken(
  { operations, clock }: Accounts,
  { name: entered, scopes, expiresAt }: WantedApiToken,
  { who, address, roles, userId }: ApiTokenMaker,
): Promise<string> {
  if (!isAllowed(roles, by)) throw new AccountRefused('role_forbidden');
  const now = clock.now();
  const name = readLentName(entered);
  if (name === '') throw new AccountRefused('token_name_missing');
  if (scopes.length === 0) throw new AccountRefused('scope_missing');
  if (expiresAt <= now) throw new AccountRefused('day_wrong');
  return await operations.transaction(async (inside) => {
    const { id, token } = await addApiToken(inside, { name, scopes, userId, createdAt: now, expiresAt });
    const after = { scopes, until: expiresAt.toISOString() };
    await journalTokens(inside, now, { who, address, what: 'token.created', ids: [id], after });
    return token;
  });
}

/** Revokes a token at once; whoever manages accounts may. Rejects with `AccountRefused`. */
export async function revokeApiToken(
  { operations, clock }: Accounts,
  id: number,
  { who, address, roles }: AccountActor,
): Promise<void> {
  if (!isAllowed(roles, by)) throw new AccountRefused('role_forbidden');
  const now = clock.now();
  await operations.transaction(async (inside) => {
    const ids = await revokeApiTokens(inside, { id }, now);
    if (ids.length === 0) throw new AccountRefused('no_such_token');
    await journalTokens(inside, now, { who, address, what: 'token.revoked', ids, after: null });
  });
}

/** Revokes all tokens of an account that is taken away: whoever gets it anew gets none of them back. */
export async function revokeApiTokensOf(
  inside: Operations,
  userId: string,
  { who, address }: AccountActor,
  now: Date,
): Promise<void> {
  const ids = await revokeApiTokens(inside, { userId }, now);
  await journalTokens(inside, now, { who, address, what: 'token.revoked', ids, after: null });
}

/** A token as its list shows it. */
export interface ListedApiToken extends ApiToken {
  state: LentState;
  /** The name of who made it; `null`: the command. */
  maker: string | null;
}

/** Tokens that nobody has revoked, the oldest first. */
export async function apiTokens({ operations, clock }: Accounts): Promise<ListedApiToken[]> {
  return await withMakers(operations, await listApiTokens(operations), { now: clock.now(), by });
}

/** A token that works at this moment, and what it opens. */
export interface WorkingApiToken {
  id: number;
  scopes: readonly ApiTokenScope[];
}

/**
 * The token that a program has sent, and a note that it is used; `null` for one that opens nothing: never made, revoked or
 * ended. A token is lent by who made it, and opens nothing while they may not manage accounts: nobody keeps, by a key of their
 * own making, an access that was taken from them. One that the command made is the machine's own, and works to its end.
 */
export async function useApiToken(
  { operations, clock }: Accounts,
  sent: string,
): Promise<WorkingApiToken | null> {
  const token = await findApiToken(operations, sent);
  const now = clock.now();
  if (!token || !(await works(operations, token, { now, by }))) return null;
  const use = useToNote(token.lastUsedAt, now);
  if (use) await noteApiTokenUse(operations, token.id, use);
  return { id: token.id, scopes: apiTokenScopes.filter((scope) => token.scopes.includes(scope)) };
}

/** What was done with tokens stands in the journal: their ids and what they open, no names. */
async function journalTokens(
  inside: Operations,
  at: Date,
  { who, address = '', what, ids, after }: Omit<AccountEntry, 'userId'> & { ids: readonly number[] },
): Promise<void> {
  const entries = ids.map((id) => ({ at, who, address, what, subject: `token:${id}`, before: null, after }));
  await appendJournal(inside, entries, 'settings');
}
