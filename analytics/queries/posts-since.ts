import type { Observations } from '#schema/observations/connect.ts';
import { inParts } from '#schema/observations/in-parts.ts';

/** What a page has published after an instant; a page without any such post has no row. */
export interface PostsSinceRow {
  pageId: number;
  since: string;
  posts: number;
  first: string;
}

/** How many undeleted posts of their own pages have published after each given instant, and when the first one. */
export async function queryPostsSince(
  observations: Observations,
  looks: readonly { pageId: number; since: Date }[],
): Promise<PostsSinceRow[]> {
  return await inParts(looks, async (part) => await askOfLooks(observations, part));
}

async function askOfLooks(
  observations: Observations,
  looks: readonly { pageId: number; since: Date }[],
): Promise<PostsSinceRow[]> {
  return await observations.rows<PostsSinceRow>(
    `
    -- askOfLooks
    SELECT post.page_id AS pageId, since, toUInt32(count()) AS posts, min(published) AS first
    FROM (
      SELECT page_id, published
      FROM ${observations.tables.posts} FINAL
      WHERE page_id IN {pages: Array(UInt32)} AND published > {earliest: DateTime64(3, 'UTC')}
        AND placement = 'own' AND deleted IS NULL
    ) AS post
    INNER JOIN (
      SELECT DISTINCT asked.1 AS page_id, asked.2 AS since
      FROM (SELECT arrayJoin(arrayZip({pages: Array(UInt32)}, {since: Array(DateTime64(3, 'UTC'))})) AS asked)
    ) AS asked ON asked.page_id = post.page_id
    WHERE published > since
    GROUP BY post.page_id, since
    ORDER BY pageId, since`,
    {
      pages: looks.map(({ pageId }) => pageId),
      since: looks.map(({ since }) => since),
      earliest: new Date(Math.min(...looks.map(({ since }) => since.getTime()))),
    },
  );
}
