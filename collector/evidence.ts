import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Look } from './source.ts';

/**
 * What follows from what an answer leaves out, and what does not: a missing post needs a window that surely covers it, and
 * many at once are doubted (`doubts.ts`).
 */

/** So many posts may be gone at once on any page. */
const alwaysLikely = 3;
/** The share of posts that may be gone at once: at least, and at most on a page that often deletes. */
const [leastLikelyShare, mostLikelyShare] = [0.1, 0.3];
/** The messages a post is made of. */
export function messagesOfRow({ parts, postId }: PostRow): readonly number[] {
  return parts.length > 0 ? parts : [postId];
}

/** Posts that are known to be there, and that a look does not show where it should. */
export interface Missing {
  /** The network names them as removed. */
  named: PostRow[];
  /** They are within what the answer claims to cover, and not in it. */
  absent: PostRow[];
  /** Posts known to be there within what the answer claims to cover, whether it shows them or not. */
  covered: number;
  /** Of all posts known there, those that are deleted. */
  deleted: number;
}

/** The id that half of those shown do not exceed; a post of a greater one is among the newest, whatever its date. */
export function middleOf(ids: readonly number[]): number {
  const inOrder = [...ids].sort((one, other) => one - other);
  return inOrder[Math.floor(inOrder.length / 2)] ?? Number.MAX_SAFE_INTEGER;
}

/**
 * Whether a window surely covers a known post. Of posts of the very second at which it ends those with greater ids than
 * the smallest that is shown of then: ids rise. A post whose date is in doubt is covered when both of its dates are; and
 * whatever its date, when its id is greater than those of most posts that are shown: then its date is wrong.
 */
function isCoveredBy({ window, posts }: Pick<Look, 'window' | 'posts'>): (row: PostRow) => boolean {
  if (window === null) return () => false;
  const { after } = window;
  if (after === null) return () => true;
  const edge = after.getTime();
  const ids = new Set(window.ids);
  const atEdge = posts.filter(({ published, postId }) => published.getTime() === edge && ids.has(postId));
  const smallest = Math.min(Number.POSITIVE_INFINITY, ...atEdge.map(({ postId }) => postId));
  const middle = middleOf(window.ids);
  const isWithin = (date: Date, id: number) =>
    date.getTime() > edge || (date.getTime() === edge && id > smallest);
  return ({ published, otherPublished, postId }) =>
    postId > middle ||
    (isWithin(published, postId) && (otherPublished === null || isWithin(otherPublished, postId)));
}

/** What a look does not show of the posts known before. */
export function missingFrom(
  look: Pick<Look, 'removed' | 'window' | 'posts'>,
  known: ReadonlyMap<number, PostRow>,
): Missing {
  const removed = new Set(look.removed);
  const shown = new Set([
    ...(look.window?.ids ?? []),
    ...look.posts.flatMap(({ postId, parts }) => [postId, ...parts]),
  ]);
  const isCoveredRow = isCoveredBy(look);
  const missing: Missing = { named: [], absent: [], covered: 0, deleted: 0 };
  for (const row of known.values()) {
    const messages = messagesOfRow(row);
    const isCovered = isCoveredRow(row);
    if (row.deleted) {
      missing.deleted += isCovered ? 1 : 0;
      continue;
    }
    missing.covered += isCovered ? 1 : 0;
    if (messages.every((id) => removed.has(id))) missing.named.push(row);
    else if (isCovered && !messages.some((id) => shown.has(id))) missing.absent.push(row);
  }
  return missing;
}

/**
 * Whether more posts are missing at once than the page's life so far makes likely: more than three, and than a tenth of
 * those covered (up to three tenths on a page that often deletes); or all of three and more.
 */
export function isUnlikely({ named, absent, covered, deleted }: Missing): boolean {
  const count = named.length + absent.length;
  if (count >= alwaysLikely && absent.length > 0 && count >= covered) return true;
  const rate = (2 * deleted) / Math.max(1, covered + deleted);
  const share = Math.min(mostLikelyShare, Math.max(leastLikelyShare, rate));
  return count > Math.max(alwaysLikely, Math.ceil(share * covered));
}

/** Of a big answer, items that are no posts of the page may be this share of all before it is doubted. */
const strangeShare = 0.5;

/** Whether so many items were left out for a strange reason that the answer is doubtful as a whole. */
export function isMostlyStrange(strange: number, posts: number): boolean {
  return strange > 0 && strange >= strangeShare * (strange + posts);
}
