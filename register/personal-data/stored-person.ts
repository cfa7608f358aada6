import { basisOf, erasureDay, type PersonBasis } from '#domain/personal-data.ts';
import { dayOf, type Day } from '#domain/period.ts';
import type { ReminderChannel, Role } from '#domain/vocabulary.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournalValues, type JournalValue } from '#schema/operations/journal-people.ts';
import { getOrganisations } from '#schema/operations/organisations.ts';
import { getPages } from '#schema/operations/pages.ts';
import { getPerson, listFormerPeople, listPeople, listRolesOf } from '#schema/operations/people.ts';
import { listReminders } from '#schema/operations/reminders.ts';
import { listUsers } from '#schema/operations/users.ts';
import { ownTexts } from './erase-person.ts';

/** Everything that is stored of a person of the register. */
export interface StoredPerson {
  id: number;
  name: string;
  email: string;
  phone: string;
  basis: PersonBasis;
  /** Since when they have no part; `null` while they have one. */
  endedAt: Date | null;
  /** The day on which they are erased, when they have no part. */
  erasedOn: Day | null;
  roles: { organisation: string; role: Role; endedAt: Date | null }[];
  reminders: { at: Date; who: string; channel: ReminderChannel; note: string; pages: string[] }[];
  journal: JournalValue[];
  /** The ids of accounts that are theirs. */
  accounts: string[];
}

/** Reads everything that is stored of a person; `null` when there is no such person. `zone` is the federation's. */
export async function readStoredPerson(
  operations: Operations,
  id: number,
  zone: string,
): Promise<StoredPerson | null> {
  const person = await getPerson(operations, id);
  if (!person) return null;
  const roles = await listRolesOf(operations, id);
  const organisations = await getOrganisations(
    operations,
    roles.map(({ organisationId }) => organisationId),
  );
  const named = new Map(organisations.map(({ id: each, name }) => [each, name]));
  const reminders = await listReminders(operations, { personId: id });
  const pages = await getPages(
    operations,
    reminders.flatMap(({ pageIds }) => pageIds),
  );
  const links = new Map(pages.map(({ id: each, link }) => [each, link]));
  const former = (await listFormerPeople(operations)).find((each) => each.id === id);
  const users = await listUsers(operations);
  const own = await ownTexts(operations, person);
  return {
    ...{ id, name: person.name, email: person.email, phone: person.phone },
    basis: basisOf(person),
    endedAt: former?.endedAt ?? null,
    erasedOn: former ? erasureDay(dayOf(former.endedAt, zone), person) : null,
    roles: roles.map(({ organisationId, role, endedAt }) => ({
      organisation: named.get(organisationId) ?? '',
      ...{ role, endedAt },
    })),
    reminders: reminders.map(({ at, who, channel, note, pageIds }) => ({
      ...{ at, who, channel, note },
      pages: pageIds.flatMap((pageId) => links.get(pageId) ?? []),
    })),
    journal: await listJournalValues(operations, { personId: id, ...own }),
    accounts: users.flatMap((user) => (user.personId === id ? [user.id] : [])),
  };
}

/** A person as a search finds them. */
export interface FoundPerson {
  id: number;
  name: string;
  isFormer: boolean;
}

/** Most of those that a search gives. */
const mostFound = 50;

/** People of the register, with a part or without, whose name, number or address holds a text; none for an empty one. */
export async function findPeople(operations: Operations, text: string): Promise<FoundPerson[]> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const digits = wanted.replace(/\D/g, '');
  const all = [
    ...(await listPeople(operations)).map((person) => ({ ...person, isFormer: false })),
    ...(await listFormerPeople(operations)).map((person) => ({ ...person, isFormer: true })),
  ];
  return all
    .filter(
      ({ name, email, phone }) =>
        name.toLowerCase().includes(wanted) ||
        email.toLowerCase().includes(wanted) ||
        (digits.length >= 5 && phone.replace(/\D/g, '').includes(digits)),
    )
    .slice(0, mostFound)
    .map(({ id, name, isFormer }) => ({ id, name, isFormer }));
}
