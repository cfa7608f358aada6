import { lookDays } from '#domain/look-days.ts';
import type { Outcome, PageState } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';

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

/** The looks at every page as of `at`, by page. A page without any in the `lookDays` before `at` is not in the map. */
export async function queryLooks(observations: Observations, at: Date): Promise<Map<number, PageLooks>> {
  const rows = await observations.rows<PageLooks>(
    `
    WITH finished <= {at: DateTime64(3, 'UTC')} AS past
    SELECT page_id AS pageId,
           if(countIf(past) > 0, argMaxIf(outcome, (slot, finished), past), NULL) AS lastOutcome,
           argMaxIf(cause, (slot, finished), past) AS lastCause,
           argMaxIf(state, (slot, finished), past AND outcome IN ('ok', 'empty', 'closed', 'gone')) AS lastState,
           maxOrNullIf(finished, past) AS lastFinished,
           maxOrNullIf(finished, outcome IN ('ok', 'empty')) AS lastSuccess
    FROM ${observations.tables.outcomes} FINAL
    WHERE slot >= {at: DateTime64(3, 'UTC')} - toIntervalDay({lookDays: UInt32})
    GROUP BY page_id`,
    { at, lookDays },
  );
  return new Map(rows.map((row) => [row.pageId, row]));
}
