import type { Operations } from '../schema/operations/connect.ts';
import {
  getPerson,
  listPeople,
  listRoles,
  removePerson,
  removeRole,
  savePerson,
  saveRole,
  type Person,
} from '../schema/operations/people.ts';
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
import { emailOf, phoneOf } from './values.ts';

/** The journal's words: `before` and `after` are the people (of an organisation), or the contacts of the one person. */
export const responsibleAppointed = 'responsible.appointed';
export const personChanged = 'person.changed';

/** What is said of a person. */
export type Contacts = Omit<Person, 'id'>;

/** A person who is in the register already, or a new one. */
export type Appointee = { personId: number } | { contacts: Contacts };

/** Contacts in the form in which they are kept, and what is wrong with them: somebody is to be reached by them. */
function readContacts(said: Contacts): Contacts {
  const problems: EditProblem[] = [];
  const name = readText('name', said.name, problems, { wanted: true });
  const [email, phone] = [readText('email', said.email, problems), readText('phone', said.phone, problems)];
  if (email !== '' && emailOf(email) === null) problems.push(problemOf('not_an_email', 'email', email));
  if (phone !== '' && phoneOf(phone) === null) problems.push(problemOf('not_a_phone', 'phone', phone));
  if (email === '' && phone === '') problems.push(problemOf('no_contact', 'phone'));
  refuseOn(problems);
  return { name, email: emailOf(email) ?? '', phone: phoneOf(phone) ?? '' };
}

/**
 * Appoints the person responsible for an organisation's pages, in place of whoever was. Somebody whose name and contacts
 * are in the register already is the same person. Returns the id of the journal entry. Throws `EditRefused`.
 */
export async function appointResponsible(
  operations: Operations,
  { organisationId, appointee }: { organisationId: number; appointee: Appointee },
  by: EditBy,
): Promise<number> {
  const contacts = 'contacts' in appointee ? readContacts(appointee.contacts) : null;
  return await editRegister(operations, async (inside) => {
    await organisationToEdit(inside, organisationId);
    const people = await listPeople(inside);
    const known = people.find((person) =>
      'personId' in appointee ? person.id === appointee.personId : isSame(person, contacts),
    );
    if (!known && !contacts) throw new EditRefused([problemOf('missing', 'person')]);
    const before = await responsibleFor(inside, organisationId);
    if (known && before.length === 1 && before[0]?.id === known.id) {
      throw new EditRefused([problemOf('nothing_changed', null, known.name)]);
    }
    const after = known ?? (await savePerson(inside, contacts ?? noContacts));
    await putInPlace(inside, organisationId, before, [after]);
    return await journalEdit(inside, by, {
      what: responsibleAppointed,
      subject: `organisation:${organisationId}`,
      before,
      after: [after],
    });
  });
}

const noContacts: Contacts = { name: '', email: '', phone: '' };

function isSame(person: Contacts, contacts: Contacts | null): boolean {
  return person.name === contacts?.name && person.email === contacts.email && person.phone === contacts.phone;
}

/** Who answers for an organisation's pages, in the order in which they were entered. */
async function responsibleFor(operations: Operations, organisationId: number): Promise<Person[]> {
  const roles = await listRoles(operations, organisationId);
  const ids = new Set(roles.filter(({ role }) => role === 'responsible').map(({ personId }) => personId));
  return (await listPeople(operations)).filter(({ id }) => ids.has(id));
}

/** Takes the part from some and gives it to others. Nobody stays in the register without any part. */
async function putInPlace(
  operations: Operations,
  organisationId: number,
  before: readonly Person[],
  after: readonly Person[],
): Promise<void> {
  for (const { id } of after) {
    await saveRole(operations, { organisationId, personId: id, role: 'responsible' });
  }
  for (const { id } of before.filter((person) => !after.some((other) => other.id === person.id))) {
    await removeRole(operations, { organisationId, personId: id, role: 'responsible' });
    if (!(await listRoles(operations)).some((role) => role.personId === id)) {
      await removePerson(operations, id);
    }
  }
}

/**
 * Puts those back who answered for an organisation's pages before an appointment; who has left the register since is
 * entered again. Throws `EditRefused` when somebody else was appointed meanwhile.
 */
export async function takeAppointmentBack(
  operations: Operations,
  organisationId: number,
  { before, after }: { before: readonly Person[]; after: readonly Person[] },
): Promise<void> {
  await organisationToEdit(operations, organisationId);
  const present = await responsibleFor(operations, organisationId);
  const isAsAppointed =
    present.length === after.length &&
    after.every((one) => present.some((other) => one.id === other.id || isSame(one, other)));
  if (!isAsAppointed) throw new EditRefused([problemOf('changed_since')]);
  const back: Person[] = [];
  for (const person of before) {
    const { id: _, ...contacts } = person;
    back.push((await getPerson(operations, person.id)) ?? (await savePerson(operations, contacts)));
  }
  await putInPlace(operations, organisationId, present, back);
}

/**
 * Changes a person's name and contacts, for every organisation they have a part in. Returns the id of the journal entry.
 * Throws `EditRefused`.
 */
export async function changePerson(
  operations: Operations,
  { personId, contacts }: { personId: number; contacts: Contacts },
  by: EditBy,
): Promise<number> {
  const read = readContacts(contacts);
  return await editRegister(operations, async (inside) => {
    const before = await getPerson(inside, personId);
    if (!before) throw new EditRefused([problemOf('not_there')]);
    if (isSame(before, read)) throw new EditRefused([problemOf('nothing_changed', null, before.name)]);
    const after = await savePerson(inside, { id: personId, ...read });
    return await journalEdit(inside, by, {
      what: personChanged,
      subject: `person:${personId}`,
      before,
      after,
    });
  });
}

/** Gives a person back the contacts before a change. Throws `EditRefused` when they were changed again meanwhile. */
export async function takePersonChangeBack(
  operations: Operations,
  { before, after }: { before: Person; after: Person },
): Promise<void> {
  const present = await getPerson(operations, after.id);
  if (!present || !isSame(present, after)) throw new EditRefused([problemOf('changed_since')]);
  await savePerson(operations, before);
}
