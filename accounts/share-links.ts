import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import {
  addShareLink,
  findShareLink,
  listShareLinks,
  noteShareLinkUse,
  revokeShareLinks,
  type ShareLink,
} from '#schema/operations/share-links.ts';
import type { Accounts } from './accounts.ts';
import type { AccountActor } from './actor.ts';
import { readFrameOrigins } from './frame-origins.ts';
import { readLentName, useToNote, withMakers, works, type LentState } from './lent.ts';
import { isAllowed, isShareView, viewsOfNames, type ShareView } from './permissions.ts';
import { AccountRefused } from './problems.ts';

/** How long a link works when nobody says until when, and at most, in days. */
export const [shareLinkDays, mostShareLinkDays] = [30, 365];

/** Links are lent by who may make them. */
const by = 'shares.manage';

const day = 86_400_000;

/** What a link shows: a view, of an organisation where it is one's own, with the query of its address ('' or `?…`). */
export interface SharedView {
  view: ShareView;
  organisationId: number | null;
  query: string;
}

/** What somebody wants of a link. */
export interface WantedShareLink {
  name: string;
  /** `null` where what was entered is the address of no view that can be shown. */
  shows: SharedView | null;
  /** The sites that may show it in a frame, as they were entered; '' for none. */
  framedBy: string;
  /** From when on it shows nothing. */
  expiresAt: Date;
  /** Whether names of organisations may be shown to whoever follows it. */
  namesOthers: boolean;
}

/** Who makes a link, and the account it hangs on. */
export interface ShareLinkMaker extends AccountActor {
  userId: string;
}

/** Makes a link, and returns its token, for this once. Rejects with `AccountRefused`. */
export async function makeShareLink(
  { operations, clock }: Accounts,
  { name: entered, shows, framedBy: sites, expiresAt, namesOthers }: WantedShareLink,
  { who, address, roles, userId }: ShareLinkMaker,
): Promise<string> {
  if (!isAllowed(roles, by)) throw new AccountRefused('role_forbidden');
  const now = clock.now();
  const name = readLentName(entered);
  if (name === '') throw new AccountRefused('share_name_missing');
  if (!shows) throw new AccountRefused('share_view_wrong');
  if (!namesOthers && viewsOfNames.includes(shows.view)) throw new AccountRefused('share_needs_names');
  if (expiresAt <= now) throw new AccountRefused('day_wrong');
  // The last day counts whole.
  if (expiresAt.getTime() > now.getTime() + (mostShareLinkDays + 1) * day)
    throw new AccountRefused('share_day_far');
  const framedBy = readFrameOrigins(sites);
  if (!framedBy) throw new AccountRefused('share_frame_wrong');
  return await operations.transaction(async (inside) => {
    const link = { ...shows, name, framedBy, userId, createdAt: now, expiresAt };
    const { id, token } = await addShareLink(inside, link);
    const { view, organisationId } = shows;
    const after = { view, organisationId, framedBy, until: expiresAt.toISOString() };
    await journalShares(inside, now, { who, address, what: 'share.created', ids: [id], after });
    return token;
  });
}

/** Revokes a link at once; whoever may make links may. Rejects with `AccountRefused`. */
export async function revokeShareLink(
  { operations, clock }: Accounts,
  id: number,
  { who, address, roles }: AccountActor,
): Promise<void> {
  if (!isAllowed(roles, by)) throw new AccountRefused('role_forbidden');
  const now = clock.now();
  await operations.transaction(async (inside) => {
    const ids = await revokeShareLinks(inside, { id }, now);
    if (ids.length === 0) throw new AccountRefused('no_such_share');
    await journalShares(inside, now, { who, address, what: 'share.revoked', ids, after: null });
  });
}

/** Revokes all links of an account that is taken away: whoever gets it anew gets none of them back. */
export async function revokeShareLinksOf(
  inside: Operations,
  userId: string,
  { who, address }: AccountActor,
  now: Date,
): Promise<void> {
  const ids = await revokeShareLinks(inside, { userId }, now);
  await journalShares(inside, now, { who, address, what: 'share.revoked', ids, after: null });
}

/** A link as its list shows it. */
export interface ListedShareLink extends ShareLink {
  state: LentState;
  /** The name of who made it. */
  maker: string | null;
}

/** Links that nobody has revoked, the oldest first. */
export async function shareLinks({ operations, clock }: Accounts): Promise<ListedShareLink[]> {
  return await withMakers(operations, await listShareLinks(operations), { now: clock.now(), by });
}

/** A link that works at this moment, and what it shows. */
export interface WorkingShareLink extends SharedView {
  id: number;
  /** The origins whose pages may show it in a frame. */
  framedBy: readonly string[];
  expiresAt: Date;
}

/**
 * The link that somebody has followed, and a note that it is used; `null` for one that shows nothing: never made, revoked or
 * ended, made by who may make none any more, or of a view that this version has not.
 */
export async function useShareLink(
  { operations, clock }: Accounts,
  token: string,
): Promise<WorkingShareLink | null> {
  const link = await findShareLink(operations, token);
  const now = clock.now();
  if (!link || !(await works(operations, link, { now, by }))) return null;
  const { id, view, organisationId, query, framedBy, expiresAt } = link;
  if (!isShareView(view)) return null;
  const use = useToNote(link.lastUsedAt, now);
  if (use) await noteShareLinkUse(operations, id, use);
  return { id, view, organisationId, query, framedBy, expiresAt };
}

/** What was done with links stands in the journal: their ids and which view they show, no names and nothing that was searched. */
async function journalShares(
  inside: Operations,
  at: Date,
  {
    ids,
    address = '',
    ...done
  }: Pick<AccountActor, 'who' | 'address'> & { what: string; ids: readonly number[]; after: unknown },
): Promise<void> {
  const entries = ids.map((id) => ({ at, address, subject: `share:${id}`, before: null, ...done }));
  await appendJournal(inside, entries, 'settings');
}
