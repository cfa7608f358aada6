import type { Observations } from '#schema/observations/connect.ts';
import type { Day } from '../types.ts';

interface Row {
  /** Which of the days, from 1 on. */
  bound: number;
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
 * The first and the last undeleted post of every page published up to each of the local days `to` (inclusive), in the order
 * of the days: whole months from the rollup by month, the last one by day. A page without posts is not in the map.
 */
export async function queryPostBounds(
  observations: Observations,
  to: readonly Day[],
): Promise<Map<number, PostBounds>[]> {
  const found = to.map(() => new Map<number, PostBounds>());
  const latest = to.toSorted().at(-1);
  if (latest === undefined) return found;
  const { tables } = observations;
  const rows = await observations.rows<Row>(
    `
    -- queryPostBounds
    SELECT bound, pageId, max(last) AS lastPublished, min(first) AS firstPublished
    FROM (
      SELECT page_id AS pageId, first_published AS first, last_published AS last,
             arrayJoin(arrayFilter(
               (_, to) -> month < toStartOfMonth(to), arrayEnumerate({to: Array(Date32)}), {to: Array(Date32)}
             )) AS bound
      FROM ${tables.page_months} FINAL
      WHERE month < toStartOfMonth({latest: Date32}) AND posts > 0
      UNION ALL
      SELECT page_id AS pageId, first_published AS first, last_published AS last,
             arrayJoin(arrayFilter(
               (_, to) -> day >= toStartOfMonth(to) AND day <= to,
               arrayEnumerate({to: Array(Date32)}),
               {to: Array(Date32)}
             )) AS bound
      FROM ${tables.page_days} FINAL
      WHERE toYYYYMM(day) IN {months: Array(UInt32)} AND day <= {latest: Date32} AND posts > 0
    )
    GROUP BY bound, pageId`,
    { to, latest, months: [...new Set(to.map((day) => Number(day.slice(0, 4) + day.slice(5, 7))))] },
  );
  for (const { bound, pageId, firstPublished, lastPublished } of rows) {
    if (!firstPublished || !lastPublished) continue;
    found[bound - 1]?.set(pageId, { first: new Date(firstPublished), last: new Date(lastPublished) });
  }
  return found;
}
