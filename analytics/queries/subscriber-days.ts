import type { Observations } from '#schema/observations/connect.ts';
import { inParts } from '#schema/observations/in-parts.ts';
import type { Day } from '../types.ts';

/** The last known count of a page on a local day. */
export interface SubscriberDay {
  pageId: number;
  day: Day;
  count: number;
}

/** Subscribers of the pages by local day (the day's last observation), oldest first, `from` inclusive, `to` exclusive. */
export async function querySubscriberDays(
  observations: Observations,
  question: { pageIds: number[]; from: Date; to: Date; zone: string },
): Promise<SubscriberDay[]> {
  const { from, to, zone } = question;
  return await inParts(
    [...question.pageIds].sort((one, other) => one - other),
    async (pages) =>
      await observations.rows<SubscriberDay>(
        `
        -- querySubscriberDays
        SELECT page_id AS pageId, toDate32(toTimeZone(seen, {zone: String})) AS day, argMax(known, seen) AS count
        FROM (
          SELECT page_id, observed AS seen, assumeNotNull(subscribers.count) AS known
          FROM ${observations.tables.subscribers} AS subscribers FINAL
          WHERE page_id IN {pages: Array(UInt32)} AND subscribers.count IS NOT NULL
            AND observed >= {from: DateTime64(3, 'UTC')} AND observed < {to: DateTime64(3, 'UTC')}
        )
        GROUP BY pageId, day
        ORDER BY pageId, day`,
        { pages, from, to, zone },
      ),
  );
}
