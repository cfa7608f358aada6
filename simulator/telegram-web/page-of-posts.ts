import type { ShownPost } from './shown.ts';

const messagesPerPage = 20;

/** Which posts a page may show: those below a message, those above one, or all. */
export type Position = { before: number } | { after: number } | null;

/** The posts of a page, oldest first, and whether there are others on either side. */
export interface PageOfPosts {
  posts: ShownPost[];
  older: boolean;
  newer: boolean;
}

const firstId = (post: ShownPost): number => post.ids[0] ?? 0;
const lastId = (post: ShownPost): number => post.ids.at(-1) ?? 0;

/** The posts up to the end of a page; of the last one only what there is room for, or all. */
function take(
  posts: Iterable<ShownPost>,
  shorten: ((post: ShownPost, room: number) => ShownPost) | null,
): ShownPost[] {
  const taken: ShownPost[] = [];
  let room = messagesPerPage;
  for (const post of posts) {
    if (room <= 0) break;
    taken.push(shorten && post.ids.length > room ? shorten(post, room) : post);
    room -= post.ids.length;
  }
  return taken;
}

/** The posts with those of their messages that a position lets through; without cutting, all of an album or nothing. */
function allowed(
  posts: readonly ShownPost[],
  isAllowed: (id: number) => boolean,
  cutsAlbums: boolean,
): ShownPost[] {
  return posts
    .map((post) => (cutsAlbums ? { ...post, ids: post.ids.filter(isAllowed) } : post))
    .filter((post) => post.ids.length > 0 && isAllowed(firstId(post)));
}

/**
 * The page at a position of a channel whose posts are given oldest first: 20 messages. An album at its end is shown
 * whole, or with `cutsAlbums` as many of its messages as there is room for, the others on the next page.
 */
export function pageOfPosts(
  posts: readonly ShownPost[],
  position: Position,
  cutsAlbums: boolean,
): PageOfPosts {
  let shown: ShownPost[];
  if (position !== null && 'after' in position) {
    const shorten = (post: ShownPost, room: number): ShownPost => ({ ...post, ids: post.ids.slice(0, room) });
    shown = take(
      allowed(posts, (id) => id > position.after, cutsAlbums),
      cutsAlbums ? shorten : null,
    );
  } else {
    const before = position?.before ?? Infinity;
    const shorten = (post: ShownPost, room: number): ShownPost => ({ ...post, ids: post.ids.slice(-room) });
    const newestFirst = allowed(posts, (id) => id < before, cutsAlbums).reverse();
    shown = take(newestFirst, cutsAlbums ? shorten : null).reverse();
  }
  const [oldest, newest, first, last] = [shown[0], shown.at(-1), posts[0], posts.at(-1)];
  return {
    posts: shown,
    older: oldest !== undefined && first !== undefined && firstId(oldest) > firstId(first),
    newer: newest !== undefined && last !== undefined && lastId(newest) < lastId(last),
  };
}
