import type { Observations } from '#schema/observations/connect.ts';

/** The first known count of every page observed at or after `from`, by page. */
export async function queryFirstSubscribers(
  observations: Observations,
  from: Date,
): Promise<Map<number, number>> {
  const rows = await observations.rows<{ pageId: number; first: number }>(
    `
    -- queryFirstSubscribers
    SELECT page_id AS pageId, argMin(assumeNotNull(subscribers.count), observed) AS first
    FROM ${observations.tables.subscribers} AS subscribers FINAL
    WHERE subscribers.count IS NOT NULL AND observed >= {from: DateTime64(3, 'UTC')}
    GROUP BY page_id`,
    { from },
  );
  return new Map(rows.map((row) => [row.pageId, row.first]));
}
