import type { MeasuredNetwork, PostKind, Precision, TextKind } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { showsSource, showsSourceByPage, sourceShowing } from './shows-source.ts';

/** A post as the lists show it. Counters and precisions are `null` and `''` when not known. */
export interface PostDetail {
  pageId: number;
  network: MeasuredNetwork;
  /** `0` while not known. */
  nativeId: number;
  pageName: string;
  pageUrl: string;
  id: string;
  published: string;
  kind: PostKind;
  text: string;
  /** What `text` is of. */
  textKind: TextKind;
  /** Of a repost: the source's text; '' when not said. */
  sourceText: string;
  /** Of a repost: the native id of the source's owner (a community's is negative) and post; `''` when not said. */
  sourceOwner: string;
  sourcePost: string;
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
  viewsPrecision: Precision | '';
  likesPrecision: Precision | '';
  commentsPrecision: Precision | '';
  repostsPrecision: Precision | '';
  /** Paid reactions; in no sum. */
  stars: number | null;
  edited: string | null;
  deleted: string | null;
  /** Of a post that was missed and came back: when it was missed last, and since when it is there again. */
  lastDeleted: string | null;
  returned: string | null;
}

/** The columns of a `PostDetail`, of `post` and its `page`. */
export const postDetail = `
           post.page_id AS pageId, page.network AS network, page.native_id AS nativeId, page.name AS pageName,
           page.url AS pageUrl, toString(post.post_id) AS id, post.published AS published, post.kind AS kind,
           post.text AS text, post.text_kind AS textKind, post.source_text AS sourceText,
           ifNull(toString(post.source_owner), '') AS sourceOwner, ifNull(toString(post.source_post), '') AS sourcePost, post.views AS views, post.likes AS likes, post.comments AS comments,
           post.reposts AS reposts, post.views_precision AS viewsPrecision, post.likes_precision AS likesPrecision,
           post.comments_precision AS commentsPrecision, post.reposts_precision AS repostsPrecision,
           post.stars AS stars, post.edited AS edited, post.deleted AS deleted, post.last_deleted AS lastDeleted,
           post.returned AS returned`;

/**
 * The undeleted posts of the pages with the most views published from `from` (inclusive) to `to` (exclusive); posts with
 * unknown views come last, by reactions, and so do reposts that show the views of their source. Texts are
 * read for the chosen ones only.
 */
export async function queryTopPosts(
  observations: Observations,
  question: { pageIds: number[]; from: Date; to: Date; limit: number },
): Promise<PostDetail[]> {
  const { tables } = observations;
  return observations.rows<PostDetail>(
    `
    -- queryTopPosts
    SELECT ${postDetail}
    FROM ${tables.posts} AS post FINAL
    INNER JOIN (SELECT page_id, network, native_id, name, url FROM ${tables.pages} FINAL WHERE is_deleted = 0) AS page
      ON page.page_id = post.page_id
    WHERE post.page_id IN {pages: Array(UInt32)}
      AND post.published >= {from: DateTime64(3, 'UTC')} AND post.published < {to: DateTime64(3, 'UTC')}
      AND (post.page_id, post.post_id) IN (
        SELECT page_id, post_id
        FROM ${tables.posts} FINAL
        WHERE page_id IN {pages: Array(UInt32)}
          AND published >= {from: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
          AND placement = 'own' AND deleted IS NULL
        ORDER BY if(${showsSourceByPage(observations)}, NULL, views) DESC NULLS LAST, ifNull(likes, 0) + ifNull(comments, 0) + ifNull(reposts, 0) DESC, page_id, post_id
        LIMIT {limit: UInt32}
      )
    ORDER BY if(${showsSource({ post: 'post', page: 'page' })}, NULL, post.views) DESC NULLS LAST,
             ifNull(post.likes, 0) + ifNull(post.comments, 0) + ifNull(post.reposts, 0) DESC, pageId, post.post_id
    LIMIT {limit: UInt32}`,
    {
      pages: question.pageIds,
      from: question.from,
      to: question.to,
      limit: question.limit,
      ...sourceShowing,
    },
  );
}

/** The given posts, published from `from` to `to` (exclusive), in no order; one that is not there, or whose page is not registered any more, is left out. */
export async function queryPostDetails(
  observations: Observations,
  posts: readonly { pageId: number; id: string }[],
  bounds: { from: Date; to: Date },
): Promise<PostDetail[]> {
  if (posts.length === 0) return [];
  const { tables } = observations;
  return observations.rows<PostDetail>(
    `
    -- queryPostDetails
    SELECT ${postDetail}
    FROM ${tables.posts} AS post FINAL
    INNER JOIN (SELECT page_id, network, native_id, name, url FROM ${tables.pages} FINAL WHERE is_deleted = 0) AS page
      ON page.page_id = post.page_id
    WHERE post.page_id IN {pages: Array(UInt32)}
      AND post.published >= {from: DateTime64(3, 'UTC')} AND post.published < {to: DateTime64(3, 'UTC')}
      AND (post.page_id, post.post_id) IN (
        SELECT wanted.1, wanted.2
        FROM (SELECT arrayJoin(arrayZip({pages: Array(UInt32)}, {ids: Array(UInt64)})) AS wanted)
      )`,
    { ...bounds, pages: posts.map(({ pageId }) => pageId), ids: posts.map(({ id }) => Number(id)) },
  );
}
