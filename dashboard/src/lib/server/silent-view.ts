import type {
  OrganisationStatus,
  PageStatus,
  CurrentStatuses,
} from '../../../../analytics/status/current.ts';
import { countStatuses, type StatusCounts } from '../../../../domain/status-counts.ts';
import { silentGroups, type SilentFilters, type SilentGroup } from '../silent-filters.ts';
import type { ContactBook } from './contacts.ts';
import {
  groupOf,
  narrowed,
  organisationLines,
  pageLines,
  personLines,
  sortedLines,
  sortedPeople,
  type PersonLine,
  type SilentLine,
} from './silent-lines.ts';

/** Lines of one group, as many as are shown at once; over people one section holds all who are to be called. */
export interface SilentSection {
  group: SilentGroup | 'calls';
  total: number;
  lines: SilentLine[];
  people: PersonLine[];
}

/** The list as the screen shows it. */
export interface SilentList {
  /** How many lines each group has, shown or not. */
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

/** The answer as the screen shows it: narrowed, grouped, sorted, and cut where there are hundreds of lines. */
export function silentList(
  standings: CurrentStatuses,
  book: ContactBook | null,
  filters: SilentFilters,
): SilentList {
  const organisations = narrowed(standings, book, filters);
  const byOrganisation = filters.view === 'organisations';
  const isFirst = isBeforeAnyLook(standings);
  // Before the first collection no page is unread: it has not come to it yet.
  const all = (byOrganisation ? organisationLines : pageLines)(organisations, book).filter(
    ({ group }) => !isFirst || group !== 'unknown',
  );
  const byGroup = Map.groupBy(all, (line) => line.group);
  const counts = Object.fromEntries(
    silentGroups.map((group) => [group, byGroup.get(group)?.length ?? 0]),
  ) as SilentList['counts'];
  const elsewhere = byOrganisation ? silentElsewhere(organisations) : 0;
  const standing = countStatuses(organisations.map(({ status }) => status));
  const said = { counts, elsewhere, standing, isFirst };
  if (filters.view === 'people' && book) {
    const wanted = filters.group === null ? reasonsToCall : [filters.group];
    const lines = all.filter((line) => wanted.includes(line.group));
    const people = sortedPeople(personLines(lines, book), filters);
    const cut = pageOf(people, filters.page);
    const section: SilentSection = {
      group: filters.group ?? 'calls',
      total: people.length,
      lines: [],
      people: cut.items.map(shortened),
    };
    return { ...said, sections: people.length > 0 ? [section] : [], ...cut.place };
  }
  if (filters.group !== null) {
    const lines = sortedLines(byGroup.get(filters.group) ?? [], filters);
    const cut = pageOf(lines, filters.page);
    const section = { group: filters.group, total: lines.length, lines: cut.items, people: [] };
    return { ...said, sections: lines.length > 0 ? [section] : [], ...cut.place };
  }
  const sections = silentGroups.flatMap((group): SilentSection[] => {
    const lines = sortedLines(byGroup.get(group) ?? [], filters);
    return lines.length > 0
      ? [{ group, total: lines.length, lines: lines.slice(0, beside[group]), people: [] }]
      : [];
  });
  return { ...said, sections, page: 1, pages: 1 };
}

const shortened = (each: PersonLine): PersonLine => ({ ...each, lines: each.lines.slice(0, ofPerson) });

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

/** Every line that is shown, under whatever heading. */
export function shownLines(list: SilentList): SilentLine[] {
  return list.sections.flatMap(({ lines, people }) => [...lines, ...people.flatMap((each) => each.lines)]);
}

/** Every page that is shown, once. */
export function shownPages(list: SilentList): PageStatus[] {
  return [...new Map(shownLines(list).flatMap(({ pages }) => pages.map((page) => [page.id, page]))).values()];
}
