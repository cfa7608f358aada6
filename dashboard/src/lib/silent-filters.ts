import { levels, measuredNetworks, type Level, type MeasuredNetwork } from '../../../domain/vocabulary.ts';
import { idOf, oneOf, positive, type SortOrder } from './filters.ts';

/** What a line of the list is: an organisation with its best page's status, a page, or a person to call. */
export const silentViews = ['organisations', 'pages', 'people'] as const;
export type SilentView = (typeof silentViews)[number];

/** Why somebody is on the list, in the order of the screen. */
export const silentGroups = ['silent', 'unknown', 'none', 'quiet', 'paused'] as const;
export type SilentGroup = (typeof silentGroups)[number];

export const silentSorts = ['silence', 'name', 'person'] as const;
export type SilentSort = (typeof silentSorts)[number];

/** What can be done about a line, and what it is done to: a person, an organisation or a page. */
export const silentForms = {
  remind: 'person',
  contacts: 'person',
  appoint: 'organisation',
  pause: 'organisation',
  page: 'page',
  add: 'organisation',
} as const;
export type SilentForm = keyof typeof silentForms;

/** A form that is open: what it does, to what, and under which line. */
export interface OpenForm {
  action: SilentForm;
  id: number;
  /** The line's key, such as `organisation-12`; '' above the list. */
  at: string;
}

/** Everything that the address of «Не обновляются» says. What is not said stays out of the address. */
export interface SilentFilters {
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
  open: OpenForm | null;
  /** The entry in the journal of what has just been done, and whether it was undone. */
  done: number | null;
  undone: number | null;
  /** The organisation from whose own screen a form was opened: one goes back there. */
  back: number | null;
}

/** Names read from the first, silence from the longest. */
export const naturalSilentOrder = (sort: SilentSort): SortOrder => (sort === 'silence' ? 'desc' : 'asc');

function readForm(parameters: URLSearchParams): OpenForm | null {
  const [, action, id] = /^([a-z]+)-(\d{1,9})$/.exec(parameters.get('form') ?? '') ?? [];
  const known = oneOf(Object.keys(silentForms) as SilentForm[], action ?? null);
  const number = idOf(id ?? null);
  const at = parameters.get('at') ?? '';
  if (!known || number === null) return null;
  return { action: known, id: number, at: /^(organisation|page|person)-\d{1,9}$/.test(at) ? at : '' };
}

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
    open: readForm(parameters),
    done: idOf(parameters.get('done')),
    undone: idOf(parameters.get('undone')),
    back: idOf(parameters.get('back')),
  };
}

/** The query of an address with these filters, `''` or `?…`; the inverse of {@link readSilentFilters}. */
export function writeSilentFilters(filters: SilentFilters): string {
  const { open } = filters;
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
    ['form', open && `${open.action}-${open.id}`],
    ['at', open && open.at],
    ['done', filters.done],
    ['undone', filters.undone],
    ['back', filters.back],
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
  const sameList = Object.keys(change).every((name) =>
    ['open', 'page', 'done', 'undone', 'back'].includes(name),
  );
  return {
    ...filters,
    open: null,
    done: null,
    undone: null,
    back: null,
    ...(sameList ? {} : { page: 1 }),
    ...change,
  };
}

/** Whether anything narrows the list (its view, group and order do not). */
export function isSilentNarrowed(filters: SilentFilters): boolean {
  return (
    Boolean(filters.network ?? filters.level) ||
    [filters.sector, filters.league, filters.council, filters.search].some(Boolean)
  );
}
