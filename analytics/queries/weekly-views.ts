import type { Observations } from '#schema/observations/connect.ts';
import type { Day } from '../types.ts';

/**
 * Views of the pages' posts by ISO week of their publication, over the local days `from` to `to`, by the week's Monday. A
 * week whose posts have no known views, or that has no posts, is not in the map.
 */
export async function queryWeeklyViews(
  observations: Observations,
  question: { pageIds: number[]; from: Day; to: Day },
): Promise<Map<Day, number>> {
  const rows = await observations.rows<{ week: Day; views: number }>(
    `
    -- queryWeeklyViews
    SELECT toMonday(day) AS week, sum(cells.views) AS views
    FROM ${observations.tables.page_days} AS cells FINAL
    WHERE page_id IN {pageIds: Array(UInt32)} AND day BETWEEN {from: Date32} AND {to: Date32} AND views_known > 0
    GROUP BY week`,
    question,
  );
  return new Map(rows.map((row) => [row.week, row.views]));
}
