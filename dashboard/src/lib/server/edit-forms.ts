import type { PageStatus, CurrentStatuses } from '#analytics/status/current.ts';
import { toOrganisationRef, type OrganisationRef } from '#analytics/refs.ts';
import type { Reminder } from '#wording/letter.ts';
import { addDays, type Day } from '#domain/period.ts';
import { isWithin, type Reach } from '#domain/reach.ts';
import { listPauses, type Pause } from '#schema/operations/pauses.ts';
import { getOrganisation } from '#schema/operations/organisations.ts';
import { getPage } from '#schema/operations/pages.ts';
import { readVersion } from '#schema/operations/row-versions.ts';
import { isPauseMirrored } from '#schema/register-mirror.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { Person } from '#schema/operations/people.ts';
import { editForms, type ActiveForm, type EditForm } from '../edit-address.ts';
import type { ContactBook } from './contacts.ts';
import { signatureFor, type Signature } from './letter-signature.ts';
import { groupOf } from './silent-rows.ts';

/** Somebody whom a form offers, with one organisation of theirs; '' without one. */
export type OfferedPerson = Person & { organisation: string };

/** A pause that can be ended; one that `isSetAside` never counted, because its days are none that are taken. */
export type PresentPause = Pause & { isSetAside: boolean };

/** What each form is filled with. */
interface Contents {
  remind: Reminder & {
    person: Person;
    pages: { page: PageStatus; organisation: OrganisationRef }[];
    signedBy: Signature;
  };
  contacts: { person: Person; organisations: number };
  appoint: {
    organisation: OrganisationRef;
    present: readonly Person[];
    chair: readonly Person[];
    /** Whom else it may be; `null` when the register has more people than a list can offer. */
    everybody: OfferedPerson[] | null;
  };
  pause: { organisation: OrganisationRef; from: Day; to: Day; pauses: PresentPause[] };
  page: { organisation: OrganisationRef; page: { id: number; title: string; url: string } };
  add: { organisation: OrganisationRef };
}

/** What a form is filled with, and the version that what it is about had before that was read. */
export type ContentOf<Form extends EditForm> = { action: Form; version: number | null } & Contents[Form];

/** What an open form is filled with. */
export type FormContent = { [Form in EditForm]: ContentOf<Form> }[EditForm];

/** More people than this are no choice any more. */
const offeredPeople = 300;
/** A pause is suggested for so many days. */
const suggestedDays = 14;

/** What forms are filled from. */
interface Asked {
  standings: CurrentStatuses;
  book: ContactBook;
  operations: Operations;
  /** The organisations that may be edited; all with `null`. */
  within: Reach | null;
}

const readers: {
  [Form in EditForm]: (id: number, asked: Asked) => Promise<Contents[Form] | null> | Contents[Form] | null;
} = {
  remind: remindContent,
  contacts: (id, { book }) => {
    const person = book.person(id);
    return person ? { person, organisations: book.organisationsOf(id).size } : null;
  },
  appoint: async (id, asked) => {
    const organisation = await namedInRegister(id, asked);
    const { book, standings } = asked;
    return (
      organisation && {
        organisation,
        present: book.inRole(id, 'responsible'),
        chair: book.inRole(id, 'chair'),
        everybody: book.size > offeredPeople ? null : offeredFrom(book, standings),
      }
    );
  },
  pause: async (id, asked) => {
    const organisation = await namedInRegister(id, asked);
    const { today } = asked.standings;
    const pauses = (await listPauses(asked.operations, id))
      .map((pause) => ({ ...pause, isSetAside: !isPauseMirrored(pause) }))
      .filter((pause) => pause.isSetAside || pause.to >= today);
    return organisation && { organisation, from: today, to: addDays(today, suggestedDays - 1), pauses };
  },
  page: pageContent,
  add: async (id, asked) => {
    const organisation = await namedInRegister(id, asked);
    return organisation && { organisation };
  },
};

/** The version of what an open form is about; `null` when it is not in the register. To be read before all that it shows. */
export async function openedVersion(
  operations: Operations,
  { action, id }: ActiveForm,
): Promise<number | null> {
  return await readVersion(operations, `${editForms[action]}:${id}`);
}

/** What the open form is filled with; `null` when what it is about is not in the register. */
export async function formContent(
  { action, id }: ActiveForm,
  version: number | null,
  asked: Asked,
): Promise<FormContent | null> {
  const content = await readers[action](id, asked);
  // Each reader gives what its own form is filled with.
  return content && ({ action, version, ...content } as FormContent);
}

function offeredFrom(book: ContactBook, { organisations }: CurrentStatuses): OfferedPerson[] {
  const names = new Map(organisations.map(({ id, short }) => [id, short]));
  return book.everybody().map((person) => {
    const own = [...book.organisationsOf(person.id)].flatMap((id) => names.get(id) ?? []);
    return { ...person, organisation: own[0] ?? '' };
  });
}

/** An organisation as the statistics know it, else as the register does: one that was set aside can still be edited. */
async function namedInRegister(
  id: number,
  { standings, operations, within }: Pick<Asked, 'standings' | 'operations' | 'within'>,
): Promise<OrganisationRef | null> {
  const standing = standings.organisations.find((each) => each.id === id);
  if (standing) return toOrganisationRef(standing);
  if (!isWithin(within, id)) return null;
  const registered = await getOrganisation(operations, id);
  if (!registered || registered.removedAt !== null) return null;
  return { id, name: registered.name, short: registered.short || registered.name };
}

async function pageContent(id: number, asked: Asked): Promise<Contents['page'] | null> {
  const organisation = asked.standings.organisations.find(({ pages }) =>
    pages.some((page) => page.id === id),
  );
  const page = organisation?.pages.find((each) => each.id === id);
  if (organisation && page) return { organisation: toOrganisationRef(organisation), page };
  const registered = await getPage(asked.operations, id);
  if (!registered || registered.removedAt !== null) return null;
  const owner = await namedInRegister(registered.organisationId, asked);
  const { link, title, name } = registered;
  return owner && { organisation: owner, page: { id, title: title || name || link, url: link } };
}

/** All silent pages of the organisations a person is called about, whatever is shown of them. */
async function remindContent(
  personId: number,
  { standings, book, operations, within }: Asked,
): Promise<Contents['remind'] | null> {
  const person = book.person(personId);
  if (!person) return null;
  const own = standings.organisations.filter(({ id }) =>
    book.toCall(id).some((each) => each.id === personId),
  );
  const pages = own.flatMap((organisation) =>
    organisation.pages
      .filter((page) => groupOf(page.status) === 'silent')
      .map((page) => ({ page, organisation: toOrganisationRef(organisation) })),
  );
  const isChair = own.every(({ id }) => book.inRole(id, 'responsible').length === 0);
  const signedBy = await signatureFor(operations, { standings, within, about: own.map(({ id }) => id) });
  return { person, pages, isChair, signedBy };
}
