import type { ObservedPost, Window } from '../../source.ts';
import { strangeDrops } from '../kit/dropped.ts';
import { BrokenAnswer } from './errors.ts';
import { describe, isObject, wholeNumber } from './json.ts';
import { mapItem } from './map-post.ts';

/** So many items beyond those asked for are read; the rest are left out. */
const mostSurplus = 10;

/** A post's place in an answer. */
export interface Placed {
  id: number;
  published: Date;
  /** Items before it in the answer. */
  index: number;
}

/** One `wall.get` answer, mapped. */
export interface WallPage {
  posts: ObservedPost[];
  /** Ids said to be removed, without a date. */
  removed: number[];
  dropped: Record<string, number>;
  /** Items that were read, whatever they were. */
  returned: number;
  /** What VK says the wall holds; `null` when it does not. It tells nothing sure. */
  count: number | null;
  /** Posts in the order of the answer, without the pinned one, which stands first whatever its date. */
  order: readonly Placed[];
  /** Publication of the oldest of `order`; `null` when there is none. */
  oldest: Date | null;
  /** See `Window`; `null` when the answer does not run from new to old, or holds what no sound answer does. */
  window: Window | null;
}

/** So many posts at the top may be pinned without their mark. */
const mostUnmarked = 2;

function isDescending(posts: readonly Placed[]): boolean {
  return posts.every(
    ({ published }, index) => index === 0 || published <= (posts[index - 1]?.published ?? published),
  );
}

/** A pinned post may lack its mark: it stands first then, and is older than the posts that follow. */
function withoutPinned(posts: readonly (Placed & { pinned: boolean })[]): Placed[] {
  const order = posts
    .filter(({ pinned }) => !pinned)
    .map(({ id, published, index }) => ({ id, published, index }));
  for (let pinned = 0; pinned <= mostUnmarked && pinned * 2 < order.length; pinned += 1) {
    const [newest, ...others] = order.slice(pinned);
    const isOlder = order.slice(0, pinned).every(({ published }) => newest && published < newest.published);
    if (newest && isOlder && isDescending([newest, ...others])) return [newest, ...others];
  }
  const [first, second] = order;
  return first && second && first.published < second.published ? order.slice(1) : order;
}

function windowOf(page: WallPage, ids: readonly number[], asked: number): Window | null {
  const { order, count, returned, oldest } = page;
  if (strangeDrops(page.dropped) > 0) return null;
  if (returned === 0) return count === 0 ? { after: null, ids, proof: 'weak' } : null;
  if (count !== null && returned < asked && returned >= count) {
    const proof = isDescending(order) && order.at(-1)?.id === 1 ? 'proven' : 'weak';
    return { after: null, ids, proof };
  }
  return oldest && isDescending(order) ? { after: oldest, ids } : null;
}

/**
 * Maps the `response` of `wall.get` for the community `groupId` (positive), asked for `asked` posts. Pure.
 * Throws `BrokenAnswer` when it is not a list of posts at all; single bad items are dropped with a counted reason.
 */
export function mapWall(response: unknown, groupId: number, asked: number): WallPage {
  if (!isObject(response))
    throw new BrokenAnswer(`the answer to wall.get is ${describe(response)}, an object is wanted`);
  if (!Array.isArray(response.items)) {
    throw new BrokenAnswer(`\`items\` of wall.get is ${describe(response.items)}, a list is wanted`);
  }
  const items: readonly unknown[] = response.items.slice(0, asked + mostSurplus);
  const surplus = response.items.length - items.length;
  const page: WallPage = {
    posts: [],
    removed: [],
    dropped: surplus > 0 ? { surplus } : {},
    returned: items.length,
    count: wholeNumber(response.count, 0),
    order: [],
    oldest: null,
    window: null,
  };
  const placed = new Map<number, Placed & { pinned: boolean }>();
  const drop = (reason: string) => (page.dropped[reason] = (page.dropped[reason] ?? 0) + 1);
  for (const [index, item] of items.entries()) {
    const mapped = mapItem(item, -groupId);
    if ('drop' in mapped) drop(mapped.drop);
    else if ('removed' in mapped) page.removed.push(mapped.removed);
    else if (placed.has(mapped.post.postId)) drop('twice');
    else {
      const { postId, published, pinned } = mapped.post;
      placed.set(postId, { id: postId, published, index, pinned });
      page.posts.push(mapped.post);
    }
  }
  const broken = ['not_an_object', 'no_id', 'no_date', 'no_author'].filter((reason) => page.dropped[reason]);
  if (items.length > 0 && broken.length > 0 && page.posts.length + page.removed.length === 0) {
    throw new BrokenAnswer(`not one of ${items.length} items of wall.get is a post (${broken.join(', ')})`);
  }
  page.order = withoutPinned([...placed.values()]);
  const dates = page.order.map(({ published }) => published.getTime());
  page.oldest = dates.length > 0 ? new Date(Math.min(...dates)) : null;
  const own = items
    .filter(isObject)
    .filter((item) => item.owner_id === undefined || item.owner_id === -groupId);
  page.window = windowOf(
    page,
    own.flatMap((item) => wholeNumber(item.id, 1) ?? []),
    asked,
  );
  return page;
}
