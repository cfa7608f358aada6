import type { Precision } from '#domain/vocabulary.ts';
import { earliestOf, latestOf } from './several.ts';
import type { Observations } from '#schema/observations/connect.ts';

/** A page's subscribers as last seen before an instant. */
export interface SubscribersAt {
  pageId: number;
  count: number;
  precision: Precision;
  observed: string;
}

const day = 86_400_000;
const hours48 = 2 * day;

/**
 * The last known count of every page observed before each of the bounds (exclusive) and at most 48 hours before it, by
 * page; in the order of the bounds. Goes by the time of observation: a slot made up for later says nothing about the time
 * it was planned for. Slots older than 31 days are not looked at, for no slot is made up for after that long.
 */
export async function querySubscribersAt(
  observations: Observations,
  bounds: readonly Date[],
): Promise<Map<number, SubscribersAt>[]> {
  const found = bounds.map(() => new Map<number, SubscribersAt>());
  if (bounds.length === 0) return found;
  const rows = await observations.rows<SubscribersAt & { bound: number }>(
    `
    -- querySubscribersAt
    SELECT bound,
           page_id AS pageId,
           argMax(known, seen) AS count,
           argMax(seen_precision, seen) AS precision,
           max(seen) AS observed
    FROM (
      SELECT page_id, observed AS seen, assumeNotNull(subscribers.count) AS known, precision AS seen_precision,
             arrayJoin(arrayFilter(
               (_, bound) -> slot >= bound - INTERVAL 31 DAY AND slot < bound
                 AND observed >= bound - INTERVAL 48 HOUR AND observed < bound,
               arrayEnumerate({bounds: Array(DateTime64(3, 'UTC'))}),
               {bounds: Array(DateTime64(3, 'UTC'))}
             )) AS bound
      FROM ${observations.tables.subscribers} AS subscribers FINAL
      WHERE slot >= {earliest: DateTime64(3, 'UTC')} - INTERVAL 31 DAY AND slot < {latest: DateTime64(3, 'UTC')}
        AND toRelativeDayNum(observed) IN {days: Array(UInt32)}
        AND subscribers.count IS NOT NULL
    )
    GROUP BY bound, page_id`,
    { bounds, earliest: earliestOf(bounds), latest: latestOf(bounds), days: daysBefore(bounds) },
  );
  for (const { bound, ...row } of rows) found[bound - 1]?.set(row.pageId, row);
  return found;
}

/** The days in UTC, since 1970-01-01, on which the 48 hours before each bound lie. */
function daysBefore(bounds: readonly Date[]): number[] {
  const days = bounds.flatMap((bound) =>
    [hours48, day, 0].map((before) => Math.floor((bound.getTime() - before) / day)),
  );
  // Nothing was observed before 1970, and the engine's days have no sign.
  return [...new Set(days)].filter((each) => each >= 0);
}
