import { levels, measuredNetworks, type Level, type MeasuredNetwork } from '#domain/vocabulary.ts';
import { editParameters, noEdits, readEditAddress, type EditAddress } from './edit-address.ts';
import { oneOf, positive, type SortOrder } from './filters.ts';

/** What a row of the list is: an organisation with its best page's status, a page, or a person to call. */
export const silentViews = ['organisations', 'pages', 'people'] as const;
export type SilentView = (typeof silentViews)[number];

/** Why somebody is on the list, in the order of the screen. */
export const silentGroups = ['silent', 'unknown', 'none', 'quiet', 'paused'] as const;
export type SilentGroup = (typeof silentGroups)[number];

export const silentSorts = ['silence', 'name', 'person'] as const;
export type SilentSort = (typeof silentSorts)[number];

/** Everything that the address of «Не обновляются» says. What is not said stays out of the address. */
export interface SilentFilters extends EditAddress {
  view: SilentView;
  group: SilentGroup | null;
  network: MeasuredNetwork | null;
  level: Level | null;
  sector: string;
  league: string;
  council: string;
  search: string;
  sort: SilentSort;
  order: SortOrder;
  /** From 1, within a group. */
  page: number;
}

/** Names read from the first, silence from the longest. */
export const naturalSilentOrder = (sort: SilentSort): SortOrder => (sort === 'silence' ? 'desc' : 'asc');

const textOf = (parameters: URLSearchParams, name: string): string =>
  (parameters.get(name) ?? '').trim().slice(0, 300);

/** Reads the address of «Не обновляются». A screen forgives: what is not understood is passed over. */
export function readSilentFilters(parameters: URLSearchParams): SilentFilters {
  const sort = oneOf(silentSorts, parameters.get('sort')) ?? 'silence';
  return {
    view: oneOf(silentViews, parameters.get('view')) ?? 'organisations',
    group: oneOf(silentGroups, parameters.get('group')),
    network: oneOf(measuredNetworks, parameters.get('network')),
    level: oneOf(levels, parameters.get('level')),
    sector: textOf(parameters, 'sector'),
    league: textOf(parameters, 'league'),
    council: textOf(parameters, 'council'),
    search: textOf(parameters, 'search'),
    sort,
    order: oneOf(['asc', 'desc'] as const, parameters.get('order')) ?? naturalSilentOrder(sort),
    page: positive(parameters.get('page')) ?? 1,
    ...readEditAddress(parameters),
  };
}

/** The query of an address with these filters, `''` or `?…`; the inverse of {@link readSilentFilters}. */
export function writeSilentFilters(filters: SilentFilters): string {
  const said: [string, string | number | null, (string | number)?][] = [
    ['view', filters.view, 'organisations'],
    ['group', filters.group],
    ['network', filters.network],
    ['level', filters.level],
    ['sector', filters.sector],
    ['league', filters.league],
    ['council', filters.council],
    ['search', filters.search],
    ['sort', filters.sort, 'silence'],
    ['order', filters.order, naturalSilentOrder(filters.sort)],
    ['page', filters.page, 1],
    ...editParameters(filters),
  ];
  const parameters = new URLSearchParams(
    said.flatMap(([name, value, silent]) =>
      value === null || value === '' || value === silent ? [] : [[name, String(value)]],
    ),
  );
  const query = parameters.toString();
  return query && `?${query}`;
}

/**
 * The same filters with some changed. An open form and what was just done go with every change that does not name them,
 * and another list starts at its first page.
 */
export function changeSilentFilters(filters: SilentFilters, change: Partial<SilentFilters>): SilentFilters {
  const sameList = Object.keys(change).every((name) => ['open', 'page', 'done', 'undone'].includes(name));
  return {
    ...filters,
    ...noEdits,
    ...(sameList ? {} : { page: 1 }),
    ...change,
  };
}

/** Whether the list leaves any organisation out (its view, group and order do not). */
export function hasSilentFilters(filters: SilentFilters): boolean {
  return (
    Boolean(filters.network ?? filters.level) ||
    [filters.sector, filters.league, filters.council, filters.search].some(Boolean)
  );
}
