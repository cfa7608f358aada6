import type { Placement } from '../../../domain/vocabulary.ts';
import type { Counters, ObservedPost, Precisions, Window } from '../../source.ts';
import { BrokenAnswer } from './errors.ts';

type Json = Record<string, unknown>;

/** The most a counter column holds (unsigned 32 bits). */
const largestCount = 4_294_967_295;
/** VK began in 2006; seconds beyond 2100 are milliseconds or nonsense. */
const earliest = Date.UTC(2006, 0, 1) / 1000;
const latest = Date.UTC(2100, 0, 1) / 1000;

/** One `wall.get` answer, mapped. */
export interface WallPage {
  posts: ObservedPost[];
  /** Ids said to be removed, without a date. */
  removed: number[];
  dropped: Record<string, number>;
  /** Items in the answer, whatever they were. */
  returned: number;
  /** What VK says the wall holds; `null` when it does not. It tells nothing sure. */
  count: number | null;
  /** Publication of the oldest item that is not pinned; `null` when there is none. */
  oldest: Date | null;
  /** See `Window`; `null` when the answer does not run from new to old. */
  window: Window | null;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for a person: `null`, `a list`, `text`, ... */
export function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/** A whole number of at least `least`, or `null`. `10639516.0` is one. */
export function wholeNumber(value: unknown, least: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : null;
}

function instant(value: unknown): Date | null {
  const seconds = wholeNumber(value, earliest);
  return seconds === null || seconds > latest ? null : new Date(seconds * 1000);
}

function flag(value: unknown): boolean {
  return value === 1 || value === true;
}

function counter(holder: unknown): number | null {
  const count = isObject(holder) ? wholeNumber(holder.count, 0) : null;
  return count === null || count > largestCount ? null : count;
}

function countersOf(item: Json): { counters: Counters; precisions: Precisions } {
  const counters: Counters = {
    views: counter(item.views),
    likes: counter(item.likes),
    comments: counter(item.comments),
    reposts: counter(item.reposts),
  };
  const precision = (count: number | null) => (count === null ? null : ('exact' as const));
  return {
    counters,
    precisions: {
      views: precision(counters.views),
      likes: precision(counters.likes),
      comments: precision(counters.comments),
      reposts: precision(counters.reposts),
    },
  };
}

function placementOf(item: Json, owner: number): Placement {
  if (item.post_type === 'post_ads' || flag(item.marked_as_ads)) return 'advertising';
  return item.from_id === owner ? 'own' : 'visitor';
}

/** The reposted post, of which only the first entry is the direct source; an entry may be a `reply`. */
function sourceOf(item: Json): { owner: number | null; post: number | null; text: string } | null {
  const history = Array.isArray(item.copy_history) ? item.copy_history : [];
  const first: unknown = history[0];
  if (!isObject(first)) return item.post_type === 'copy' ? { owner: null, post: null, text: '' } : null;
  return {
    owner: wholeNumber(first.owner_id, Number.MIN_SAFE_INTEGER),
    post: wholeNumber(first.id, 1),
    text: typeof first.text === 'string' ? first.text : '',
  };
}

type Mapped = { post: ObservedPost } | { removed: number } | { drop: string };

function mapItem(item: unknown, owner: number): Mapped {
  if (!isObject(item)) return { drop: 'not_an_object' };
  const postId = wholeNumber(item.id, 1);
  if (postId === null) return { drop: 'no_id' };
  if (item.owner_id !== undefined && item.owner_id !== owner) return { drop: 'other_wall' };
  if (item.post_type === 'postpone') return { drop: 'postponed' };
  if (item.post_type === 'suggest') return { drop: 'suggested' };
  if (item.post_type === 'reply') return { drop: 'reply' };
  const removed = flag(item.is_deleted);
  const published = instant(item.date);
  if (published === null) return removed ? { removed: postId } : { drop: 'no_date' };
  if (wholeNumber(item.from_id, Number.MIN_SAFE_INTEGER) === null) {
    return removed ? { removed: postId } : { drop: 'no_author' };
  }
  const source = sourceOf(item);
  const words = typeof item.text === 'string' ? item.text : '';
  return {
    post: {
      postId,
      parts: [],
      published,
      placement: placementOf(item, owner),
      kind: source ? 'repost' : 'original',
      text: words,
      textKind: 'text',
      sourceOwner: source?.owner ?? null,
      sourcePost: source?.post ?? null,
      sourceText: source?.text ?? '',
      ...countersOf(item),
      stars: null,
      edited: instant(item.edited),
      removed,
      pinned: flag(item.is_pinned),
      donut: isObject(item.donut) && flag(item.donut.is_donut),
    },
  };
}

/** Items in order without the pinned one, which is first whatever its date and may lack its mark. */
function inOrder(items: readonly unknown[]): number[] {
  const dated = items.filter(isObject).flatMap((item) => {
    const date = instant(item.date);
    return date && !flag(item.is_pinned) ? [date.getTime()] : [];
  });
  const [first, second] = dated;
  return first !== undefined && second !== undefined && first < second ? dated.slice(1) : dated;
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
  const items: readonly unknown[] = response.items;
  const page: WallPage = {
    posts: [],
    removed: [],
    dropped: {},
    returned: items.length,
    count: wholeNumber(response.count, 0),
    oldest: null,
    window: null,
  };
  const seen = new Set<number>();
  const drop = (reason: string) => (page.dropped[reason] = (page.dropped[reason] ?? 0) + 1);
  for (const item of items) {
    const mapped = mapItem(item, -groupId);
    if ('drop' in mapped) drop(mapped.drop);
    else if ('removed' in mapped) page.removed.push(mapped.removed);
    else if (seen.has(mapped.post.postId)) drop('twice');
    else {
      seen.add(mapped.post.postId);
      page.posts.push(mapped.post);
    }
  }
  const broken = ['not_an_object', 'no_id', 'no_date', 'no_author'].filter((reason) => page.dropped[reason]);
  if (items.length > 0 && broken.length > 0 && page.posts.length + page.removed.length === 0) {
    throw new BrokenAnswer(`not one of ${items.length} items of wall.get is a post (${broken.join(', ')})`);
  }
  const dates = inOrder(items);
  const whole = page.count !== null && items.length < asked && items.length >= page.count;
  page.oldest = dates.length > 0 ? new Date(Math.min(...dates)) : null;
  const descending = dates.every((date, index) => index === 0 || date <= (dates[index - 1] ?? date));
  const ids = items.filter(isObject).flatMap((item) => wholeNumber(item.id, 1) ?? []);
  if (broken.length > 0) return page;
  if (whole) page.window = { after: null, ids };
  else if (page.oldest && descending) page.window = { after: page.oldest, ids };
  return page;
}
