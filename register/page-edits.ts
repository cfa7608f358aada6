import { PageLinkError, parsePageLink, type PageLink } from '../domain/page-link.ts';
import type { Network } from '../domain/vocabulary.ts';
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
  journalEdit,
  problemOf,
  readText,
  refuseOn,
  type EditBy,
  type EditProblem,
} from './edits.ts';
import { isSameLink } from './links.ts';

/** The journal's words: `before` is the page that was taken out, `after` the one in its place (`null` for none). */
export const pageReplaced = 'page.replaced';
export const pageClosed = 'page.closed';

/** A page as the journal tells of it. */
export interface JournalPage {
  id: number;
  organisationId: number;
  link: string;
}

/** The page put in place of another. */
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

/** The link that a text gives; a name alone is one of the page's own network. Throws `EditRefused`. */
function linkOf(text: string, network: Network, hint?: Network): PageLink {
  try {
    return parsePageLink(text, hint);
  } catch (error) {
    if (!(error instanceof PageLinkError)) throw error;
    if (error.reason === 'ambiguous' && network !== 'site') return linkOf(text, network, network);
    throw new EditRefused([problemOf('not_a_page', 'link', text.slice(0, 120), error.reason)]);
  }
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
  const problems: EditProblem[] = [];
  const written = readText('link', text, problems, { wanted: true });
  refuseOn(problems);
  return await operations.transaction(async (inside) => {
    const old = await pageToEdit(inside, pageId);
    const link = linkOf(written, old.network);
    const same = (page: Page): boolean => isSameLink({ ...page, url: page.link }, link);
    if (same(old)) throw new EditRefused([problemOf('page_same', 'link', link.url)]);
    const known = (await listPages(inside, { network: link.network, removed: true })).filter(same);
    const present = known.find(({ removedAt }) => removedAt === null);
    if (present) throw await takenBy(inside, present, old);
    const removed = known[0];
    await removePage(inside, old.id, by.now);
    const added = removed
      ? await updatePage(inside, removed.id, { organisationId: old.organisationId, removedAt: null })
      : await addPage(inside, old.organisationId, link, by.now);
    const was = removed?.removedAt
      ? { organisationId: removed.organisationId, removedAt: removed.removedAt.toISOString() }
      : null;
    return await journalEdit(inside, by, {
      what: pageReplaced,
      subject: `page:${old.id}`,
      before: told(old),
      after: { ...told(added), was } satisfies JournalReplacement,
    });
  });
}

async function takenBy(operations: Operations, present: Page, old: Page): Promise<EditRefused> {
  if (present.organisationId === old.organisationId) {
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
  // A site is not read, so there is nothing to find out about it.
  const state = network === 'site' ? ('ok' as const) : ('unresolved' as const);
  return await insertPage(operations, { organisationId, network, link: url, nativeId, name, state }, now);
}

/**
 * Takes out a page that is closed for good and has none in its place; it stays in history. Returns the id of the journal
 * entry. Throws `EditRefused` when it is not in the register.
 */
export async function closePage(operations: Operations, pageId: number, by: EditBy): Promise<number> {
  return await operations.transaction(async (inside) => {
    const old = await pageToEdit(inside, pageId);
    await removePage(inside, old.id, by.now);
    const subject = `page:${old.id}`;
    return await journalEdit(inside, by, { what: pageClosed, subject, before: told(old), after: null });
  });
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
  const isAsEdited =
    old !== null &&
    old.removedAt !== null &&
    (after === null ||
      (replacement?.removedAt === null && replacement.organisationId === after.organisationId));
  if (!isAsEdited) throw new EditRefused([problemOf('changed_since')]);
  const removedAt = old.removedAt;
  try {
    if (after) {
      await updatePage(
        operations,
        after.id,
        after.was
          ? { organisationId: after.was.organisationId, removedAt: new Date(after.was.removedAt) }
          : { removedAt },
      );
    }
    await updatePage(operations, old.id, { organisationId: before.organisationId, removedAt: null });
  } catch (error) {
    // Somebody registered the address again in between.
    if (error instanceof PageTaken) throw new EditRefused([problemOf('changed_since')]);
    throw error;
  }
}
