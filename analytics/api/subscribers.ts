import { formulaVersion } from '#domain/activity-index.ts';
import type { Network, Precision } from '#domain/vocabulary.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import {
  parseBounds,
  encodeCursor,
  parseLimit,
  narrowsPages,
  pagesOf,
  decodeCursor,
} from './list-request.ts';
import { queryPages } from '../queries/register.ts';
import { querySubscribersPage } from '../queries/subscribers-page.ts';
import type { AnalyticsSources } from '../sources.ts';

/** An observation of a page's subscribers in the shape of the API. */
export interface SubscribersListRow {
  network: Network;
  page: string;
  /** What the look was planned for, and when the network said it. */
  slot: string;
  observed: string;
  count: number | null;
  precision: Precision | null;
}

/**
 * Observations of subscribers, oldest first; `from` and `to` go by the time of observation. Throws `ListRequestError`,
 * `PeriodError` or `PageLinkError` for a request that cannot be understood.
 */
export async function listSubscribers(
  sources: AnalyticsSources,
  request: ListRequest,
): Promise<ListAnswer<SubscribersListRow>> {
  const limit = parseLimit(request);
  const bounds = parseBounds(sources, request);
  const after = request.cursor === undefined ? null : decodeCursor(request.cursor, ['instant', 'number']);
  const pages = new Map(
    pagesOf(request, await queryPages(sources.observations)).map((page) => [page.id, page] as const),
  );
  const found = await querySubscribersPage(sources.observations, {
    pageIds: narrowsPages(request) ? [...pages.keys()] : null,
    ...bounds,
    after: after && { slot: new Date(String(after[0])), pageId: Number(after[1]) },
    limit: limit + 1,
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.flatMap((row) => {
      const page = pages.get(row.pageId);
      if (!page) return [];
      const { slot, observed, count } = row;
      const precision = count === null ? null : row.precision || null;
      return [{ network: page.network, page: page.url, slot, observed, count, precision }];
    }),
    meta: {
      period: { from: request.from ?? null, to: request.to ?? null },
      zone: sources.zone,
      formulaVersion,
      nextCursor: found.length > limit && last ? encodeCursor([last.slot, last.pageId]) : null,
    },
  };
}
