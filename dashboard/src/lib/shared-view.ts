import type { SharedView } from '#accounts/share-links.ts';
import { noEdits } from './edit-address.ts';
import { readFilters, wrongDays, writeFilters, type RankingFilters } from './filters.ts';
import { id } from './search-parameters.ts';
import {
  naturalSilentOrder,
  readSilentFilters,
  writeSilentFilters,
  type SilentFilters,
} from './silent-filters.ts';

/** The longest query that a link keeps. */
const mostQuery = 2000;

/** A ranking's address without what one reader has opened in it. */
const rankingQuery = (address: URLSearchParams): string =>
  writeFilters({ ...readFilters(address), open: null, page: 1 });

/** An organisation's own address says its period alone. */
function organisationQuery(address: URLSearchParams): string {
  const { period, unit } = readFilters(address);
  const nothing: RankingFilters = readFilters(new URLSearchParams());
  return writeFilters({ ...nothing, period, unit });
}

/** A list of pages that are not updated, without people and edits. */
function silentQuery(address: URLSearchParams): string {
  const filters = readSilentFilters(address);
  const without: SilentFilters = { ...filters, ...noEdits, page: 1 };
  if (filters.view === 'people') without.view = 'organisations';
  if (filters.sort === 'person')
    Object.assign(without, { sort: 'silence', order: naturalSilentOrder('silence') });
  return writeSilentFilters(without);
}

/**
 * The view at an address of this dashboard, with what of its query says what is shown; `null` for an address of another site,
 * of a screen that is not shared, with days that are none, or with a query that is too long.
 */
export function readSharedView(entered: string, origin: string): SharedView | null {
  const url = entered.trim() === '' ? null : URL.parse(entered.trim(), origin);
  if (!url || url.origin !== origin || wrongDays(url.searchParams)) return null;
  const shown = viewAt(url);
  return shown && shown.query.length <= mostQuery ? shown : null;
}

function viewAt({ pathname, searchParams }: URL): SharedView | null {
  if (pathname === '/') return { view: 'overview', organisationId: null, query: '' };
  if (pathname === '/ranking')
    return { view: 'ranking', organisationId: null, query: rankingQuery(searchParams) };
  if (pathname === '/silent')
    return { view: 'silent', organisationId: null, query: silentQuery(searchParams) };
  const [, digits = null] = /^\/organisations\/(\d+)$/.exec(pathname) ?? [];
  const organisationId = id.read(digits);
  if (organisationId === null) return null;
  return { view: 'organisation', organisationId, query: organisationQuery(searchParams) };
}

/** Where the dashboard itself shows a view: the inverse of {@link readSharedView}. */
export function addressOfView({ view, organisationId, query }: SharedView): string {
  const paths = {
    overview: '/',
    ranking: '/ranking',
    silent: '/silent',
    organisation: `/organisations/${organisationId}`,
  };
  return paths[view] + query;
}

/** Where a link to a view is made, with the address of what a screen shows filled in. */
export const shareFormAddress = (shown: string): string =>
  `/settings/shares?${new URLSearchParams({ view: shown })}#make`;
