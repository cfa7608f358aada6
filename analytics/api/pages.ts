import { formulaVersion } from '#domain/activity-index.ts';
import { pageStatus } from '#domain/status.ts';
import type { Network, OtherKind, Outcome, PageState, Precision, Status } from '#domain/vocabulary.ts';
import { loadRegisterMirror, loadStatusInputs } from '../ranking/period-facts.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import { encodeCursor, parseLimit, pagesOf, decodeCursor } from './list-request.ts';
import { queryNewestLooks } from '../queries/newest-looks.ts';
import type { AnalyticsSources } from '../sources.ts';
import {
  foundAsIn,
  isMeasured,
  buildPageStatusInput,
  buildRules,
  buildStatusContext,
} from '../status/inputs.ts';

/** A page in the shape of the API, as of now. */
export interface PageListRow {
  network: Network;
  url: string;
  /** Positive; `null` while not resolved. */
  nativeId: number | null;
  state: PageState;
  status: Status;
  /** Why the status is `unknown`. */
  statusReason: PageState | 'no_observation' | null;
  /** What it is when it is no page of publications; `null` when it is one, or that is not known. */
  foundAs: OtherKind | null;
  organisation: { id: number; name: string };
  name: string | null;
  title: string | null;
  lastOutcome: Outcome | null;
  lastSuccess: string | null;
  /** The newest known count, however long ago: `lastSuccess` says when the page was last read. */
  subscribers: number | null;
  precision: Precision | null;
  /** The first local day whose posts are known. */
  historyReached: string | null;
}

/**
 * The registered pages, in the order of their registration. A page of a network that is not read has the status
 * `unknown`. Throws `ListRequestError` or `PageLinkError` for a request that cannot be understood.
 */
export async function listPages(
  sources: AnalyticsSources,
  request: Pick<ListRequest, 'page' | 'organisation' | 'limit' | 'cursor' | 'within'>,
): Promise<ListAnswer<PageListRow>> {
  const limit = parseLimit(request);
  const [after] = request.cursor === undefined ? [0] : decodeCursor(request.cursor, ['number']);
  const [register, facts] = await Promise.all([loadRegisterMirror(sources), loadStatusInputs(sources)]);
  const found = pagesOf(request, register.pages).filter((page) => page.id > Number(after));
  const shown = found.slice(0, limit);
  const newest = await queryNewestLooks(
    sources.observations,
    shown.map((page) => page.id),
  );
  const organisations = new Map(register.organisations.map((each) => [each.id, each] as const));
  const rules = buildRules(sources);
  const period = { from: rules.today, to: rules.today };
  const rows = shown.flatMap((page): PageListRow[] => {
    const organisation = organisations.get(page.organisationId);
    if (!organisation) return [];
    const context = buildStatusContext(organisation, period, rules);
    const verdict = isMeasured(page)
      ? pageStatus(buildPageStatusInput(page, facts, context, rules.today), context)
      : { status: 'unknown' as const, statusReason: 'no_observation' as const };
    const look = newest.get(page.id);
    return [
      {
        network: page.network,
        url: page.url,
        nativeId: page.nativeId || null,
        state: page.state,
        status: verdict.status,
        statusReason: verdict.statusReason,
        foundAs: foundAsIn(page.state, page),
        organisation: { id: organisation.id, name: organisation.name },
        name: page.name || null,
        title: page.ownTitle || null,
        lastOutcome: look?.lastOutcome ?? null,
        lastSuccess: look?.lastSuccess ?? null,
        subscribers: look?.subscribers ?? null,
        precision: look?.precision || null,
        historyReached: page.historyReached,
      },
    ];
  });
  return {
    data: rows,
    meta: {
      period: { from: null, to: null },
      zone: sources.zone,
      formulaVersion,
      nextCursor: found.length > limit ? encodeCursor([shown.at(-1)?.id ?? 0]) : null,
    },
  };
}
