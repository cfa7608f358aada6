import { levels, measuredNetworks, type Level, type MeasuredNetwork } from '#domain/vocabulary.ts';
import { editParameters, noEdits, readEditAddress, type EditAddress } from './edit-address.ts';
import type { SortOrder } from './filters.ts';
import {
  choice,
  order,
  pageNumber,
  parameter,
  queryOf,
  readSaid,
  saidParameters,
  words,
} from './search-parameters.ts';

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

const parameters = {
  view: parameter(choice(silentViews), 'organisations'),
  group: parameter(choice(silentGroups), null),
  network: parameter(choice(measuredNetworks), null),
  level: parameter(choice(levels), null),
  sector: parameter(words(300), ''),
  league: parameter(words(300), ''),
  council: parameter(words(300), ''),
  search: parameter(words(200), ''),
  sort: parameter(choice(silentSorts), 'silence'),
  order: parameter(order, null),
  page: parameter(pageNumber, 1),
} as const;

/** Reads the address of «Не обновляются». A screen forgives: what is not understood is passed over. */
export function readSilentFilters(address: URLSearchParams): SilentFilters {
  const said = readSaid(parameters, address);
  return { ...said, order: said.order ?? naturalSilentOrder(said.sort), ...readEditAddress(address) };
}

/** The query of an address with these filters, `''` or `?…`; the inverse of {@link readSilentFilters}. */
export function writeSilentFilters(filters: SilentFilters): string {
  const order = filters.order === naturalSilentOrder(filters.sort) ? null : filters.order;
  return queryOf([...saidParameters(parameters, { ...filters, order }), ...editParameters(filters)]);
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
