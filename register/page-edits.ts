import { isMeasuredNetwork, type Network } from '../domain/networks.ts';
import { PageLinkError, parsePageLink, type PageLink } from '../domain/page-link.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { PageTaken } from '../schema/operations/errors.ts';
import { getOrganisation } from '../schema/operations/organisations.ts';
import {
  getPage,
  insertPage,
  listPages,
  removePage,
  updatePage,
  type Page,
} from '../schema/operations/pages.ts';
import {
  EditRefused,
  editRegister,
  journalEdit,
  organisationToEdit,
  problemOf,
  readText,
  refuseOn,
  type EditBy,
  type EditProblem,
} from './edits.ts';
import { isSameLink } from './links.ts';

/**
 * The journal's words: `before` is the page that was taken out (`null` for none), `after` the one that was put in
 * (`null` for none).
 */
export const pageRegistered = 'page.registered';
export const pageReplaced = 'page.replaced';
export const pageClosed = 'page.closed';

/** A page as the journal tells of it. */
export interface JournalPage {
  id: number;
  organisationId: number;
  link: string;
}

/** A page that was put in, in place of another or not. */
export interface JournalReplacement extends JournalPage {
  /** Where it was when it was out of the register already; `null` when it was never in it. */
  was: { organisationId: number; removedAt: string } | null;
}

const told = ({ id, organisationId, link }: Page): JournalPage => ({ id, organisationId, link });

/** The page, when it is in the register; else throws `EditRefused`. */
async function pageToEdit(operations: Operations, id: number): Promise<Page> {
  const page = await getPage(operations, id);
  if (!page || page.removedAt !== null) throw new EditRefused([problemOf('not_there')]);
  return page;
}

/** The link that a text gives; a name alone is one of the given network. Throws `EditRefused`. */
function linkOf(text: string, network: Network | null, hint?: Network): PageLink {
  try {
    return parsePageLink(text, hint);
  } catch (error) {
    if (!(error instanceof PageLinkError)) throw error;
    if (error.reason === 'ambiguous' && network !== null && isMeasuredNetwork(network) && hint === undefined)
      return linkOf(text, network, network);
    throw new EditRefused([problemOf('not_a_page', 'link', text.slice(0, 120), error.reason)]);
  }
}

/** The written text of a link, when there is one; else throws `EditRefused`. */
function writtenLink(text: string): string {
  const problems: EditProblem[] = [];
  const written = readText('link', text, problems, { wanted: true });
  refuseOn(problems);
  return written;
}

/**
 * Adds a page to an organisation; it is to be looked at. Returns the id of the journal entry. Throws `EditRefused` when
 * the text is no page's link, the organisation is not in the register, or the page is in it already.
 */
export async function registerPage(
  operations: Operations,
  { organisationId, link: text }: { organisationId: number; link: string },
  by: EditBy,
): Promise<number> {
  const written = writtenLink(text);
  return await editRegister(operations, async (inside) => {
    await organisationToEdit(inside, organisationId);
    const link = linkOf(written, null);
    const after = await putIn(inside, organisationId, link, by.now);
    const subject = `page:${after.id}`;
    return await journalEdit(inside, by, { what: pageRegistered, subject, before: null, after });
  });
}

/**
 * Puts another page in place of one whose address is wrong or that has moved. The old one stays in history; the new one
 * is to be looked at. Returns the id of the journal entry. Throws `EditRefused` when the text is no page's link, or the
 * page is in the register already.
 */
export async function replacePage(
  operations: Operations,
  { pageId, link: text }: { pageId: number; link: string },
  by: EditBy,
): Promise<number> {
  const written = writtenLink(text);
  return await editRegister(operations, async (inside) => {
    const old = await pageToEdit(inside, pageId);
    const link = linkOf(written, old.network);
    if (isPageOf(old, link)) throw new EditRefused([problemOf('page_same', 'link', link.url)]);
    const after = await putIn(inside, old.organisationId, link, by.now, old.id);
    return await journalEdit(inside, by, {
      what: pageReplaced,
      subject: `page:${old.id}`,
      before: told(old),
      after,
    });
  });
}

const isPageOf = (page: Page, link: PageLink): boolean => isSameLink({ ...page, url: page.link }, link);

/** Puts a page into the register, in place of another when said; one that was in it before is the same page again. */
async function putIn(
  operations: Operations,
  organisationId: number,
  link: PageLink,
  now: Date,
  inPlaceOf: number | null = null,
): Promise<JournalReplacement> {
  const known = (await listPages(operations, { network: link.network, removed: true })).filter((page) =>
    isPageOf(page, link),
  );
  const present = known.find(({ removedAt }) => removedAt === null);
  if (present) throw await takenBy(operations, present, organisationId);
  if (inPlaceOf !== null) await removePage(operations, inPlaceOf, now);
  const [removed] = known;
  const added = removed
    ? await updatePage(operations, removed.id, { organisationId, removedAt: null })
    : await addPage(operations, organisationId, link, now);
  const was = removed?.removedAt
    ? { organisationId: removed.organisationId, removedAt: removed.removedAt.toISOString() }
    : null;
  return { ...told(added), was };
}

async function takenBy(operations: Operations, present: Page, organisationId: number): Promise<EditRefused> {
  if (present.organisationId === organisationId) {
    return new EditRefused([problemOf('page_here', 'link', present.link)]);
  }
  const owner = await getOrganisation(operations, present.organisationId);
  return new EditRefused([problemOf('page_elsewhere', 'link', present.link, owner?.name ?? '')]);
}

async function addPage(
  operations: Operations,
  organisationId: number,
  { network, nativeId, name, url }: PageLink,
  now: Date,
): Promise<Page> {
  // A page that is not read stays as it is given: there is nothing to find out about it.
  const state = isMeasuredNetwork(network) ? ('unresolved' as const) : ('ok' as const);
  return await insertPage(operations, { organisationId, network, link: url, nativeId, name, state }, now);
}

/**
 * Takes out a page that is closed for good and has none in its place; it stays in history. Returns the id of the journal
 * entry. Throws `EditRefused` when it is not in the register.
 */
export async function closePage(operations: Operations, pageId: number, by: EditBy): Promise<number> {
  return await editRegister(operations, async (inside) => {
    const old = await pageToEdit(inside, pageId);
    await removePage(inside, old.id, by.now);
    const subject = `page:${old.id}`;
    return await journalEdit(inside, by, { what: pageClosed, subject, before: told(old), after: null });
  });
}

/**
 * Takes a page out again that was added; one that was in the register before goes where it was. Throws `EditRefused` when
 * it was changed meanwhile.
 */
export async function takePageAdditionBack(
  operations: Operations,
  added: JournalReplacement,
  now: Date,
): Promise<void> {
  const present = await getPage(operations, added.id);
  if (!isStillThere(present, added)) throw new EditRefused([problemOf('changed_since')]);
  await putBack(operations, added, now);
}

/** Whether a page that was put in is in the register, where it was put. */
function isStillThere(present: Page | null, added: JournalReplacement): boolean {
  return present?.removedAt === null && present.organisationId === added.organisationId;
}

/** A page that was put in goes out of the register, to where it was before when it had been in it. */
async function putBack(operations: Operations, { id, was }: JournalReplacement, now: Date): Promise<void> {
  await updatePage(
    operations,
    id,
    was ? { organisationId: was.organisationId, removedAt: new Date(was.removedAt) } : { removedAt: now },
  );
}

/**
 * Brings a page back that was closed or replaced; what was put in its place goes where it was before. Throws
 * `EditRefused` when either was changed meanwhile.
 */
export async function takePageEditBack(
  operations: Operations,
  { before, after }: { before: JournalPage; after: JournalReplacement | null },
): Promise<void> {
  const old = await getPage(operations, before.id);
  const replacement = after && (await getPage(operations, after.id));
  if (!old?.removedAt || (after !== null && !isStillThere(replacement, after)))
    throw new EditRefused([problemOf('changed_since')]);
  try {
    if (after) await putBack(operations, after, old.removedAt);
    await updatePage(operations, old.id, { organisationId: before.organisationId, removedAt: null });
  } catch (error) {
    // Somebody registered the address again in between.
    if (error instanceof PageTaken) throw new EditRefused([problemOf('changed_since')]);
    throw error;
  }
}
