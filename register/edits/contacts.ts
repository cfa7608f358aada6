import { z } from 'zod';
import type { Person } from '#schema/operations/people.ts';
import { emailOf, phoneOf } from '../values.ts';
import { basisEntry } from './basis.ts';
import { readText, textField } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { problem } = problemsOf();

/** What is said of a person. */
export type Contacts = Pick<Person, 'name' | 'email' | 'phone'>;

/** The fields of a form that asks for them. */
export const contactFields = { name: textField, email: textField, phone: textField };

/** A person as the journal tells of them. */
export const personEntry = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  ...basisEntry,
});

/** Contacts in the form in which they are kept: somebody is to be reached by them, unless they may be without. Throws `EditRefused`. */
export function readContacts(said: Contacts, { mayBeWithout = false } = {}): Contacts {
  const problems: EditProblem[] = [];
  const name = readText('name', said.name, problems, { wanted: true });
  const [email, phone] = [readText('email', said.email, problems), readText('phone', said.phone, problems)];
  if (email !== '' && emailOf(email) === null) problems.push(problem('not_an_email', 'email', email));
  if (phone !== '' && phoneOf(phone) === null) problems.push(problem('not_a_phone', 'phone', phone));
  if (email === '' && phone === '' && !mayBeWithout) problems.push(problem('no_contact', 'phone'));
  refuseOn(problems);
  return { name, email: emailOf(email) ?? '', phone: phoneOf(phone) ?? '' };
}

/** Whether a person is kept with these contacts. */
export function hasContacts(person: Contacts, contacts: Contacts | null): boolean {
  return person.name === contacts?.name && person.email === contacts.email && person.phone === contacts.phone;
}
