import type { StandingOrganisation, StandingPage, Standings } from '../../../../analytics/silent.ts';
import { addDays, type Day } from '../../../../domain/period.ts';
import { listPauses, type Pause } from '../../../../schema/operations/pauses.ts';
import { getOrganisation } from '../../../../schema/operations/organisations.ts';
import { getPage } from '../../../../schema/operations/pages.ts';
import { isPauseMirrored } from '../../../../schema/register-mirror.ts';
import type { Operations } from '../../../../schema/operations/connect.ts';
import type { Person } from '../../../../schema/operations/people.ts';
import type { OpenForm } from '../silent-filters.ts';
import type { ContactBook } from './contacts.ts';
import { groupOf } from './silent-lines.ts';

/** An organisation as a form names it. */
export interface NamedOrganisation {
  id: number;
  name: string;
  short: string;
}

/** A silent page as a reminder names it. */
export interface RemindedPage {
  page: StandingPage;
  organisation: NamedOrganisation;
}

/** Somebody whom a form offers, with one organisation of theirs; '' without one. */
export type OfferedPerson = Person & { organisation: string };

/** A pause that can be ended; one that `isSetAside` never counted, because its days are none that are taken. */
export type PresentPause = Pause & { isSetAside: boolean };

/** What an open form is filled with. */
export type FormContent =
  | {
      action: 'remind';
      person: Person;
      pages: RemindedPage[];
      /** They answer for the pages only because nobody else does. */
      isChair: boolean;
      /** Who writes the letter: the federation's short name; '' when the register has none. */
      from: string;
    }
  | { action: 'contacts'; person: Person; organisations: number }
  | {
      action: 'appoint';
      organisation: NamedOrganisation;
      present: readonly Person[];
      chair: readonly Person[];
      /** Whom else it may be; `null` when the register has more people than a list can offer. */
      everybody: OfferedPerson[] | null;
    }
  | { action: 'pause'; organisation: NamedOrganisation; from: Day; to: Day; pauses: PresentPause[] }
  | { action: 'page'; organisation: NamedOrganisation; page: { id: number; title: string; url: string } }
  | { action: 'add'; organisation: NamedOrganisation };

/** More people than this are no choice any more. */
const offeredPeople = 300;
/** A pause is suggested for so many days. */
const suggestedDays = 14;

const namedOf = ({ id, name, short }: StandingOrganisation): NamedOrganisation => ({ id, name, short });

/** What the open form is filled with; `null` when what it is about is not in the register. */
export async function formContent(
  open: OpenForm,
  asked: { standings: Standings; book: ContactBook; operations: Operations },
): Promise<FormContent | null> {
  const { standings, book, operations } = asked;
  const { action, id } = open;
  if (action === 'remind') return remindContent(id, standings, book);
  if (action === 'contacts') {
    const person = book.person(id);
    return person ? { action, person, organisations: book.organisationsOf(id).size } : null;
  }
  if (action === 'page') return await pageContent(id, asked);
  const organisation = await namedInRegister(id, asked);
  if (!organisation) return null;
  if (action === 'add') return { action, organisation };
  if (action === 'appoint') {
    return {
      action,
      organisation,
      present: book.inRole(id, 'responsible'),
      chair: book.inRole(id, 'chair'),
      everybody: book.size > offeredPeople ? null : offeredFrom(book, standings),
    };
  }
  const { today } = standings;
  const pauses = (await listPauses(operations, id))
    .map((pause) => ({ ...pause, isSetAside: !isPauseMirrored(pause) }))
    .filter((pause) => pause.isSetAside || pause.to >= today);
  return {
    action,
    organisation,
    from: today,
    to: addDays(today, suggestedDays - 1),
    pauses,
  };
}

function offeredFrom(book: ContactBook, { organisations }: Standings): OfferedPerson[] {
  const names = new Map(organisations.map(({ id, short }) => [id, short]));
  return book.everybody().map((person) => {
    const own = [...book.organisationsOf(person.id)].flatMap((id) => names.get(id) ?? []);
    return { ...person, organisation: own[0] ?? '' };
  });
}

interface Asked {
  standings: Standings;
  operations: Operations;
}

/** An organisation as the statistics know it, else as the register does: one that was set aside can still be edited. */
async function namedInRegister(
  id: number,
  { standings, operations }: Asked,
): Promise<NamedOrganisation | null> {
  const standing = standings.organisations.find((each) => each.id === id);
  if (standing) return namedOf(standing);
  const registered = await getOrganisation(operations, id);
  if (!registered || registered.removedAt !== null) return null;
  return { id, name: registered.name, short: registered.short || registered.name };
}

async function pageContent(id: number, asked: Asked): Promise<FormContent | null> {
  const action = 'page';
  const organisation = asked.standings.organisations.find(({ pages }) =>
    pages.some((page) => page.id === id),
  );
  const page = organisation?.pages.find((each) => each.id === id);
  if (organisation && page) return { action, organisation: namedOf(organisation), page };
  const registered = await getPage(asked.operations, id);
  if (!registered || registered.removedAt !== null) return null;
  const owner = await namedInRegister(registered.organisationId, asked);
  const { link, title, name } = registered;
  return owner && { action, organisation: owner, page: { id, title: title || name || link, url: link } };
}

/** All silent pages of the organisations a person is called about, whatever is shown of them. */
function remindContent(personId: number, standings: Standings, book: ContactBook): FormContent | null {
  const person = book.person(personId);
  if (!person) return null;
  const own = standings.organisations.filter(({ id }) =>
    book.toCall(id).some((each) => each.id === personId),
  );
  const pages = own.flatMap((organisation) =>
    organisation.pages
      .filter((page) => groupOf(page.status) === 'silent')
      .map((page) => ({ page, organisation: namedOf(organisation) })),
  );
  const isChair = own.every(({ id }) => book.inRole(id, 'responsible').length === 0);
  const federation = standings.organisations.find(({ level }) => level === 'federation');
  return { action: 'remind', person, pages, isChair, from: federation?.short ?? '' };
}
