import { formulaVersion } from '#domain/activity-index.ts';
import { stemsOf } from '#domain/text/stems.ts';
import type { Counter, MeasuredNetwork, PostKind, Precision, TextKind } from '#domain/vocabulary.ts';
import { buildPageAddress, buildPostAddress } from '../addresses.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import {
  parseBounds,
  encodeCursor,
  parseLimit,
  narrowsPages,
  pagesOf,
  decodeCursor,
} from './list-request.ts';
import { queryPostsPage } from '../queries/posts-page.ts';
import { queryPages } from '../queries/register.ts';
import type { PostDetail } from '../queries/top-posts.ts';
import type { AnalyticsSources } from '../sources.ts';

/** What the list of posts takes beside what every list takes. */
export interface PostsRequest extends ListRequest {
  /** Words that must all occur, in any of their forms. */
  q?: string | undefined;
  /** Deleted posts too. */
  deleted?: boolean | undefined;
}

/** A post in the shape of the API. Unknown is `null`; times are ISO 8601 in UTC. */
export interface PostListRow {
  network: MeasuredNetwork;
  page: string;
  /** Native, without the owner. */
  id: string;
  url: string;
  published: string;
  kind: PostKind;
  /** The page's own words: a repost may have none. */
  text: string;
  /** What the words are of: its own text, or the poll, article or video that a post without text is. */
  textKind: TextKind;
  /** Of a repost: the source's text. */
  sourceText: string | null;
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
  precision: Record<Counter, Precision | null>;
  /** Paid reactions (Telegram's Stars), in no sum; `null` where the network has none or does not say. */
  stars: number | null;
  edited: string | null;
  /** When it was first missed; `null` while it is there. */
  deleted: string | null;
  /** Of a post that was missed and came back: when it was missed last, and since when it is there again. */
  lastDeleted: string | null;
  returned: string | null;
}

/**
 * Posts by the communities themselves, newest first. Throws `ListRequestError`, `PeriodError` or `PageLinkError` for a
 * request that cannot be understood.
 */
export async function listPosts(
  sources: AnalyticsSources,
  request: PostsRequest,
): Promise<ListAnswer<PostListRow>> {
  const limit = parseLimit(request);
  const bounds = parseBounds(sources, request);
  const after =
    request.cursor === undefined ? null : decodeCursor(request.cursor, ['instant', 'number', 'digits']);
  const found = await queryPostsPage(sources.observations, {
    pageIds: narrowsPages(request)
      ? pagesOf(request, await queryPages(sources.observations)).map((page) => page.id)
      : null,
    ...bounds,
    stems: [...new Set(stemsOf(request.q ?? ''))],
    deleted: request.deleted ?? false,
    after: after && {
      published: new Date(String(after[0])),
      pageId: Number(after[1]),
      postId: String(after[2]),
    },
    limit: limit + 1,
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(postRow),
    meta: {
      period: { from: request.from ?? null, to: request.to ?? null },
      zone: sources.zone,
      formulaVersion,
      nextCursor: found.length > limit && last ? encodeCursor([last.published, last.pageId, last.id]) : null,
    },
  };
}

/** A stored post in the shape of the API. */
export function postRow(post: PostDetail): PostListRow {
  const page = { network: post.network, nativeId: post.nativeId, name: post.pageName, url: post.pageUrl };
  return {
    network: post.network,
    page: buildPageAddress(page),
    id: post.id,
    url: buildPostAddress(page, post.id),
    published: post.published,
    kind: post.kind,
    text: post.text,
    textKind: post.textKind,
    sourceText: post.sourceText || null,
    views: post.views,
    likes: post.likes,
    comments: post.comments,
    reposts: post.reposts,
    precision: {
      views: post.viewsPrecision || null,
      likes: post.likesPrecision || null,
      comments: post.commentsPrecision || null,
      reposts: post.repostsPrecision || null,
    },
    stars: post.stars,
    edited: post.edited,
    deleted: post.deleted,
    lastDeleted: post.lastDeleted,
    returned: post.returned,
  };
}
