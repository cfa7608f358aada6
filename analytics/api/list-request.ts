import { allowedDays, isAllowedDay } from '#domain/allowed-days.ts';
import { PageLinkError, parsePageLink } from '#domain/page-link.ts';
import { addDays, dayOf, endOfDay, periodOf, startOfDay } from '#domain/period.ts';
import { isWithin, type Reach } from '#domain/reach.ts';
import type { RegisteredPage } from '../queries/register.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day, Period } from '../types.ts';

/** What every list of the API takes. All of it narrows; nothing is required. */
export interface ListRequest {
  /** A link to the page in any usual form. */
  page?: string | undefined;
  /** An organisation's id. */
  organisation?: number | undefined;
  /** First and last local day, inclusive. */
  from?: Day | undefined;
  to?: Day | undefined;
  /** Rows at once, 1-1000; 100 when not said. */
  limit?: number | undefined;
  /** `nextCursor` of the answer before. */
  cursor?: string | undefined;
  /** The organisations that may be told of; all when not said. Others are as if they were not registered. */
  within?: Reach | null | undefined;
}

/** What every list of the API says beside its rows. */
export interface ListMeta {
  /** The days asked for; an end not asked for is `null`. */
  period: { from: Day | null; to: Day | null };
  zone: string;
  formulaVersion: number;
  /** Give it back as `cursor` to read on; `null` at the end. */
  nextCursor: string | null;
}

export interface ListAnswer<Row> {
  data: Row[];
  meta: ListMeta;
}

/** A request that cannot be answered; the message says which parameter, what was got, and what is wanted. */
export class ListRequestError extends Error {
  override readonly name = 'ListRequestError';
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

const defaultLimit = 100;
const maximumLimit = 1000;

/** The limit of a request; throws `ListRequestError` when it is no whole number from 1 to 1000. */
export function parseLimit(request: ListRequest): number {
  const limit = request.limit ?? defaultLimit;
  if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit) {
    throw new ListRequestError(
      'limit',
      `Not a limit: got ${limit}, wanted a whole number from 1 to ${maximumLimit}.`,
    );
  }
  return limit;
}

/**
 * The instants a request's local days stand for: `from` inclusive, `to` exclusive. Without `from` the first day there is,
 * without `to` the end of tomorrow, for a network's clock may be ahead of ours. Throws `PeriodError`.
 */
export function parseBounds(sources: AnalyticsSources, request: ListRequest): { from: Date; to: Date } {
  const tomorrow = addDays(dayOf(sources.clock.now(), sources.zone), 1);
  for (const day of [request.from, request.to]) if (day) periodOf(day, day);
  const period: Period =
    request.from && request.to
      ? periodOf(request.from, request.to)
      : { from: request.from ?? allowedDays.from, to: request.to ?? tomorrow };
  return { from: startOfDay(period.from, sources.zone), to: endOfDay(period.to, sources.zone) };
}

/** A position in a list as text nobody should look into. */
export function encodeCursor(position: (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** What a place of a position holds: an instant as ISO 8601 text, a whole number, or digits. */
export type PositionKind = 'instant' | 'number' | 'digits';

/** The position a cursor stands for; throws `ListRequestError` for a text that is no cursor of such a list. */
export function decodeCursor(cursor: string, kinds: PositionKind[]): (string | number)[] {
  const wrong = new ListRequestError(
    'cursor',
    `Not a cursor: got "${cursor.slice(0, 80)}", wanted "nextCursor" of an answer before.`,
  );
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw wrong;
  }
  if (!Array.isArray(position) || position.length !== kinds.length) throw wrong;
  const values = position as unknown[];
  if (!kinds.every((kind, index) => isOfKind(kind, values[index]))) throw wrong;
  return values as (string | number)[];
}

/** The greatest id that a column of either store takes. */
const greatestId = 2_147_483_647;

function isOfKind(kind: PositionKind, value: unknown): boolean {
  if (kind === 'number')
    return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= greatestId;
  if (typeof value !== 'string') return false;
  if (kind === 'digits') return /^\d{1,16}$/.test(value);
  return (
    /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    isAllowedDay(value.slice(0, 10))
  );
}

/**
 * The measured pages a request speaks of. A link is understood in any form, a bare name in any network; a page that
 * is not registered is no error but no page. Throws `PageLinkError` for what is no link.
 */
export function pagesOf(request: ListRequest, pages: RegisteredPage[]): RegisteredPage[] {
  const ofOrganisation = pages.filter(
    (page) =>
      isWithin(request.within, page.organisationId) &&
      (request.organisation === undefined || page.organisationId === request.organisation),
  );
  return request.page === undefined ? ofOrganisation : ofOrganisation.filter(linkMatcher(request.page));
}

/** Whether a request speaks of some pages only: all of them are never listed to the database. */
export function narrowsPages(request: ListRequest): boolean {
  return request.page !== undefined || request.organisation !== undefined || !!request.within;
}

function linkMatcher(text: string): (page: RegisteredPage) => boolean {
  const same = (page: RegisteredPage, name: string) => page.name.toLowerCase() === name;
  try {
    const link = parsePageLink(text);
    return (page) =>
      page.network === link.network &&
      ((link.nativeId !== null && page.nativeId === link.nativeId) ||
        (link.name !== null && same(page, link.name)) ||
        page.link === link.url);
  } catch (error) {
    if (!(error instanceof PageLinkError) || error.reason !== 'ambiguous') throw error;
    const name = text.trim().replace(/^@/u, '').toLowerCase();
    return (page) => same(page, name);
  }
}
