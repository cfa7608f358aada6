import type { Observations } from '#schema/observations/connect.ts';
import type { Day } from '../types.ts';

interface Row {
  pageId: number;
  lastPublished: string | null;
  firstPublished: string | null;
}

/** A page's first and last undeleted post up to a local day. */
export interface PostBounds {
  first: Date;
  last: Date;
}

/**
 * The first and the last undeleted post of every page published up to the local day `to` (inclusive): whole months from
 * the rollup by month, the last one by day. A page without posts is not in the map.
 */
export async function queryPostBounds(observations: Observations, to: Day): Promise<Map<number, PostBounds>> {
  const { tables } = observations;
  const rows = await observations.rows<Row>(
    `
    SELECT pageId, max(last) AS lastPublished, min(first) AS firstPublished
    FROM (
      SELECT page_id AS pageId, first_published AS first, last_published AS last
      FROM ${tables.page_months} FINAL
      WHERE month < toStartOfMonth({to: Date32}) AND posts > 0
      UNION ALL
      SELECT page_id AS pageId, first_published AS first, last_published AS last
      FROM ${tables.page_days} FINAL
      WHERE day >= toStartOfMonth({to: Date32}) AND day <= {to: Date32} AND posts > 0
    )
    GROUP BY pageId`,
    { to },
  );
  return new Map(
    rows.flatMap(({ pageId, firstPublished, lastPublished }) =>
      firstPublished && lastPublished
        ? [[pageId, { first: new Date(firstPublished), last: new Date(lastPublished) }] as const]
        : [],
    ),
  );
}
