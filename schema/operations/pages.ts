import type { Selectable } from 'kysely';
import type { Network, OtherKind, Outcome, PageState, ReachProof } from '#domain/vocabulary.ts';
import type { Operations } from './connect.ts';
import { isUniqueViolation, NotInStore, PageTaken } from './errors.ts';
import { readInstant, readKnownInstant, storedInstant } from './instants.ts';
import type { OperationsTables } from './tables.ts';

/** An account of a network that belongs to an organisation. Removed ones stay, with `removedAt`. */
export interface Page {
  id: number;
  organisationId: number;
  network: Network;
  /** The network's own id, positive; `null` until it is resolved. */
  nativeId: number | null;
  /** The current screen name without `@`. */
  name: string | null;
  title: string;
  /** As registered, normalised. */
  link: string;
  state: PageState;
  stateSince: Date | null;
  /** The first local day whose posts are known, `YYYY-MM-DD`. */
  historyReached: string | null;
  /** The oldest post (of Telegram: message) read without a gap from the newest on, its publication, and how many stood before it. */
  historyCursor: number | null;
  historyPublished: Date | null;
  historyOffset: number | null;
  /** How well it is known that nothing is older than `historyReached` says; `null` when more is wanted. */
  reachProof: ReachProof | null;
  /** What is doubted of its looks, and of its past: JSON, as the collector writes it; `null` when nothing is. */
  lookDoubt: string | null;
  historyDoubt: string | null;
  /** Items left out on the way into a past that is being read: JSON; `null` when none were. */
  historyDropped: string | null;
  /** From when on all new posts are wanted: they have been read twice up to it, by looks hours apart that left nothing out. */
  wantedSince: Date | null;
  /** Up to when all new posts have been read at least once. */
  readUntil: Date | null;
  /** Looks in a row that failed by the page itself. */
  failedLooks: number;
  /** Posts that the store of observations holds of it, at least. */
  storedPosts: number;
  /** What it is, when it is no page of publications. */
  foundAs: OtherKind | null;
  /** `due`: its past is to be read once more; else how far that has come, as JSON of a place; `null` when it is not. */
  review: string | null;
  lastSuccess: Date | null;
  lastOutcome: Outcome | null;
  lastOutcomeSlot: Date | null;
  nextDue: Date | null;
  lastDeep: Date | null;
  addedAt: Date;
  removedAt: Date | null;
}

/** What can be changed of a page. */
export type PageChanges = Partial<Omit<Page, 'id' | 'addedAt'>>;

/** What is said of a page when it is registered; the rest is not known yet. */
export type NewPage = Pick<Page, 'organisationId' | 'network' | 'link'> &
  Partial<Pick<Page, 'nativeId' | 'name' | 'title' | 'state'>>;

const instantFields = [
  'stateSince',
  'lastSuccess',
  'lastOutcomeSlot',
  'nextDue',
  'lastDeep',
  'historyPublished',
  'wantedSince',
  'readUntil',
  'removedAt',
] as const;
type InstantField = (typeof instantFields)[number];

function readPage(row: Selectable<OperationsTables['pages']>): Page {
  const instants = Object.fromEntries(
    instantFields.map((field) => [
      field,
      // A damaged beginning of a state is named by whoever copies it.
      field === 'stateSince' ? readInstant(row[field]) : readKnownInstant(row[field]),
    ]),
  );
  const { version: _, ...page } = row;
  return { ...page, addedAt: readInstant(row.addedAt), ...(instants as Record<InstantField, Date | null>) };
}

type StoredChanges = Partial<Omit<Selectable<OperationsTables['pages']>, 'id' | 'version'>>;

function storedChanges(changes: PageChanges): StoredChanges {
  const stored: Record<string, unknown> = { ...changes };
  for (const field of instantFields) {
    const value = changes[field];
    if (value !== undefined) stored[field] = storedInstant(value);
  }
  return Object.fromEntries(
    Object.entries(stored)
      .filter(([, value]) => value !== undefined)
      // Networks send what people type: PostgreSQL takes no text with a zero in it.
      .map(([field, value]) => [field, typeof value === 'string' ? value.replaceAll('\u0000', '') : value]),
  );
}

/** Pages in the order they were registered; removed ones only when asked for. */
export async function listPages(
  operations: Operations,
  filter: { organisationId?: number; network?: Network; removed?: boolean } = {},
): Promise<Page[]> {
  let query = operations.db.selectFrom('pages').selectAll().orderBy('id');
  if (!filter.removed) query = query.where('removedAt', 'is', null);
  if (filter.network !== undefined) query = query.where('network', '=', filter.network);
  if (filter.organisationId !== undefined) query = query.where('organisationId', '=', filter.organisationId);
  return (await query.execute()).map(readPage);
}

/** The pages of these ids, removed or not, in one query. */
export async function getPages(operations: Operations, ids: readonly number[]): Promise<Page[]> {
  if (ids.length === 0) return [];
  const rows = await operations.db.selectFrom('pages').selectAll().where('id', 'in', ids).execute();
  return rows.map(readPage);
}

/** The page of that id, removed or not; `null` when there never was one. */
export async function getPage(operations: Operations, id: number): Promise<Page | null> {
  const row = await operations.db.selectFrom('pages').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? readPage(row) : null;
}

/** The page of a native id, removed or not; `null` when there never was one. */
export async function findPage(
  operations: Operations,
  network: Network,
  nativeId: number,
): Promise<Page | null> {
  const row = await operations.db
    .selectFrom('pages')
    .selectAll()
    .where('network', '=', network)
    .where('nativeId', '=', nativeId)
    .executeTakeFirst();
  return row ? readPage(row) : null;
}

/**
 * Registers a page: unresolved unless its state is given. Rejects with `PageTaken` when the native id is there
 * already (perhaps removed: bring that one back), or the link, while no id is known.
 */
export async function insertPage(operations: Operations, page: NewPage, now: Date): Promise<Page> {
  const unknown = {
    stateSince: null,
    historyReached: null,
    historyCursor: null,
    historyPublished: null,
    historyOffset: null,
    reachProof: null,
    lookDoubt: null,
    historyDoubt: null,
    historyDropped: null,
    wantedSince: null,
    readUntil: null,
    failedLooks: 0,
    storedPosts: 0,
    foundAs: null,
    review: null,
    lastSuccess: null,
    lastOutcome: null,
    lastOutcomeSlot: null,
    nextDue: null,
    lastDeep: null,
    removedAt: null,
  };
  const {
    organisationId,
    network,
    link,
    nativeId = null,
    name = null,
    title = '',
    state = 'unresolved',
  } = page;
  const said = { organisationId, network, link, nativeId, name, title, state };
  try {
    const row = await operations.db
      .insertInto('pages')
      .values({ ...unknown, ...said, addedAt: storedInstant(now) })
      .returningAll()
      .executeTakeFirstOrThrow();
    return readPage(row);
  } catch (error) {
    throw taken(error, network, link);
  }
}

/** Changes what is given of a page, and returns it whole. Rejects with `NotInStore` or `PageTaken`. */
export async function updatePage(operations: Operations, id: number, changes: PageChanges): Promise<Page> {
  const values = storedChanges(changes);
  try {
    if (Object.keys(values).length > 0) {
      await operations.db.updateTable('pages').set(values).where('id', '=', id).execute();
    }
  } catch (error) {
    throw taken(error, changes.network ?? '', `${changes.nativeId ?? changes.link ?? id}`);
  }
  const page = await getPage(operations, id);
  if (!page) throw new NotInStore('page', id);
  return page;
}

/** Changes many pages, all or none. Rejects as `updatePage` does. */
export async function updatePages(
  operations: Operations,
  pages: readonly { id: number; changes: PageChanges }[],
): Promise<void> {
  // In one order, so that two processes that change the same pages never wait for each other.
  const inOrder = pages.toSorted((one, other) => one.id - other.id);
  await operations.transaction(async (inside) => {
    for (const { id, changes } of inOrder) await updatePage(inside, id, changes);
  });
}

/** Takes a page out of the register; what was observed stays. Rejects with `NotInStore`. */
export async function removePage(operations: Operations, id: number, now: Date): Promise<Page> {
  return await updatePage(operations, id, { removedAt: now });
}

function taken(error: unknown, network: string, what: string): unknown {
  return isUniqueViolation(error) ? new PageTaken(network, what, { cause: error }) : error;
}
