import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';

/**
 * When the last run finished that looked at anything, or had nothing to look at; `null` before the first one. What lies
 * ahead of `now` was written by a clock that was wrong, and would hide that nothing is collected.
 */
export async function queryLastWorkingRun(observations: Observations, now: Date): Promise<Date | null> {
  const [row] = await observations.rows<{ last: string | null }>(
    `
    -- queryLastWorkingRun
    SELECT maxOrNull(finished) AS last
    FROM ${observations.tables.runs} FINAL
    WHERE finished IS NOT NULL AND finished <= {now: DateTime64(3, 'UTC')}
      AND (empty(planned) OR slot IN (SELECT slot FROM ${observations.tables.outcomes} WHERE outcome != 'missed'))`,
    { now },
  );
  return row?.last ? new Date(row.last) : null;
}

/** What the looks at a network's pages came to between two instants. */
export interface NetworkLooks {
  slots: number;
  /** Looks that told how a page is: read, empty, closed or gone. */
  read: number;
  /** A cause of those that did not; `''` without one. */
  cause: string;
}

/** The looks at the registered pages of a network that ended after `from`, up to `to`. */
export async function queryNetworkLooks(
  observations: Observations,
  question: { network: MeasuredNetwork; from: Date; to: Date },
): Promise<NetworkLooks> {
  const [row] = await observations.rows<NetworkLooks>(
    `
    -- queryNetworkLooks
    SELECT
      toUInt32(uniqExact(slot)) AS slots,
      toUInt32(countIf(outcome IN ('ok', 'empty', 'closed', 'gone'))) AS read,
      anyLast(cause) AS cause
    FROM ${observations.tables.outcomes} FINAL
    WHERE finished > {from: DateTime64(3, 'UTC')} AND finished <= {to: DateTime64(3, 'UTC')} AND page_id IN (
      SELECT page_id FROM ${observations.tables.pages} FINAL WHERE network = {network: String} AND is_deleted = 0)`,
    question,
  );
  return row ?? { slots: 0, read: 0, cause: '' };
}
