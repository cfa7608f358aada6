import type { MeasuredNetwork } from '../../domain/vocabulary.ts';
import type { Observations } from '../../schema/observations/connect.ts';

/**
 * What the posts of an organisation's pages in one network add up to between two instants.
 * Sums are `null` when not one of the posts has the part known.
 */
export interface PostMeasures {
  organisationId: number;
  network: MeasuredNetwork;
  posts: number;
  originals: number;
  reposts: number;
  /** Sum over posts with a known view counter of their own. */
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  /** Posts of which likes, comments or reposts are not all known. */
  reactionsPartial: number;
  /** Posts published at or before the instant of maturity. */
  maturePosts: number;
  /** Mature posts with views known: how many the median is made of. */
  matureViewed: number;
  /** Median views of mature posts with views known. */
  medianViews: number | null;
  /** Sums over mature posts with views, likes, comments and reposts all known. */
  comparableViews: number | null;
  comparableReactions: number | null;
  /** Sum of the known parts over mature posts. */
  matureReactions: number | null;
}

/**
 * Measures of the undeleted posts by the community itself, published from `from` (inclusive) to `to` (exclusive), by
 * organisation and network, from the newest state of the posts. Views and forwards of a forwarded Telegram message
 * belong to its source, and count as not known.
 */
export async function askPostMeasures(
  observations: Observations,
  bounds: { from: Date; to: Date; matureBy: Date; organisationId?: number | undefined },
): Promise<PostMeasures[]> {
  const { tables } = observations;
  return observations.rows<PostMeasures>(
    `
    WITH
      post.published <= {matureBy: DateTime64(3, 'UTC')} AS mature,
      network = 'telegram' AND post.kind = 'repost' AS foreign_counters,
      if(foreign_counters, NULL, post.views) AS own_views,
      if(foreign_counters, NULL, post.reposts) AS own_shares,
      own_views IS NOT NULL AND post.likes IS NOT NULL AND post.comments IS NOT NULL
        AND own_shares IS NOT NULL AS comparable,
      ifNull(post.likes, 0) + ifNull(post.comments, 0) + ifNull(own_shares, 0) AS known_reactions,
      post.likes IS NOT NULL OR post.comments IS NOT NULL OR own_shares IS NOT NULL AS any_reaction
    SELECT
      organisation_id AS organisationId,
      network,
      toUInt32(count()) AS posts,
      toUInt32(countIf(post.kind = 'original')) AS originals,
      toUInt32(countIf(post.kind = 'repost')) AS reposts,
      sumOrNull(own_views) AS views,
      sumOrNull(post.likes) AS likes,
      sumOrNull(post.comments) AS comments,
      sumOrNull(own_shares) AS shares,
      toUInt32(countIf(post.likes IS NULL OR post.comments IS NULL OR own_shares IS NULL)) AS reactionsPartial,
      toUInt32(countIf(mature)) AS maturePosts,
      toUInt32(countIf(mature AND own_views IS NOT NULL)) AS matureViewed,
      quantileExactInclusiveIf(0.5)(own_views, mature AND own_views IS NOT NULL) AS medianViews,
      sumOrNullIf(own_views, mature AND comparable) AS comparableViews,
      sumOrNullIf(known_reactions, mature AND comparable) AS comparableReactions,
      sumOrNullIf(known_reactions, mature AND any_reaction) AS matureReactions
    FROM (
      SELECT page_id, published, kind, views, likes, comments, reposts
      FROM ${tables.posts} FINAL
      WHERE published >= {from: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
        AND placement = 'own' AND deleted IS NULL
    ) AS post
    INNER JOIN (
      SELECT page_id, organisation_id, network
      FROM ${tables.pages} FINAL
      WHERE is_deleted = 0 AND ({organisation: UInt32} = 0 OR organisation_id = {organisation: UInt32})
    ) AS page USING (page_id)
    GROUP BY organisation_id, network`,
    {
      from: bounds.from,
      to: bounds.to,
      matureBy: bounds.matureBy,
      organisation: bounds.organisationId ?? 0,
    },
  );
}
