import { lookDays } from '#domain/look-days.ts';
import type { Outcome, PageState } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { earliestOf } from './several.ts';

/** What is known of a page's observation as of an instant. */
export interface PageLooks {
  pageId: number;
  /** The last look that ended at or before the instant; `null` when there was none in `lookDays`. */
  lastOutcome: Outcome | null;
  lastCause: string;
  /** The state as last seen by a look that saw one; `''` when none did. */
  lastState: PageState | '';
  lastFinished: string | null;
  /** The last success ever, later than the instant perhaps: what is known of the past includes what was read later. */
  lastSuccess: string | null;
}

/**
 * The looks at every page as of each of the instants, by page; in the order of the instants. A page without any look in
 * the `lookDays` before an instant is not in its map.
 */
export async function queryLooks(
  observations: Observations,
  instants: readonly Date[],
): Promise<Map<number, PageLooks>[]> {
  const found = instants.map(() => new Map<number, PageLooks>());
  if (instants.length === 0) return found;
  const rows = await observations.rows<PageLooks & { instant: number }>(
    `
    -- queryLooks
    WITH finished <= at[instant] AS past
    SELECT instant,
           page_id AS pageId,
           if(countIf(past) > 0, argMaxIf(outcome, (slot, finished), past), NULL) AS lastOutcome,
           argMaxIf(cause, (slot, finished), past) AS lastCause,
           argMaxIf(state, (slot, finished), past AND outcome IN ('ok', 'empty', 'closed', 'gone')) AS lastState,
           maxOrNullIf(finished, past) AS lastFinished,
           maxOrNullIf(finished, outcome IN ('ok', 'empty')) AS lastSuccess
    FROM (
      SELECT page_id, slot, finished, outcome, cause, state,
             {instants: Array(DateTime64(3, 'UTC'))} AS at,
             arrayJoin(arrayFilter(
               (_, instant) -> slot >= instant - toIntervalDay({lookDays: UInt32}), arrayEnumerate(at), at
             )) AS instant
      FROM ${observations.tables.outcomes} FINAL
      WHERE slot >= {earliest: DateTime64(3, 'UTC')} - toIntervalDay({lookDays: UInt32})
    )
    GROUP BY instant, page_id`,
    { instants, earliest: earliestOf(instants), lookDays },
  );
  for (const { instant, ...row } of rows) found[instant - 1]?.set(row.pageId, row);
  return found;
}
