import type { ReactionPart, ShownPosts } from '#domain/reaction-parts.ts';
import { reactionParts } from '#domain/reaction-parts.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { earliestOf, latestOf } from './several.ts';
import { showsSource, sourceShowing } from './shows-source.ts';

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
  /** Posts of which the counted views, and posts of which a counted reaction, were shown rounded. */
  viewsRounded: number;
  reactionsRounded: number;
  /** Posts published at or before the instant of maturity. */
  maturePosts: number;
  /** Mature posts with views known: how many the median is made of. */
  matureViewed: number;
  /** Median views of mature posts with views known. */
  medianViews: number | null;
  /** The mature posts with views known, by the parts of reactions that they show: what ER by view is made of. */
  shown: ShownPosts[];
  /** Sum of the known parts over mature posts. */
  matureReactions: number | null;
}

/** From `from` (inclusive) to `to` (exclusive). */
export interface Span {
  from: Date;
  to: Date;
}

type Row = Omit<PostMeasures, 'shown'> & {
  /** Which of the spans, from 1 on. */
  span: number;
  /** Masks of parts, and for each mask: posts, views, likes, comments, reposts. */
  shown: [number[], number[], number[], number[], number[], number[]];
};

/**
 * Measures of the undeleted posts by the community itself published in each of the spans, in their order, by organisation
 * and network, from the newest state of the posts. Views and reposts that belong to a repost's source count as not known.
 * A post counts in each span that it lies in: all are asked for at once, for the engine takes longer to understand this
 * question than to answer it. What is answered has a row for every span, organisation and network.
 */
export async function queryPostMeasures(
  observations: Observations,
  { spans, matureBy }: { spans: readonly Span[]; matureBy: Date },
): Promise<PostMeasures[][]> {
  const measures = spans.map((): PostMeasures[] => []);
  if (spans.length === 0) return measures;
  const { tables } = observations;
  const rows = await observations.rows<Row>(
    `
    -- queryPostMeasures
    WITH
      post.published <= {matureBy: DateTime64(3, 'UTC')} AS mature,
      ${showsSource({ post: 'post', page: 'page' })} AS shows_source,
      if(shows_source, NULL, post.views) AS own_views,
      if(shows_source, NULL, post.reposts) AS own_shares,
      (post.likes IS NOT NULL) + 2 * (post.comments IS NOT NULL) + 4 * (own_shares IS NOT NULL) AS parts,
      ifNull(post.likes, 0) + ifNull(post.comments, 0) + ifNull(own_shares, 0) AS known_reactions
    SELECT
      span,
      organisation_id AS organisationId,
      network,
      toUInt32(count()) AS posts,
      toUInt32(countIf(post.kind = 'original')) AS originals,
      toUInt32(countIf(post.kind = 'repost')) AS reposts,
      sumOrNull(own_views) AS views,
      sumOrNull(post.likes) AS likes,
      sumOrNull(post.comments) AS comments,
      sumOrNull(own_shares) AS shares,
      toUInt32(countIf(parts < 7)) AS reactionsPartial,
      toUInt32(countIf(own_views IS NOT NULL AND post.views_precision = 'rounded')) AS viewsRounded,
      toUInt32(countIf(post.likes_precision = 'rounded' OR post.comments_precision = 'rounded'
        OR (own_shares IS NOT NULL AND post.reposts_precision = 'rounded'))) AS reactionsRounded,
      toUInt32(countIf(mature)) AS maturePosts,
      toUInt32(countIf(mature AND own_views IS NOT NULL)) AS matureViewed,
      quantileExactInclusiveIf(0.5)(own_views, mature AND own_views IS NOT NULL) AS medianViews,
      sumMapIf([parts], [toUInt64(1)], [toUInt64(ifNull(own_views, 0))], [toUInt64(ifNull(post.likes, 0))],
        [toUInt64(ifNull(post.comments, 0))], [toUInt64(ifNull(own_shares, 0))],
        mature AND own_views IS NOT NULL) AS shown,
      sumOrNullIf(known_reactions, mature AND parts > 0) AS matureReactions
    FROM (
      SELECT page_id, published, kind, views, likes, comments, reposts, views_precision, likes_precision,
             comments_precision, reposts_precision,
             arrayJoin(arrayFilter(
               (_, from, to) -> published >= from AND published < to,
               arrayEnumerate({from: Array(DateTime64(3, 'UTC'))}),
               {from: Array(DateTime64(3, 'UTC'))},
               {to: Array(DateTime64(3, 'UTC'))}
             )) AS span
      FROM ${tables.posts} FINAL
      WHERE published >= {earliest: DateTime64(3, 'UTC')} AND published < {latest: DateTime64(3, 'UTC')}
        AND placement = 'own' AND deleted IS NULL
    ) AS post
    INNER JOIN (
      SELECT page_id, organisation_id, network FROM ${tables.pages} FINAL WHERE is_deleted = 0
    ) AS page USING (page_id)
    GROUP BY span, organisation_id, network`,
    {
      from: spans.map(({ from }) => from),
      to: spans.map(({ to }) => to),
      earliest: earliestOf(spans.map(({ from }) => from)),
      latest: latestOf(spans.map(({ to }) => to)),
      matureBy,
      ...sourceShowing,
    },
  );
  for (const { span, ...row } of rows) measures[span - 1]?.push({ ...row, shown: shownPostsOf(row.shown) });
  return measures;
}

/** The groups of posts from their masks: bit 0 says that likes are known, bit 1 comments, bit 2 reposts. */
function shownPostsOf([masks, posts, views, likes, comments, reposts]: Row['shown']): ShownPosts[] {
  return masks.map((mask, index) => ({
    parts: reactionParts.filter((_part: ReactionPart, bit) => (mask >> bit) % 2 === 1),
    posts: posts[index] ?? 0,
    views: views[index] ?? 0,
    likes: likes[index] ?? 0,
    comments: comments[index] ?? 0,
    reposts: reposts[index] ?? 0,
  }));
}
