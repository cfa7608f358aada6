import { dayOf } from '#domain/period.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listFormerPeople } from '#schema/operations/people.ts';
import type { Actor } from '../edits/actor.ts';
import { changeContacts } from '../edits/change-contacts.ts';
import { EditRefused, problemsOf } from '../edits/problems.ts';

const { problem, refusal } = problemsOf('basis_too_old');

/** The basis by which somebody without any part is kept for another year, as a form says it. */
export interface NewBasis {
  person: number;
  basis: string;
  proof: string;
  basisOn: string;
}

/**
 * Keeps somebody who has no part any more for another year, from the day of a new basis on: an edit of their contacts, which
 * can be undone. Returns its entry in the journal. Throws `EditRefused` when they are not such a person, no basis is said, or it
 * is none of after their last part.
 */
export async function keepPerson(
  operations: Operations,
  { person: id, basis, proof, basisOn }: NewBasis,
  { zone, ...actor }: Actor & { zone: string },
): Promise<number> {
  const person = (await listFormerPeople(operations)).find((each) => each.id === id);
  if (!person) throw refusal('not_there');
  const missing = Object.entries({ basis, basisOn }).filter(([, text]) => text.trim() === '');
  if (missing.length > 0) throw new EditRefused(missing.map(([field]) => problem('missing', field)));
  const endedOn = dayOf(person.endedAt, zone);
  const { name, email, phone } = person;
  if (/^\d{4}-\d{2}-\d{2}$/.test(basisOn) && basisOn <= endedOn)
    throw refusal('basis_too_old', 'basisOn', basisOn, endedOn);
  return await changeContacts.make(
    operations,
    { person: id, name, email, phone, basis, proof, basisOn },
    actor,
  );
}
