import type { Observations } from '#schema/observations/connect.ts';
import { askedPages } from './registered-pages.ts';

/** A post that may have done better than its page usually does. */
export interface OutstandingPost {
  pageId: number;
  id: string;
  /** Its views / the median of its page's earlier originals, whatever their age. */
  ratio: number;
}

/** Days before the bounds whose originals say what is usual for a page. */
const usualDays = 90;
/** With fewer originals before it nothing is usual. */
const leastUsual = 5;
/** Pages with a lower median are left out: a dozen readers more would make a sensation. */
const leastViews = 10;

/**
 * Originals published from `from` (inclusive) to `to` (exclusive) that stand out most from the median of their own page:
 * `limit` of those published by `matureBy` and as many of the younger ones, which still gain and would lose against the
 * others; at most two of a page. A rough choice, to be judged at the same age afterwards.
 */
export async function queryOutstandingPosts(
  observations: Observations,
  {
    pageIds,
    ...question
  }: {
    /** `null`: all registered pages. */
    pageIds: readonly number[] | null;
    from: Date;
    to: Date;
    matureBy: Date;
    limit: number;
  },
): Promise<OutstandingPost[]> {
  const { tables } = observations;
  const asked = askedPages(observations, pageIds);
  return observations.rows<OutstandingPost>(
    `
    -- queryOutstandingPosts
    SELECT page_id AS pageId, toString(post_id) AS id, ratio
    FROM (
      SELECT recent.page_id AS page_id, recent.post_id AS post_id, recent.seen / usual.middle AS ratio,
             recent.published <= {matureBy: DateTime64(3, 'UTC')} AS mature
      FROM (
        SELECT page_id, post_id, published, assumeNotNull(posts.views) AS seen
        FROM ${tables.posts} AS posts FINAL
        WHERE published >= {from: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
          AND placement = 'own' AND kind = 'original' AND deleted IS NULL AND posts.views IS NOT NULL
          AND ${asked.condition}
      ) AS recent
      INNER JOIN (
        SELECT page_id, quantileExactInclusive(0.5)(assumeNotNull(posts.views)) AS middle
        FROM ${tables.posts} AS posts FINAL
        WHERE published >= {from: DateTime64(3, 'UTC')} - toIntervalDay({usualDays: UInt32})
          AND published < {from: DateTime64(3, 'UTC')}
          AND placement = 'own' AND kind = 'original' AND deleted IS NULL AND posts.views IS NOT NULL
        GROUP BY page_id
        HAVING count() >= {leastUsual: UInt32} AND middle >= {leastViews: UInt32}
      ) AS usual ON usual.page_id = recent.page_id
      ORDER BY ratio DESC, page_id, post_id
      LIMIT 2 BY page_id, mature
    )
    ORDER BY ratio DESC, page_id, post_id
    LIMIT {limit: UInt32} BY mature`,
    { ...question, ...asked.parameters, usualDays, leastUsual, leastViews },
  );
}
