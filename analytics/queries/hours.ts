import type { Observations } from '#schema/observations/connect.ts';

/** Posts published on a weekday (1 is Monday) in an hour of the local day. */
export interface HourCount {
  weekday: number;
  hour: number;
  posts: number;
}

/** Undeleted posts of the pages by weekday and local hour, from `from` (inclusive) to `to` (exclusive). */
export async function queryHours(
  observations: Observations,
  question: { pageIds: number[]; from: Date; to: Date; zone: string },
): Promise<HourCount[]> {
  return observations.rows<HourCount>(
    `
    -- queryHours
    WITH toTimeZone(published, {zone: String}) AS local
    SELECT toDayOfWeek(local) AS weekday, toHour(local) AS hour, toUInt32(count()) AS posts
    FROM ${observations.tables.posts} FINAL
    WHERE page_id IN {pages: Array(UInt32)}
      AND published >= {from: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
      AND placement = 'own' AND deleted IS NULL
    GROUP BY weekday, hour`,
    {
      pages: question.pageIds,
      from: question.from,
      to: question.to,
      zone: question.zone,
    },
  );
}
