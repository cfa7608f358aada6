import { dayNumberOf } from '#domain/period.ts';
import { firstIndexPast } from '#domain/sorted.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { Day } from '../types.ts';

/** A page's local day with posts, from the rollup. Days without posts have no cell. */
export interface DayCell {
  /** Days since 1970-01-01. */
  dayNumber: number;
  posts: number;
  uniqueOriginals: number;
  uniqueReposts: number;
}

interface Row {
  pageId: number;
  cells: [number, number, number, number][];
}

/**
 * The cells of every page from `from` to `to` (local days, inclusive), oldest first, by page; of the given pages, or
 * of all when none is given.
 * One row a page: half a million cells as arrays cost a fifth of half a million rows.
 */
export async function queryDayCells(
  observations: Observations,
  from: Day,
  to: Day,
  pageIds: number[] = [],
): Promise<Map<number, DayCell[]>> {
  const rows = await observations.rows<Row>(
    `
    -- queryDayCells
    SELECT page_id AS pageId,
           arraySort(groupArray((toInt32(day), posts, unique_originals, unique_reposts))) AS cells
    FROM ${observations.tables.page_days} FINAL
    WHERE day BETWEEN {from: Date32} AND {to: Date32} AND posts > 0
      AND (empty({pageIds: Array(UInt32)}) OR page_id IN {pageIds: Array(UInt32)})
    GROUP BY page_id`,
    { from, to, pageIds },
  );
  return new Map(
    rows.map((row) => [
      row.pageId,
      row.cells.map(([dayNumber, posts, uniqueOriginals, uniqueReposts]) => ({
        dayNumber,
        posts,
        uniqueOriginals,
        uniqueReposts,
      })),
    ]),
  );
}

/** Of the cells of pages, each page's oldest first, those from `from` to `to` (local days, inclusive). */
export function cellsBetween(
  cells: ReadonlyMap<number, DayCell[]>,
  from: Day,
  to: Day,
): Map<number, DayCell[]> {
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
  return new Map(
    Array.from(cells, ([pageId, days]) => [
      pageId,
      days.slice(
        firstIndexPast(days, ({ dayNumber }) => dayNumber >= first),
        firstIndexPast(days, ({ dayNumber }) => dayNumber > last),
      ),
    ]),
  );
}
