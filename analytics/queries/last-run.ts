import { lookDays } from '#domain/look-days.ts';
import type { MeasuredNetwork, OtherKind, Outcome, PageState } from '#domain/vocabulary.ts';
import { askedPages } from './registered-pages.ts';
import type { Observations } from '#schema/observations/connect.ts';

/** The newest run that has ended. */
export interface LastRun {
  slot: string;
  finished: string;
  planned: number[];
}

/** The newest finished run; `null` before the first one. */
export async function queryLastRun(observations: Observations): Promise<LastRun | null> {
  const [run] = await observations.rows<LastRun>(`
    -- queryLastRun
    SELECT slot, assumeNotNull(runs.finished) AS finished, planned
    FROM ${observations.tables.runs} AS runs FINAL
    WHERE runs.finished IS NOT NULL
    ORDER BY slot DESC
    LIMIT 1`);
  return run ?? null;
}

/** How many pages' newest look ended in the same way. */
export interface OutcomeCount {
  network: MeasuredNetwork;
  outcome: Outcome;
  cause: string;
  /** What the pages are that are no pages of publications; `null` of all others. */
  foundAs: OtherKind | null;
  pages: number;
  /** Of looks that did not read: the pages read most recently, each with when it was read last; cut. */
  unread: { pageId: number; state: PageState; lastSuccess: string | null }[];
}

/** How many pages of one kind of failure are named. */
const named = 8;

/**
 * How the newest look at every registered page (`null`), or at these, ended, by network, outcome, cause and what the page is found to be. A
 * page without a look in the `lookDays` before the last run is not in it.
 */
export async function queryNewestOutcomes(
  observations: Observations,
  pageIds: readonly number[] | null,
): Promise<OutcomeCount[]> {
  const { tables } = observations;
  const asked = askedPages(observations, pageIds);
  return observations.rows<OutcomeCount>(
    `
    -- queryNewestOutcomes
    WITH (
      SELECT max(slot) - toIntervalDay({lookDays: UInt32}) FROM ${tables.runs} FINAL WHERE finished IS NOT NULL
    ) AS earliest
    SELECT page.network AS network, newest.1 AS outcome, newest.2 AS cause,
           nullIf(page.found_as, '') AS foundAs, toUInt32(count()) AS pages,
           arraySlice(arraySort(
             each -> (each.lastSuccess IS NULL, -toUnixTimestamp64Milli(ifNull(each.lastSuccess, earliest)), each.pageId),
             groupArrayIf(
               CAST((look.page_id, page.state, success),
                    'Tuple(pageId UInt32, state String, lastSuccess Nullable(DateTime64(3, ''UTC'')))'),
               outcome NOT IN ('ok', 'empty'))
           ), 1, {named: UInt32}) AS unread
    FROM (
      SELECT page_id, argMax((outcome, cause), slot) AS newest,
             maxOrNullIf(finished, outcome IN ('ok', 'empty')) AS success
      FROM ${tables.outcomes} FINAL
      WHERE slot >= earliest AND ${asked.condition}
      GROUP BY page_id
    ) AS look
    INNER JOIN (SELECT page_id, network, state, found_as FROM ${tables.pages} FINAL WHERE is_deleted = 0) AS page
      ON page.page_id = look.page_id
    GROUP BY network, outcome, cause, foundAs
    ORDER BY pages DESC, network, outcome, cause, foundAs`,
    { ...asked.parameters, named, lookDays },
  );
}
