import type { Outcome, Precision } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { inParts } from '#schema/observations/in-parts.ts';

/** The newest of everything that was seen of a page, however long ago. */
export interface NewestLook {
  pageId: number;
  lastOutcome: Outcome | null;
  lastSuccess: string | null;
  subscribers: number | null;
  precision: Precision | '';
}

/** The newest look at, and the newest known subscribers of, the given pages, by page. */
export async function queryNewestLooks(
  observations: Observations,
  pageIds: readonly number[],
): Promise<Map<number, NewestLook>> {
  const { tables } = observations;
  const rows = await inParts(
    pageIds,
    async (part) =>
      await observations.rows<NewestLook>(
        `
        -- queryNewestLooks
        SELECT pageId, anyIf(newestOutcome, isLook) AS lastOutcome, anyIf(newestSuccess, isLook) AS lastSuccess,
               anyIf(newestCount, NOT isLook) AS subscribers, anyIf(newestPrecision, NOT isLook) AS precision
        FROM (
          SELECT page_id AS pageId, true AS isLook, CAST(argMax(outcome, slot), 'Nullable(String)') AS newestOutcome,
                 maxOrNullIf(finished, outcome IN ('ok', 'empty')) AS newestSuccess,
                 CAST(NULL, 'Nullable(UInt32)') AS newestCount, '' AS newestPrecision
          FROM ${tables.outcomes} FINAL
          WHERE page_id IN {pageIds: Array(UInt32)}
          GROUP BY page_id
          UNION ALL
          SELECT page_id, false, NULL, NULL, argMax(subscribers.count, observed), argMax(toString(precision), observed)
          FROM ${tables.subscribers} AS subscribers FINAL
          WHERE page_id IN {pageIds: Array(UInt32)} AND subscribers.count IS NOT NULL
          GROUP BY page_id
        )
        GROUP BY pageId`,
        { pageIds: part },
      ),
  );
  return new Map(rows.map((row) => [row.pageId, row]));
}
