import type { OrganisationStatus, PageStatus, CurrentStatuses } from '#analytics/status/current.ts';
import { countStatuses, type StatusCounts } from '#domain/status-counts.ts';
import { silentGroups, type SilentFilters, type SilentGroup } from '../silent-filters.ts';
import type { ContactBook } from './contacts.ts';
import {
  groupOf,
  filterOrganisations,
  organisationRows,
  pageRows,
  personRows,
  sortedRows,
  sortedPeople,
  type PersonRow,
  type SilentRow,
} from './silent-rows.ts';

/** Lines of one group, as many as are shown at once; over people one section holds all who are to be called. */
export interface SilentSection {
  group: SilentGroup | 'calls';
  total: number;
  rows: SilentRow[];
  people: PersonRow[];
}

/** The list as the screen shows it. */
export interface SilentList {
  /** How many rows each group has, shown or not. */
  counts: Record<SilentGroup, number>;
  sections: SilentSection[];
  /** Silent pages of organisations that another page keeps from being silent. */
  elsewhere: number;
  page: number;
  pages: number;
  /** No page has been read yet: the first collection has not ended. */
  isFirst: boolean;
  /** How the organisations that filters leave stand. */
  standing: StatusCounts;
}

/** Lines of a group at once, when it is shown alone and beside others. */
const alone = 50;
/** Lines of one person at once. */
const ofPerson = 20;
const beside: Record<SilentGroup, number> = { silent: 50, unknown: 25, none: 15, quiet: 15, paused: 15 };
/** What is a reason to call somebody. */
const reasonsToCall: readonly SilentGroup[] = ['silent', 'unknown', 'none'];

/** The answer as the screen shows it: filtered, grouped, sorted, and cut where there are hundreds of rows. */
export function silentList(
  standings: CurrentStatuses,
  book: ContactBook | null,
  filters: SilentFilters,
): SilentList {
  const organisations = filterOrganisations(standings, book, filters);
  const byOrganisation = filters.view === 'organisations';
  const isFirst = isBeforeAnyLook(standings);
  // Before the first collection no page is unread: it has not come to it yet.
  const all = (byOrganisation ? organisationRows : pageRows)(organisations, book).filter(
    ({ group }) => !isFirst || group !== 'unknown',
  );
  const byGroup = Map.groupBy(all, (row) => row.group);
  const counts = Object.fromEntries(
    silentGroups.map((group) => [group, byGroup.get(group)?.length ?? 0]),
  ) as SilentList['counts'];
  const elsewhere = byOrganisation ? silentElsewhere(organisations) : 0;
  const standing = countStatuses(organisations.map(({ status }) => status));
  const said = { counts, elsewhere, standing, isFirst };
  if (filters.view === 'people' && book) {
    const wanted = filters.group === null ? reasonsToCall : [filters.group];
    const rows = all.filter((row) => wanted.includes(row.group));
    const people = sortedPeople(personRows(rows, book), filters);
    const cut = pageOf(people, filters.page);
    const section: SilentSection = {
      group: filters.group ?? 'calls',
      total: people.length,
      rows: [],
      people: cut.items.map(shortened),
    };
    return { ...said, sections: people.length > 0 ? [section] : [], ...cut.place };
  }
  if (filters.group !== null) {
    const rows = sortedRows(byGroup.get(filters.group) ?? [], filters);
    const cut = pageOf(rows, filters.page);
    const section = { group: filters.group, total: rows.length, rows: cut.items, people: [] };
    return { ...said, sections: rows.length > 0 ? [section] : [], ...cut.place };
  }
  const sections = silentGroups.flatMap((group): SilentSection[] => {
    const rows = sortedRows(byGroup.get(group) ?? [], filters);
    return rows.length > 0
      ? [{ group, total: rows.length, rows: rows.slice(0, beside[group]), people: [] }]
      : [];
  });
  return { ...said, sections, page: 1, pages: 1 };
}

const shortened = (each: PersonRow): PersonRow => ({ ...each, rows: each.rows.slice(0, ofPerson) });

/** Whether there are pages, and none of them was ever read. */
function isBeforeAnyLook({ organisations }: CurrentStatuses): boolean {
  const pages = organisations.flatMap((organisation) => organisation.pages);
  const isUnread = ({ unread, foundAs }: PageStatus) =>
    unread === 'never_read' || (unread === 'unresolved' && foundAs === null);
  return pages.length > 0 && pages.every(isUnread);
}

function pageOf<Item>(items: readonly Item[], wanted: number) {
  const pages = Math.max(1, Math.ceil(items.length / alone));
  const page = Math.min(wanted, pages);
  return { items: items.slice((page - 1) * alone, page * alone), place: { page, pages } };
}

function silentElsewhere(organisations: readonly OrganisationStatus[]): number {
  return organisations
    .filter(({ status }) => groupOf(status) !== 'silent')
    .reduce((sum, { pages }) => sum + pages.filter((page) => groupOf(page.status) === 'silent').length, 0);
}

/** Every row that is shown, under whatever heading. */
export function shownRows(list: SilentList): SilentRow[] {
  return list.sections.flatMap(({ rows, people }) => [...rows, ...people.flatMap((each) => each.rows)]);
}

/** Every page that is shown, once. */
export function shownPages(list: SilentList): PageStatus[] {
  return [...new Map(shownRows(list).flatMap(({ pages }) => pages.map((page) => [page.id, page]))).values()];
}
