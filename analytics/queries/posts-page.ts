import type { Observations } from '#schema/observations/connect.ts';
import { askedPages } from './registered-pages.ts';
import type { PostDetail } from './top-posts.ts';
import { postDetail } from './top-posts.ts';

/**
 * Posts by the community itself on the given pages, newest first, published from `from` (inclusive) to `to` (exclusive)
 * and after the position `after` in that order. Deleted ones only when `deleted` is asked for. `stems` must
 * all occur. Keys are found first, and texts read for those only.
 */
export async function queryPostsPage(
  observations: Observations,
  question: {
    /** `null`: all registered pages. */
    pageIds: number[] | null;
    from: Date;
    to: Date;
    stems: string[];
    deleted: boolean;
    after: { published: Date; pageId: number; postId: string } | null;
    limit: number;
  },
): Promise<PostDetail[]> {
  const { tables } = observations;
  const { after, pageIds, ...parameters } = question;
  const asked = askedPages(observations, pageIds);
  return observations.rows<PostDetail>(
    `
    -- queryPostsPage
    SELECT ${postDetail}
    FROM (
      SELECT page_id, post_id, published, kind, text, text_kind, source_text, source_owner, source_post, views, likes, comments, reposts, views_precision,
             likes_precision, comments_precision, reposts_precision, stars, edited, deleted, last_deleted, returned
      FROM ${tables.posts} FINAL
      WHERE published >= {from: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
        AND (page_id, post_id) IN (
          SELECT page_id, post_id
          FROM ${tables.posts} FINAL
          WHERE ${asked.condition}
            AND published >= {from: DateTime64(3, 'UTC')} AND published < {to: DateTime64(3, 'UTC')}
            AND published <= {afterPublished: DateTime64(3, 'UTC')}
            AND (published < {afterPublished: DateTime64(3, 'UTC')}
                 OR (page_id, post_id) > ({afterPage: UInt32}, {afterPost: UInt64}))
            AND placement = 'own' AND (deleted IS NULL OR {deleted: Bool})
            AND (empty({stems: Array(String)}) OR hasAllTokens(stems, {stems: Array(String)}))
          ORDER BY published DESC, page_id, post_id
          LIMIT {limit: UInt32}
        )
    ) AS post
    INNER JOIN (SELECT page_id, network, native_id, name, url FROM ${tables.pages} FINAL WHERE is_deleted = 0) AS page
      ON page.page_id = post.page_id
    ORDER BY post.published DESC, post.page_id, post.post_id`,
    {
      ...parameters,
      ...asked.parameters,
      afterPublished: after?.published ?? question.to,
      afterPage: after?.pageId ?? 0,
      afterPost: Number(after?.postId ?? 0),
    },
  );
}
