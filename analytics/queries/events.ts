import type { Observations } from '#schema/observations/connect.ts';
import { askedPages } from './registered-pages.ts';

/** Something that happened to a page: a new name, another state, the history's beginning reached, another kind of page. */
export interface PageEvent {
  pageId: number;
  observed: string;
  event: string;
  before: string;
  after: string;
}

/** The events of the given pages from `from` (inclusive) to `to` (exclusive), newest first, at most 200. */
export async function queryEvents(
  observations: Observations,
  pageIds: number[],
  from: Date,
  to: Date,
): Promise<PageEvent[]> {
  return observations.rows<PageEvent>(
    `
    -- queryEvents
    SELECT page_id AS pageId, observed, event, before, after
    FROM ${observations.tables.page_events} FINAL
    WHERE page_id IN {pages: Array(UInt32)}
      AND observed >= {from: DateTime64(3, 'UTC')} AND observed < {to: DateTime64(3, 'UTC')}
    ORDER BY observed DESC, page_id, event
    LIMIT 200`,
    { pages: pageIds, from, to },
  );
}

/** A page's event with how many there are of all, of which these are the newest. */
export interface RecentEvent extends PageEvent {
  event: 'renamed' | 'state' | 'title' | 'became' | 'found_again';
  all: number;
}

/**
 * What happened to registered pages from `from` (inclusive) to `to` (exclusive), newest first: new names, titles and
 * states, what is something else by now, and what was lost and found again. That a page was recognised for the first time is no news, and neither is how far its history was read.
 */
export async function queryRecentEvents(
  observations: Observations,
  {
    pageIds,
    ...question
  }: {
    /** `null`: all registered pages. */
    pageIds: readonly number[] | null;
    from: Date;
    to: Date;
    limit: number;
  },
): Promise<RecentEvent[]> {
  const { tables } = observations;
  const asked = askedPages(observations, pageIds);
  return observations.rows<RecentEvent>(
    `
    -- queryRecentEvents
    SELECT page_id AS pageId, observed, event, before, after, toUInt32(count() OVER ()) AS all
    FROM ${tables.page_events} FINAL
    WHERE observed >= {from: DateTime64(3, 'UTC')} AND observed < {to: DateTime64(3, 'UTC')}
      AND event IN ('renamed', 'state', 'title', 'became', 'found_again') AND NOT (event = 'state' AND before = 'unresolved' AND after = 'ok')
      AND ${asked.condition}
    ORDER BY observed DESC, page_id, event
    LIMIT {limit: UInt32}`,
    { ...question, ...asked.parameters },
  );
}
