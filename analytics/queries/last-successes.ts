import type { Observations } from '#schema/observations/connect.ts';
import { inParts } from '#schema/observations/in-parts.ts';

/** When any page was last read successfully, of the looks planned for `since` or later; `null` when none was. */
export async function queryLastSuccess(observations: Observations, since: Date): Promise<Date | null> {
  const [row] = await observations.rows<{ last: string | null }>(
    `
    -- queryLastSuccess
    SELECT maxOrNull(finished) AS last
    FROM ${observations.tables.outcomes} FINAL
    WHERE slot >= {since: DateTime64(3, 'UTC')} AND outcome IN ('ok', 'empty')`,
    { since },
  );
  return row?.last ? new Date(row.last) : null;
}

/** When each of the given pages was last read, however long ago; one that never was is not in the map. */
export async function queryLastSuccesses(
  observations: Observations,
  pageIds: readonly number[],
): Promise<Map<number, Date>> {
  const rows = await inParts(
    pageIds,
    async (part) =>
      await observations.rows<{ pageId: number; lastSuccess: string }>(
        `
        -- queryLastSuccesses
        SELECT page_id AS pageId, max(finished) AS lastSuccess
        FROM ${observations.tables.outcomes} FINAL
        WHERE page_id IN {pageIds: Array(UInt32)} AND outcome IN ('ok', 'empty')
        GROUP BY page_id`,
        { pageIds: part },
      ),
  );
  return new Map(rows.map((row) => [row.pageId, new Date(row.lastSuccess)]));
}
