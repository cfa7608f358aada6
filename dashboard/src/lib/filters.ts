import { dayProblem, type DayProblem } from '#domain/allowed-days.ts';
import { units, type Day, type Period, type Unit } from '#domain/period.ts';
import { levels, measuredNetworks, type Level, type MeasuredNetwork } from '#domain/vocabulary.ts';
import {
  choice,
  day,
  id,
  order,
  pageNumber,
  parameter,
  queryOf,
  readSaid,
  saidParameters,
  words,
} from './search-parameters.ts';

/** Columns the ranking can be sorted by, in their order on the screen. */
export const sortColumns = [
  'place',
  'name',
  'status',
  'index',
  'posts',
  'medianViews',
  'engagement',
  'subscribers',
  'growth',
] as const;
export type SortColumn = (typeof sortColumns)[number];
export type SortOrder = 'asc' | 'desc';

/** Everything that the ranking's address says. What is not said stays out of the address. */
export interface RankingFilters {
  /** The days said by `from` and `to`. */
  period: Period | null;
  /** Without them, the last full week, month or quarter, or the year that runs (`period=`). */
  unit: Unit;
  network: MeasuredNetwork | null;
  level: Level | null;
  sector: string;
  league: string;
  search: string;
  sort: SortColumn;
  order: SortOrder;
  /** The organisation whose «почему это место» is open. */
  open: number | null;
  /** From 1; a league of hundreds is read in pages. */
  page: number;
}

/** Names, places and states read from the first; figures from the greatest. */
export const naturalOrder = (column: SortColumn): SortOrder =>
  column === 'place' || column === 'name' || column === 'status' ? 'asc' : 'desc';

/** What is wrong with the days of an address: one that is none, or is not taken, their order, or that one is missing. */
export type WrongDays =
  | { kind: DayProblem; found: string }
  | { kind: 'wrong_order'; from: Day; to: Day }
  | { kind: 'one_day'; found: string };

/** What is wrong with the days that an address names; `null` when nothing is, or it names none. */
export function wrongDays(parameters: URLSearchParams): WrongDays | null {
  const from = parameters.get('from')?.trim() ?? '';
  const to = parameters.get('to')?.trim() ?? '';
  const named = [from, to].filter((day) => day !== '');
  for (const found of named) {
    const kind = dayProblem(found);
    if (kind) return { kind, found: found.slice(0, 60) };
  }
  const [only = ''] = named;
  if (named.length === 1) return { kind: 'one_day', found: only };
  return from > to ? { kind: 'wrong_order', from, to } : null;
}

const parameters = {
  from: parameter(day, null),
  to: parameter(day, null),
  period: parameter(choice(units), 'week'),
  network: parameter(choice(measuredNetworks), null),
  level: parameter(choice(levels), null),
  sector: parameter(words(300), ''),
  league: parameter(words(300), ''),
  search: parameter(words(200), ''),
  sort: parameter(choice(sortColumns), 'index'),
  order: parameter(order, null),
  open: parameter(id, null),
  page: parameter(pageNumber, 1),
} as const;

/**
 * Reads the ranking's address. A screen forgives: what is not understood is passed over
 * (the HTTP API refuses it instead), but for days: see `wrongDays`.
 */
export function readFilters(address: URLSearchParams): RankingFilters {
  const { from, to, period: unit, ...said } = readSaid(parameters, address);
  const period = from !== null && to !== null && from <= to ? { from, to } : null;
  return { ...said, period, unit, order: said.order ?? naturalOrder(said.sort) };
}

/** The query of an address with these filters, `''` or `?…`; the inverse of {@link readFilters}. */
export function writeFilters({ period, unit, ...filters }: RankingFilters): string {
  return queryOf(
    saidParameters(parameters, {
      ...filters,
      ...(period ?? { period: unit }),
      order: filters.order === naturalOrder(filters.sort) ? null : filters.order,
    }),
  );
}

/** The same filters with some changed; another view closes the open row and starts at the first page. */
export function changeFilters(filters: RankingFilters, change: Partial<RankingFilters>): RankingFilters {
  const sameView = Object.keys(change).every((name) => name === 'open' || name === 'page');
  return { ...filters, ...(sameView ? {} : { open: null, page: 1 }), ...change };
}

/** Whether the list leaves any organisation out (the period and the order do not). */
export function hasFilters(filters: RankingFilters): boolean {
  return (
    Boolean(filters.network ?? filters.level) ||
    [filters.sector, filters.league, filters.search].some(Boolean)
  );
}
