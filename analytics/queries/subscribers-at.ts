import type { Precision } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';

/** A page's subscribers as last seen before an instant. */
export interface SubscribersAt {
  pageId: number;
  count: number;
  precision: Precision;
  observed: string;
}

/**
 * The last known count of every page observed before `bound` (exclusive) and at most 48 hours before it, by page. Goes
 * by the time of observation: a slot made up for later says nothing about the time it was planned for. Slots older than
 * 31 days are not looked at, for no slot is made up for after that long.
 */
export async function querySubscribersAt(
  observations: Observations,
  bound: Date,
): Promise<Map<number, SubscribersAt>> {
  const rows = await observations.rows<SubscribersAt>(
    `
    SELECT page_id AS pageId,
           argMax(known, seen) AS count,
           argMax(seen_precision, seen) AS precision,
           max(seen) AS observed
    FROM (
      SELECT page_id, observed AS seen, assumeNotNull(subscribers.count) AS known, precision AS seen_precision
      FROM ${observations.tables.subscribers} AS subscribers FINAL
      WHERE slot >= {bound: DateTime64(3, 'UTC')} - INTERVAL 31 DAY AND slot < {bound: DateTime64(3, 'UTC')}
        AND observed >= {bound: DateTime64(3, 'UTC')} - INTERVAL 48 HOUR AND observed < {bound: DateTime64(3, 'UTC')}
        AND subscribers.count IS NOT NULL
    )
    GROUP BY page_id`,
    { bound },
  );
  return new Map(rows.map((row) => [row.pageId, row]));
}
