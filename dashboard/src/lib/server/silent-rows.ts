import type { OrganisationRef } from '#analytics/refs.ts';
import type { OrganisationStatus, PageStatus, CurrentStatuses } from '#analytics/status/current.ts';
import type { Period } from '#domain/period.ts';
import type { Status } from '#domain/vocabulary.ts';
import type { Person } from '#schema/operations/people.ts';
import type { SilentFilters, SilentGroup } from '../silent-filters.ts';
import type { ContactBook, OrganisationPeople } from './contacts.ts';
import { isNamed } from './questions.ts';

/** An organisation with its pages, or with one of them, and why it is on the list. */
export interface SilentRow {
  /** Its anchor in the page. */
  key: string;
  group: SilentGroup;
  status: Status;
  days: number | null;
  pause: Period | null;
  organisation: OrganisationRef;
  pages: PageStatus[];
  otherPages: string[];
  /** `null` where the dashboard is public. */
  people: OrganisationPeople | null;
}

/** A person to call, with all the rows that are about their pages; without a person, those nobody answers for. */
export interface PersonRow {
  key: string;
  person: Person | null;
  /** How many rows there are, where not all are shown. */
  total: number;
  rows: SilentRow[];
}

const groups: Partial<Record<Status, SilentGroup>> = {
  dead: 'silent',
  stale: 'silent',
  unknown: 'unknown',
  none: 'none',
  quiet: 'quiet',
  paused: 'paused',
};

/** Why a status puts somebody on the list; `null` when it does not. */
export function groupOf(status: Status): SilentGroup | null {
  return groups[status] ?? null;
}

/** The organisations that the filters leave, found by their own names or by those of their people. */
export function filterOrganisations(
  standings: CurrentStatuses,
  book: ContactBook | null,
  filters: SilentFilters,
): OrganisationStatus[] {
  const { level, sector, league, council, search } = filters;
  return standings.organisations.filter(
    (each) =>
      (level === null || each.level === level) &&
      (sector === '' || each.sector === sector) &&
      (league === '' || each.league?.id === league) &&
      (council === '' || each.council === council) &&
      (search === '' || isNamed(namesOf(each, book), search)),
  );
}

function namesOf({ id, name, short, municipality }: OrganisationStatus, book: ContactBook | null): string {
  const people = book ? [...book.inRole(id, 'responsible'), ...book.inRole(id, 'chair')] : [];
  return [name, short, municipality, ...people.map((person) => person.name)].join(' ');
}

/**
 * One row for each organisation that is on the list by its best page; and one about the pages of it that are not read,
 * which a better page would keep off the list.
 */
export function organisationRows(
  organisations: readonly OrganisationStatus[],
  book: ContactBook | null,
): SilentRow[] {
  return organisations.flatMap((organisation) => {
    const { id, status, daysSilent, pages } = organisation;
    const common = commonOf(organisation, book);
    const group = groupOf(status);
    const unread = group === 'unknown' ? [] : unreadPagesOf(organisation);
    return [
      ...(group ? [{ ...common, key: `organisation-${id}`, group, status, days: daysSilent, pages }] : []),
      ...(unread.length > 0
        ? [
            {
              ...common,
              key: `unread-${id}`,
              group: 'unknown' as const,
              status: 'unknown' as const,
              days: null,
              pages: unread,
            },
          ]
        : []),
    ];
  });
}

/** The pages of an organisation that cannot be judged, because they are not read. */
function unreadPagesOf({ pages }: OrganisationStatus): PageStatus[] {
  return pages.filter((page) => groupOf(page.status) === 'unknown');
}

/** One row for each page that is on the list, whatever its organisation's other pages do; and for who has no page. */
export function pageRows(
  organisations: readonly OrganisationStatus[],
  book: ContactBook | null,
): SilentRow[] {
  return organisations.flatMap((organisation) => {
    if (organisation.pages.length === 0) return organisationRows([organisation], book);
    return organisation.pages.flatMap((page) => {
      const group = groupOf(page.status);
      const { status, daysSilent } = page;
      const key = `page-${page.id}`;
      return group
        ? [{ ...commonOf(organisation, book), key, group, status, days: daysSilent, pages: [page] }]
        : [];
    });
  });
}

function commonOf(organisation: OrganisationStatus, book: ContactBook | null) {
  const { id, name, short, pause, otherPages } = organisation;
  return { organisation: { id, name, short }, pause, otherPages, people: book && book.peopleOf(id) };
}

/** Lines by whom to call about them; one about two people's page stands under both. */
export function personRows(rows: readonly SilentRow[], book: ContactBook): PersonRow[] {
  const found = new Map<number, PersonRow>();
  const nobody: SilentRow[] = [];
  for (const row of rows) {
    const people = book.toCall(row.organisation.id);
    if (people.length === 0) nobody.push(row);
    for (const person of people) {
      const own = found.get(person.id) ?? { key: `person-${person.id}`, person, total: 0, rows: [] };
      own.rows.push(row);
      own.total += 1;
      found.set(person.id, own);
    }
  }
  const people = [...found.values()];
  return nobody.length > 0
    ? [...people, { key: 'person-0', person: null, total: nobody.length, rows: nobody }]
    : people;
}

const byText = new Intl.Collator('ru').compare;

/** How long a row has been silent, for sorting: never a post is longest, and what is not known comes last. */
function silenceOf({ status, days }: SilentRow): number {
  return days ?? (status === 'dead' ? Number.MAX_SAFE_INTEGER : -1);
}

function firstPerson({ people }: SilentRow): string {
  return [...(people?.responsible ?? []), ...(people?.chair ?? [])][0]?.name ?? '\uffff';
}

/** The rows in the order that is asked for; equal ones by name. */
export function sortedRows(
  rows: readonly SilentRow[],
  { sort, order }: Pick<SilentFilters, 'sort' | 'order'>,
): SilentRow[] {
  const turn = order === 'asc' ? 1 : -1;
  return [...rows].sort((one, other) => {
    const names = byText(one.organisation.short, other.organisation.short);
    if (sort === 'name') return turn * names;
    if (sort === 'person') return turn * byText(firstPerson(one), firstPerson(other)) || names;
    return turn * (silenceOf(one) - silenceOf(other)) || names;
  });
}

/** People in the order that is asked for, by their row of the longest silence; whom nobody answers for comes first. */
export function sortedPeople(
  people: readonly PersonRow[],
  filters: Pick<SilentFilters, 'sort' | 'order'>,
): PersonRow[] {
  const turn = filters.order === 'asc' ? 1 : -1;
  const longest = ({ rows }: PersonRow): number => Math.max(...rows.map(silenceOf));
  return people
    .map((each) => ({ ...each, rows: sortedRows(each.rows, { sort: 'silence', order: 'desc' }) }))
    .sort((one, other) => {
      if (!one.person || !other.person) return one.person ? 1 : -1;
      const names = byText(one.person.name, other.person.name);
      return filters.sort === 'silence' ? turn * (longest(one) - longest(other)) || names : turn * names;
    });
}
