import { z } from 'zod';
import { basisOf, isWithdrawn } from '#domain/personal-data.ts';
import { getPerson, savePerson, type Person } from '#schema/operations/people.ts';
import { basisInputs, basisProblems, hasBasis, readBasis } from './basis.ts';
import { contactFields, hasContacts, personEntry, readContacts, type Contacts } from './contacts.ts';
import { defineEdit } from './edit-kind.ts';
import { idField } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { refusal } = problemsOf();

/**
 * Changes a person's name and contacts, for every organisation they have a part in, and by what right they are kept. Of who has
 * withdrawn the consent to processing no contacts are shown, and those that are kept stay when none are sent.
 */
export const changeContacts = defineEdit({
  name: 'contacts',
  what: 'person.changed',
  fields: z.object({ person: idField, ...contactFields, ...basisInputs }),
  problems: basisProblems,
  touchesMirror: false,
  prepare: ({ person, name, email, phone, ...said }, { today }) => {
    const problems: EditProblem[] = [];
    const basis = readBasis(said, { today, problems });
    refuseOn(problems);
    return { id: person, said: { name, email, phone }, basis };
  },
  overwrites: ({ person }) => `person:${person}`,
  apply: async (inside, { id, said, basis }) => {
    const before = await getPerson(inside, id);
    if (!before) throw refusal('not_there');
    const contacts = contactsOf(said, before, isWithdrawn({ ...before, ...basis }));
    if (hasContacts(before, contacts) && hasBasis(before, basis))
      throw refusal('nothing_changed', null, before.name);
    const after = await savePerson(inside, { ...before, ...contacts, ...basis });
    return { subject: `person:${id}`, before, after };
  },
  entry: z.object({ before: personEntry, after: personEntry }),
  mentions: ({ after }) => ({ people: [after.id] }),
  facts: (entry) => ({
    ...entry,
    isBasisChanged: !hasBasis(entry.before, basisOf(entry.after)),
    areContactsChanged: !hasContacts(entry.before, entry.after),
  }),
  revert: async (inside, { before, after }) => {
    const present = await getPerson(inside, after.id);
    if (!present || !hasContacts(present, after) || !hasBasis(present, basisOf(after)))
      throw refusal('changed_since');
    await savePerson(inside, before);
  },
});

/** The contacts that were sent; of somebody whose contacts the form does not show, those that are kept. */
function contactsOf(said: Contacts, before: Person, staysWithdrawn: boolean): Contacts {
  const isHidden = isWithdrawn(before) && said.email.trim() === '' && said.phone.trim() === '';
  const { email, phone } = isHidden ? before : said;
  // A file may name somebody without any contact: what they are kept by can be said all the same.
  const isUnchanged = email === before.email && phone === before.phone;
  return readContacts({ name: said.name, email, phone }, { mayBeWithout: staysWithdrawn || isUnchanged });
}
