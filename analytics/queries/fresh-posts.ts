import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { askedPages } from './registered-pages.ts';

/** Posts of a network within a stretch of time, and within the one just before it. */
export interface FreshPosts {
  network: MeasuredNetwork;
  posts: number;
  /** Organisations that wrote them. */
  organisations: number[];
  before: number;
}

/**
 * Undeleted posts by the communities themselves from `from` to `to`, and from `earlier` to `from` (ends exclusive), by
 * network. A network without any is not in it.
 */
export async function queryFreshPosts(
  observations: Observations,
  {
    pageIds,
    ...question
  }: {
    /** `null`: all registered pages. */
    pageIds: readonly number[] | null;
    earlier: Date;
    from: Date;
    to: Date;
  },
): Promise<FreshPosts[]> {
  const { tables } = observations;
  const asked = askedPages(observations, pageIds);
  return observations.rows<FreshPosts>(
    `
    -- queryFreshPosts
    SELECT page.network AS network, toUInt32(countIf(is_fresh)) AS posts,
           groupUniqArrayIf(page.organisation_id, is_fresh) AS organisations,
           toUInt32(countIf(NOT is_fresh)) AS before
    FROM (
      SELECT page_id, published >= {from: DateTime64(3, 'UTC')} AS is_fresh
      FROM ${tables.posts} FINAL
      WHERE published >= {earlier: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
        AND placement = 'own' AND deleted IS NULL AND ${asked.condition}
    ) AS post
    INNER JOIN (SELECT page_id, organisation_id, network FROM ${tables.pages} FINAL WHERE is_deleted = 0) AS page
      ON page.page_id = post.page_id
    GROUP BY network
    ORDER BY network`,
    { ...question, ...asked.parameters },
  );
}
