import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { listJournalValues } from '#schema/operations/journal-people.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import {
  getPerson,
  listFormerPeople,
  listPeople,
  removePerson,
  type Person,
} from '#schema/operations/people.ts';
import { eraseReminderNotes } from '#schema/operations/reminders.ts';
import { listUsers } from '#schema/operations/users.ts';

/** Why somebody is erased: a year has passed since their last part ended, or somebody has asked for it. */
export type ErasureReason = 'year_passed' | 'request';

/** Who erases, and why. */
export interface ErasedBy {
  at: Date;
  who: string;
  address?: string | undefined;
  reason: ErasureReason;
}

/**
 * Erases a person of the register, whole or not at all: their row and parts, what was noted of their reminders, and their
 * values in the journal, whose chain stays whole. That they were erased is an entry of it, without values. Returns how many values
 * of the journal there were; `null` when there is no such person.
 */
export async function erasePerson(
  operations: Operations,
  personId: number,
  { reason, at, who, address = '' }: ErasedBy,
): Promise<number | null> {
  return await editInTurn(operations, async (inside) => {
    const person = await getPerson(inside, personId);
    if (!person) return null;
    const texts = await ownTexts(inside, person);
    const values = await eraseFromJournal(inside, { personId, texts, by: { at, who, address } });
    await eraseReminderNotes(inside, personId);
    await removePerson(inside, personId);
    const subject = `person:${personId}`;
    const entry = { at, who, address, what: 'person.erased', subject, before: null, after: { reason } };
    await appendJournal(inside, [entry], 'note');
    return values;
  });
}

/** The last names of paths in the journal at which somebody is named, or reached by. */
const contactFields = /(?:^|\/)(?:name|email|phone)$/u;

/**
 * The texts by which the journal tells of a person where it says no id: their name, their number and address, and what these were
 * before they were changed, as far as nobody else of the register is called so or reached by them, and nobody signs in with them.
 */
export async function ownTexts(operations: Operations, person: Person): Promise<string[]> {
  const others = [...(await listPeople(operations)), ...(await listFormerPeople(operations))].filter(
    ({ id }) => id !== person.id,
  );
  const logins = (await listUsers(operations)).flatMap(({ email, removedAt }) => (removedAt ? [] : email));
  const isShared = (text: string): boolean =>
    logins.includes(text.toLowerCase()) ||
    others.some(({ name, email, phone }) => [name, email, phone].includes(text));
  const said = await listJournalValues(operations, { personId: person.id, texts: [] });
  const former = said.filter(({ path }) => contactFields.test(path)).map(({ value }) => value);
  const texts = [person.email, person.phone, ...former].filter((text) => !isShared(text));
  return [...new Set([person.name, ...texts])].filter(Boolean);
}
