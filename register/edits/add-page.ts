import { z } from 'zod';
import { getPage } from '#schema/operations/pages.ts';
import { defineEdit } from './edit-kind.ts';
import { idField, textField } from './fields.ts';
import { organisationToEdit } from './organisation-to-edit.ts';
import {
  isPageRead,
  isStillPlaced,
  linkOf,
  placedEntry,
  placePage,
  revertPlaced,
  writtenLink,
} from './pages.ts';
import { problemsOf } from './problems.ts';

const { refusal } = problemsOf();

/**
 * Adds a page to an organisation; it is to be looked at. Refused when the text is no page's link, the organisation is not in
 * the register, or the page is in it already.
 */
export const addPage = defineEdit({
  name: 'add',
  what: 'page.registered',
  fields: z.object({ organisation: idField, link: textField }),
  problems: [],
  touchesMirror: true,
  prepare: ({ organisation, link }) => ({ organisationId: organisation, written: writtenLink(link) }),
  apply: async (inside, { organisationId, written }, actor) => {
    await organisationToEdit(inside, organisationId);
    const after = await placePage(inside, { organisationId, link: linkOf(written, null) }, actor);
    return { subject: `page:${after.id}`, before: null, after };
  },
  entry: z.object({ after: placedEntry }).transform(({ after }) => after),
  mentions: ({ id, organisationId }) => ({ organisations: [organisationId], pages: [id] }),
  facts: ({ id, organisationId, link }, names) => ({
    organisation: names.organisation(organisationId),
    link,
    isRead: isPageRead(names, id),
  }),
  revert: async (inside, added, { now }) => {
    if (!isStillPlaced(await getPage(inside, added.id), added)) throw refusal('changed_since');
    await revertPlaced(inside, added, now);
  },
});
