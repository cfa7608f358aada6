import { z } from 'zod';
import { getPerson, savePerson } from '#schema/operations/people.ts';
import { contactFields, hasContacts, personEntry, readContacts } from './contacts.ts';
import { defineEdit } from './edit-kind.ts';
import { idField } from './fields.ts';
import { problemsOf } from './problems.ts';

const { refusal } = problemsOf();

/** Changes a person's name and contacts, for every organisation they have a part in. */
export const changeContacts = defineEdit({
  name: 'contacts',
  what: 'person.changed',
  fields: z.object({ person: idField, ...contactFields }),
  problems: [],
  touchesMirror: false,
  prepare: ({ person, ...said }) => ({ id: person, contacts: readContacts(said) }),
  overwrites: ({ person }) => `person:${person}`,
  apply: async (inside, { id, contacts }) => {
    const before = await getPerson(inside, id);
    if (!before) throw refusal('not_there');
    if (hasContacts(before, contacts)) throw refusal('nothing_changed', null, before.name);
    return { subject: `person:${id}`, before, after: await savePerson(inside, { id, ...contacts }) };
  },
  entry: z.object({ before: personEntry, after: personEntry }),
  mentions: ({ after }) => ({ people: [after.id] }),
  facts: (entry) => entry,
  revert: async (inside, { before, after }) => {
    const present = await getPerson(inside, after.id);
    if (!present || !hasContacts(present, after)) throw refusal('changed_since');
    await savePerson(inside, before);
  },
});
