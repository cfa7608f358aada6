import type { PostKind, TextKind } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { inParts } from '#schema/observations/in-parts.ts';

/** A post, and how it begins. */
export interface PostBeginning {
  pageId: number;
  id: string;
  published: string;
  kind: PostKind;
  /** Of a repost without words of its own, the source's. */
  text: string;
  /** What `text` is of. */
  textKind: TextKind;
}

/** More of a text than a line of a list shows. */
const shownLength = 300;

/** How the posts published by the given pages at the given instants begin; one a page. */
export async function queryPostBeginnings(
  observations: Observations,
  posts: readonly { pageId: number; published: Date }[],
): Promise<PostBeginning[]> {
  return await inParts(posts, async (part) => await askOfPosts(observations, part));
}

async function askOfPosts(
  observations: Observations,
  posts: readonly { pageId: number; published: Date }[],
): Promise<PostBeginning[]> {
  const instants = posts.map(({ published }) => published.getTime());
  return await observations.rows<PostBeginning>(
    `
    -- askOfPosts
    SELECT page_id AS pageId, toString(post_id) AS id, published, kind,
           substringUTF8(if(posts.text = '', source_text, posts.text), 1, {length: UInt32}) AS text,
           if(posts.text = '', 'text', text_kind) AS textKind
    FROM ${observations.tables.posts} AS posts FINAL
    WHERE page_id IN {pages: Array(UInt32)}
      AND published >= {first: DateTime64(3, 'UTC')} AND published <= {last: DateTime64(3, 'UTC')}
      AND (page_id, published) IN (
        SELECT wanted.1, wanted.2
        FROM (SELECT arrayJoin(arrayZip({pages: Array(UInt32)}, {published: Array(DateTime64(3, 'UTC'))})) AS wanted)
      )
      AND placement = 'own' AND deleted IS NULL
    ORDER BY page_id, post_id DESC
    LIMIT 1 BY page_id`,
    {
      pages: posts.map(({ pageId }) => pageId),
      published: posts.map(({ published }) => published),
      first: new Date(Math.min(...instants)),
      last: new Date(Math.max(...instants)),
      length: shownLength,
    },
  );
}
