import { nearlyIdentical, sameTextWithin, uniquePosts } from '#domain/text/near-identity.ts';
import type { PageDayRow } from '#schema/observations/tables/page-days.ts';
import type { RollupPost } from '../queries/rollup-posts.ts';
import type { Day } from '../types.ts';

/** A cell's place in the rollup, as a key of maps. */
export function cellKey(cell: { pageId: number; day: Day }): string {
  return `${cell.pageId} ${cell.day}`;
}

/** A cell without posts: what is written over a day all of whose posts are gone. */
export function emptyCell(pageId: number, day: Day, zone: string): PageDayRow {
  return {
    pageId,
    day,
    zone,
    posts: 0,
    originals: 0,
    reposts: 0,
    uniqueOriginals: 0,
    uniqueReposts: 0,
    views: 0,
    viewsKnown: 0,
    likes: 0,
    comments: 0,
    shares: 0,
    reactionsKnown: 0,
    firstPublished: null,
    lastPublished: null,
  };
}

/** The posts of one organisation in the order that decides which of nearly identical ones is the first. */
export function inOrderOfPublication(posts: readonly RollupPost[]): RollupPost[] {
  return [...posts].sort(
    (one, other) =>
      one.published.getTime() - other.published.getTime() ||
      one.pageId - other.pageId ||
      one.postId - other.postId,
  );
}

/**
 * The cells of all pages of one organisation, by `cellKey`, from its posts in order of publication. Near-identical
 * texts within 48 hours on any of its pages are one, and the first published counts.
 */
export function cellsOf(posts: readonly RollupPost[], zone: string): Map<string, PageDayRow> {
  const unique = new Set(uniquePosts(posts));
  const cells = new Map<string, PageDayRow>();
  for (const post of posts) {
    const key = cellKey(post);
    const cell = cells.get(key) ?? emptyCell(post.pageId, post.day, zone);
    cells.set(key, cell);
    addPost(cell, post, unique.has(post));
  }
  return cells;
}

function addPost(cell: PageDayRow, post: RollupPost, unique: boolean): void {
  cell.posts += 1;
  cell.originals += post.original ? 1 : 0;
  cell.reposts += post.original ? 0 : 1;
  cell.uniqueOriginals += unique && post.original ? 1 : 0;
  cell.uniqueReposts += unique && !post.original ? 1 : 0;
  cell.views += post.views ?? 0;
  cell.viewsKnown += post.views === null ? 0 : 1;
  cell.likes += post.likes ?? 0;
  cell.comments += post.comments ?? 0;
  cell.shares += post.reposts ?? 0;
  cell.reactionsKnown += post.likes === null || post.comments === null || post.reposts === null ? 0 : 1;
  cell.firstPublished ??= post.published;
  cell.lastPublished = post.published;
}

/**
 * Whether counting may begin at `from`: no post of the 48 hours after it repeats one of the 48 hours before it, so
 * that which posts are kept from there on does not depend on what was kept before.
 */
export function canBeginAt(from: Date, posts: readonly RollupPost[]): boolean {
  const start = from.getTime();
  const near = (post: RollupPost, low: number, high: number) =>
    post.published.getTime() >= low && post.published.getTime() < high;
  const before = posts.filter((post) => near(post, start - sameTextWithin, start));
  const after = posts.filter((post) => near(post, start, start + sameTextWithin + 1));
  return !after.some((post) => before.some((earlier) => nearlyIdentical(earlier.signature, post.signature)));
}

/** Whether two cells say the same. */
export function sameCell(one: PageDayRow, other: PageDayRow): boolean {
  return cellDifferences(one, other).length === 0;
}

/** What posts alone move: history keeps it. */
const comparedOfState = [
  'zone',
  'posts',
  'originals',
  'reposts',
  'uniqueOriginals',
  'uniqueReposts',
  'firstPublished',
  'lastPublished',
] as const;
/** In the order in which differences are told. */
const compared = [
  ...comparedOfState,
  'views',
  'viewsKnown',
  'likes',
  'comments',
  'shares',
  'reactionsKnown',
] as const;

/** Whether two cells say the same but for counters. */
export function sameState(one: PageDayRow, other: PageDayRow): boolean {
  return comparedOfState.every((measure) => asText(one[measure]) === asText(other[measure]));
}

/** The measures in which two cells (of days or of months) differ, with both values. */
export function cellDifferences<Cell extends Pick<PageDayRow, (typeof compared)[number]>>(
  stored: Cell,
  expected: Cell,
): { measure: string; stored: string; expected: string }[] {
  return compared
    .map((measure) => ({ measure, stored: asText(stored[measure]), expected: asText(expected[measure]) }))
    .filter((difference) => difference.stored !== difference.expected);
}

function asText(value: string | number | Date | null): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
