import type { Observations } from '../../schema/observations/connect.ts';

/** Something that happened to a page: a new name, another state, the history's beginning reached. */
export interface PageEvent {
  pageId: number;
  observed: string;
  event: string;
  before: string;
  after: string;
}

/** The events of the given pages from `from` (inclusive) to `to` (exclusive), newest first, at most 200. */
export async function askEvents(
  observations: Observations,
  pageIds: number[],
  from: Date,
  to: Date,
): Promise<PageEvent[]> {
  return observations.rows<PageEvent>(
    `
    SELECT page_id AS pageId, observed, event, before, after
    FROM ${observations.tables.page_events} FINAL
    WHERE page_id IN {pages: Array(UInt32)}
      AND observed >= {from: DateTime64(3, 'UTC')} AND observed < {to: DateTime64(3, 'UTC')}
    ORDER BY observed DESC, page_id, event
    LIMIT 200`,
    { pages: pageIds, from, to },
  );
}
