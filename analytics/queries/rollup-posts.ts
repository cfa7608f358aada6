import type { Observations } from '#schema/observations/connect.ts';
import { showsSourceByPage, sourceShowing } from './shows-source.ts';
import type { Day } from '../types.ts';

/** A post as the rollup counts it. */
export interface RollupPost {
  pageId: number;
  postId: number;
  published: Date;
  /** The local day it was published on. */
  day: Day;
  original: boolean;
  signature: string;
  /** Counters of its own: those that a repost shows of its source are not known. */
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
}

type PostTuple = [
  published: number,
  postId: number,
  day: Day,
  original: 0 | 1,
  signature: string,
  views: number | null,
  likes: number | null,
  comments: number | null,
  reposts: number | null,
];

/**
 * The undeleted posts by the community itself on the given pages published at or after `from`, in no order. One row a
 * page, the posts as arrays: a whole federation is read when the rollup is computed anew.
 */
export async function queryRollupPosts(
  observations: Observations,
  question: { pageIds: number[]; from: Date; zone: string },
): Promise<RollupPost[]> {
  const rows = await observations.rows<{ pageId: number; posts: PostTuple[] }>(
    `
    -- queryRollupPosts
    WITH ${showsSourceByPage(observations)} AS shows_source
    SELECT page_id AS pageId,
           groupArray((toUnixTimestamp64Milli(published), post_id, toString(toDate32(toTimeZone(published, {zone: String}))),
                       kind = 'original', signature, if(shows_source, NULL, views), likes, comments,
                       if(shows_source, NULL, reposts))) AS posts
    FROM ${observations.tables.posts} FINAL
    WHERE page_id IN {pages: Array(UInt32)} AND published >= {from: DateTime64(3, 'UTC')}
      AND placement = 'own' AND deleted IS NULL
    GROUP BY page_id`,
    { pages: question.pageIds, from: question.from, zone: question.zone, ...sourceShowing },
  );
  return rows.flatMap(({ pageId, posts }) => posts.map((post) => decode(pageId, post)));
}

function decode(pageId: number, post: PostTuple): RollupPost {
  const [published, postId, day, original, signature, views, likes, comments, reposts] = post;
  return {
    pageId,
    postId,
    published: new Date(published),
    day,
    original: original === 1,
    signature,
    views,
    likes,
    comments,
    reposts,
  };
}
