import type { ShownPost } from './shown.ts';

/** Messages on a page; an album that begins among them is shown whole. */
const messagesPerPage = 20;

/** Where a page lies: below a message, above one, or at the channel's end. */
export type Position = { before: number } | { after: number } | null;

/** The posts of a page, oldest first, and whether there are others on either side. */
export interface PageOfPosts {
  posts: ShownPost[];
  older: boolean;
  newer: boolean;
}

const firstId = (post: ShownPost): number => post.ids[0] ?? 0;

function takeMessages(posts: Iterable<ShownPost>): ShownPost[] {
  const taken: ShownPost[] = [];
  let messages = 0;
  for (const post of posts) {
    if (messages >= messagesPerPage) break;
    taken.push(post);
    messages += post.ids.length;
  }
  return taken;
}

/** The page at a position of a channel whose posts are given oldest first. */
export function pageOfPosts(posts: readonly ShownPost[], position: Position): PageOfPosts {
  let shown: ShownPost[];
  if (position !== null && 'after' in position) {
    shown = takeMessages(posts.filter((post) => firstId(post) > position.after));
  } else {
    const before = position?.before ?? Infinity;
    shown = takeMessages(posts.filter((post) => firstId(post) < before).reverse()).reverse();
  }
  const [oldest, newest] = [shown[0], shown.at(-1)];
  return {
    posts: shown,
    older: oldest !== undefined && oldest !== posts[0],
    newer: newest !== undefined && newest !== posts.at(-1),
  };
}
