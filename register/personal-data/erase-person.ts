import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { listJournalValues } from '#schema/operations/journal-people.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { revokeInvitationsOf } from '#schema/operations/one-time-links.ts';
import {
  getPerson,
  listFormerPeople,
  listPeople,
  removePerson,
  type Person,
} from '#schema/operations/people.ts';
import { eraseReminderNotes } from '#schema/operations/reminders.ts';
import { accountEmail, listUsers } from '#schema/operations/users.ts';

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
    const own = await ownTexts(inside, person);
    const values = await eraseFromJournal(inside, { personId, ...own, by: { at, who, address } });
    const email = own.texts.find((text) => text === person.email) ?? '';
    await revokeInvitationsOf(inside, { email: accountEmail(email), personId }, at);
    await eraseReminderNotes(inside, personId);
    await removePerson(inside, personId);
    const subject = `person:${personId}`;
    const entry = { at, who, address, what: 'person.erased', subject, before: null, after: { reason } };
    await appendJournal(inside, [entry], 'note');
    return values;
  });
}

/** The texts of somebody by which the journal tells of them where it says no id. */
interface OwnTexts {
  /** What they are called and reached by. */
  texts: string[];
  /** Where papers of theirs lie. */
  proofs: string[];
}

/**
 * The texts by which the journal tells of a person where it says no id: their name, their number and address, where their consent
 * lies, and what these were before they were changed, as far as they are nobody else's of the register, and nobody signs in with them.
 */
export async function ownTexts(operations: Operations, person: Person): Promise<OwnTexts> {
  const others = [...(await listPeople(operations)), ...(await listFormerPeople(operations))].filter(
    ({ id }) => id !== person.id,
  );
  const logins = (await listUsers(operations)).flatMap(({ email, removedAt }) => (removedAt ? [] : email));
  const isOthers = (text: string): boolean =>
    logins.includes(text.toLowerCase()) ||
    others.some(({ name, email, phone, proof }) => [name, email, phone, proof].includes(text));
  const said = await listJournalValues(operations, { personId: person.id, texts: [] });
  const saidIn = (fields: RegExp): string[] =>
    said.filter(({ path }) => fields.test(path)).map(({ value }) => value);
  const own = (texts: readonly string[]): string[] => texts.filter((text) => text !== '' && !isOthers(text));
  const reached = own([person.email, person.phone, ...saidIn(/(?:^|\/)(?:name|email|phone)$/u)]);
  return {
    texts: [...new Set([person.name, ...reached])].filter(Boolean),
    proofs: [...new Set(own([person.proof, ...saidIn(/(?:^|\/)proof$/u)]))],
  };
}
