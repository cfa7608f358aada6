import { z } from 'zod';
import type { Operations } from '#schema/operations/connect.ts';
import { countEntriesAbout } from '#schema/operations/journal-people.ts';
import {
  endRole,
  getPerson,
  listFormerPeople,
  listPeople,
  listRoles,
  listRolesOf,
  removePerson,
  savePerson,
  saveRole,
  type Person,
} from '#schema/operations/people.ts';
import { findUserOfPerson } from '#schema/operations/users.ts';
import { contactFields, hasContacts, personEntry, readContacts } from './contacts.ts';
import { defineEdit } from './edit-kind.ts';
import { idField, textField } from './fields.ts';
import { organisationToEdit } from './organisation-to-edit.ts';
import { problemsOf } from './problems.ts';

const { refusal } = problemsOf();

const people = z.array(personEntry);
const noContacts = { name: '', email: '', phone: '' };

/**
 * Appoints the person responsible for an organisation's pages, in place of whoever was: `person` of the register, or by
 * contacts. Somebody whose name and contacts are in the register already is the same person. `known`: one of the register is
 * meant, chosen or not.
 */
export const appoint = defineEdit({
  name: 'appoint',
  what: 'responsible.appointed',
  fields: z.object({ organisation: idField, person: idField, known: textField, ...contactFields }),
  problems: [],
  touchesMirror: false,
  prepare: ({ organisation, person, known, ...said }) => {
    const contacts = person === 0 && known === '' ? readContacts(said) : null;
    return { organisationId: organisation, personId: person, contacts };
  },
  overwrites: ({ organisation }) => `organisation:${organisation}`,
  apply: async (inside, { organisationId, personId, contacts }, { now }) => {
    await organisationToEdit(inside, organisationId);
    const people = await listPeople(inside);
    // Who had a part before and is entered again is the same person; chosen are those who have one.
    const former = contacts
      ? (await listFormerPeople(inside)).map(({ endedAt: _, ...person }) => person)
      : [];
    const known = contacts
      ? [...people, ...former].find((person) => hasContacts(person, contacts))
      : people.find((person) => person.id === personId);
    if (!known && !contacts) throw refusal('missing', 'person');
    const before = await responsibleFor(inside, organisationId);
    if (known && before.length === 1 && before[0]?.id === known.id) {
      throw refusal('nothing_changed', null, known.name);
    }
    const after = known ?? (await savePerson(inside, contacts ?? noContacts));
    await putInPlace(inside, organisationId, before, [after], now);
    return { subject: `organisation:${organisationId}`, before, after: [after] };
  },
  entry: z
    .object({ subject: z.string(), before: people, after: people })
    .transform(({ subject, ...said }) => ({ organisationId: Number(subject.split(':')[1]), ...said })),
  mentions: ({ organisationId }) => ({ organisations: [organisationId] }),
  facts: ({ organisationId, before, after }, names) => ({
    organisation: names.organisation(organisationId),
    before: before.map(({ name }) => name),
    after: after.map(({ name }) => name),
  }),
  /** Who has left the register since is entered again. Refused when somebody else was appointed meanwhile. */
  revert: async (inside, { organisationId, before, after }, { now }) => {
    await organisationToEdit(inside, organisationId);
    const present = await responsibleFor(inside, organisationId);
    const isAsAppointed =
      present.length === after.length &&
      after.every((one) => present.some((other) => one.id === other.id || hasContacts(one, other)));
    if (!isAsAppointed) throw refusal('changed_since');
    const back: Person[] = [];
    for (const person of before) {
      const { id: _, ...contacts } = person;
      back.push((await getPerson(inside, person.id)) ?? (await savePerson(inside, contacts)));
    }
    await putInPlace(inside, organisationId, present, back, now);
    for (const { id } of present) await removeWithoutPast(inside, id, organisationId);
  },
});

/** Who answers for an organisation's pages, in the order in which they were entered. */
async function responsibleFor(inside: Operations, organisationId: number): Promise<Person[]> {
  const roles = await listRoles(inside, organisationId);
  const ids = new Set(roles.filter(({ role }) => role === 'responsible').map(({ personId }) => personId));
  return (await listPeople(inside)).filter(({ id }) => ids.has(id));
}

/** Takes the part from some and gives it to others. */
async function putInPlace(
  inside: Operations,
  organisationId: number,
  before: readonly Person[],
  after: readonly Person[],
  now: Date,
): Promise<void> {
  for (const { id } of after) {
    await saveRole(inside, { organisationId, personId: id, role: 'responsible' });
  }
  for (const { id } of before.filter((person) => !after.some((other) => other.id === person.id))) {
    await endRole(inside, { organisationId, personId: id, role: 'responsible' }, now);
  }
}

/** Forgets who was entered by an edit that is undone: no other entry tells of them, and they had no other part and no account. */
async function removeWithoutPast(inside: Operations, id: number, organisationId: number): Promise<void> {
  const parts = await listRolesOf(inside, id);
  const isOnlyThat = parts.every(
    (part) => part.organisationId === organisationId && part.role === 'responsible' && part.endedAt !== null,
  );
  const hasAccount = (await findUserOfPerson(inside, id)) !== null;
  if (isOnlyThat && !hasAccount && (await countEntriesAbout(inside, id)) <= 1) await removePerson(inside, id);
}
