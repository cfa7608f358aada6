import { z } from 'zod';
import type { Operations } from '#schema/operations/connect.ts';
import { PageTaken } from '#schema/operations/errors.ts';
import { getPage, removePage, updatePage } from '#schema/operations/pages.ts';
import { defineEdit } from './edit-kind.ts';
import { idField, textField } from './fields.ts';
import {
  isPageOf,
  isPageRead,
  isStillPlaced,
  linkOf,
  pageEntry,
  pageToEdit,
  placedEntry,
  placePage,
  revertPlaced,
  toEntry,
  writtenLink,
  type PageEntry,
  type PlacedEntry,
} from './pages.ts';
import { problemsOf } from './problems.ts';

const { codes, refusal } = problemsOf('page_same');

/**
 * Puts another page in place of one whose address is wrong or that has moved. The old one stays in history; the new one is
 * to be looked at. Refused when the text is no page's link, or the page is in the register already.
 */
export const replacePage = defineEdit({
  name: 'replace',
  what: 'page.replaced',
  fields: z.object({ page: idField, link: textField }),
  problems: codes,
  touchesMirror: true,
  prepare: ({ page, link }) => ({ pageId: page, written: writtenLink(link) }),
  overwrites: ({ page }) => `page:${page}`,
  apply: async (inside, { pageId, written }, actor) => {
    const old = await pageToEdit(inside, pageId);
    const link = linkOf(written, old.network);
    if (isPageOf(old, link)) throw refusal('page_same', 'link', link.url);
    const { id: inPlaceOf, organisationId } = old;
    const after = await placePage(inside, { organisationId, link, inPlaceOf }, actor);
    return { subject: `page:${old.id}`, before: toEntry(old), after };
  },
  entry: z.object({ before: pageEntry, after: placedEntry }),
  mentions: ({ before, after }) => ({ organisations: [before.organisationId], pages: [after.id] }),
  facts: ({ before, after }, names) => ({
    organisation: names.organisation(before.organisationId),
    before: before.link,
    after: after.link,
    isRead: isPageRead(names, after.id),
  }),
  revert: async (inside, { before, after }) => bringBack(inside, before, after),
});

/** Takes out a page that is closed for good and has none in its place; it stays in history. */
export const closePage = defineEdit({
  name: 'close',
  what: 'page.closed',
  fields: z.object({ page: idField }),
  problems: [],
  touchesMirror: true,
  prepare: (input) => input,
  overwrites: ({ page }) => `page:${page}`,
  apply: async (inside, { page }, { now }) => {
    const old = await pageToEdit(inside, page);
    await removePage(inside, old.id, now);
    return { subject: `page:${old.id}`, before: toEntry(old), after: null };
  },
  entry: z.object({ before: pageEntry }).transform(({ before }) => before),
  mentions: ({ organisationId }) => ({ organisations: [organisationId] }),
  facts: ({ organisationId, link }, names) => ({
    organisation: names.organisation(organisationId),
    before: link,
  }),
  revert: async (inside, before) => bringBack(inside, before, null),
});

/**
 * Brings a page back that was closed or replaced; what was put in its place goes where it was before. Throws
 * `EditRefused` when either was changed meanwhile.
 */
async function bringBack(inside: Operations, before: PageEntry, after: PlacedEntry | null): Promise<void> {
  const old = await getPage(inside, before.id);
  const replacement = after && (await getPage(inside, after.id));
  if (!old?.removedAt || (after !== null && !isStillPlaced(replacement, after)))
    throw refusal('changed_since');
  try {
    if (after) await revertPlaced(inside, after, old.removedAt);
    await updatePage(inside, old.id, { organisationId: before.organisationId, removedAt: null });
  } catch (error) {
    // Somebody registered the address again in between.
    if (error instanceof PageTaken) throw refusal('changed_since');
    throw error;
  }
}
