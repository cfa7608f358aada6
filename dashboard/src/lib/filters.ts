import { dayProblem, isAllowedDay, type DayProblem } from '#domain/allowed-days.ts';
import { units, type Day, type Period, type Unit } from '#domain/period.ts';
import { levels, measuredNetworks, type Level, type MeasuredNetwork } from '#domain/vocabulary.ts';

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

/** The one of the values that the text names; `null` for none. */
export const oneOf = <Value extends string>(values: readonly Value[], text: string | null): Value | null =>
  values.find((value) => value === text) ?? null;

/** A day that is taken: 31 February is none, nor is one of the year 26. */
const isDay = (text: string | null): text is Day => text !== null && isAllowedDay(text);

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

/** The greatest id that the stores take. */
const greatestId = 2_147_483_647;

/** An id; `null` for what nothing can have. */
export const idOf = (text: string | null): number | null => {
  const id = positive(text);
  return id !== null && id <= greatestId ? id : null;
};

/** A whole number from 1; `null` for anything else. */
export const positive = (text: string | null): number | null => {
  const number = Number(text);
  return text !== null && Number.isSafeInteger(number) && number > 0 ? number : null;
};

/**
 * Reads the ranking's address. A screen forgives: what is not understood is passed over
 * (the HTTP API refuses it instead), but for days: see `wrongDays`.
 */
export function readFilters(parameters: URLSearchParams): RankingFilters {
  const from = parameters.get('from');
  const to = parameters.get('to');
  const sort = oneOf(sortColumns, parameters.get('sort')) ?? 'index';
  return {
    period: isDay(from) && isDay(to) && from <= to ? { from, to } : null,
    unit: oneOf(units, parameters.get('period')) ?? 'week',
    network: oneOf(measuredNetworks, parameters.get('network')),
    level: oneOf(levels, parameters.get('level')),
    sector: (parameters.get('sector') ?? '').trim(),
    league: (parameters.get('league') ?? '').trim(),
    search: (parameters.get('search') ?? '').trim().slice(0, 200),
    sort,
    order: oneOf(['asc', 'desc'] as const, parameters.get('order')) ?? naturalOrder(sort),
    open: idOf(parameters.get('open')),
    page: positive(parameters.get('page')) ?? 1,
  };
}

/** The query of an address with these filters, `''` or `?…`; the inverse of {@link readFilters}. */
export function writeFilters(filters: RankingFilters): string {
  const parameters = new URLSearchParams();
  const say = (name: string, value: string | number | null, silent: string | number | null = null) => {
    if (value !== null && value !== '' && value !== silent) parameters.set(name, String(value));
  };
  say('from', filters.period?.from ?? null);
  say('to', filters.period?.to ?? null);
  if (!filters.period) say('period', filters.unit, 'week');
  say('network', filters.network);
  say('level', filters.level);
  say('sector', filters.sector);
  say('league', filters.league);
  say('search', filters.search);
  say('sort', filters.sort, 'index');
  say('order', filters.order, naturalOrder(filters.sort));
  say('open', filters.open);
  say('page', filters.page, 1);
  const query = parameters.toString();
  return query && `?${query}`;
}

/** The same filters with some changed; another view closes the open row and starts at the first page. */
export function changeFilters(filters: RankingFilters, change: Partial<RankingFilters>): RankingFilters {
  const sameView = Object.keys(change).every((name) => name === 'open' || name === 'page');
  return { ...filters, ...(sameView ? {} : { open: null, page: 1 }), ...change };
}

/** Whether anything narrows the list (the period and the order do not). */
export function isNarrowed(filters: RankingFilters): boolean {
  return (
    Boolean(filters.network ?? filters.level) ||
    [filters.sector, filters.league, filters.search].some(Boolean)
  );
}
