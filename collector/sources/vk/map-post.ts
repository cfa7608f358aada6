import type { Placement } from '#domain/vocabulary.ts';
import type { Counters, ObservedPost, Precisions } from '../../source.ts';
import { boundedText } from '../kit/bounded-text.ts';
import { saidCount } from '../kit/said-count.ts';
import type { Json } from './json.ts';
import { isObject, wholeNumber } from './json.ts';
import { postText } from './post-text.ts';

/** VK began in 2006; seconds beyond 2100 are milliseconds or nonsense. */
const earliest = Date.UTC(2006, 0, 1) / 1000;
const latest = Date.UTC(2100, 0, 1) / 1000;

function instant(value: unknown): Date | null {
  const seconds = wholeNumber(value, earliest);
  return seconds === null || seconds > latest ? null : new Date(seconds * 1000);
}

function flag(value: unknown): boolean {
  return value === 1 || value === true;
}

/** The count that an object holds; an empty list stands for an empty object. */
function counter(holder: unknown): number | null {
  if (isObject(holder)) return saidCount(holder.count);
  const isUnsaid = holder === undefined || holder === null || (Array.isArray(holder) && holder.length === 0);
  return isUnsaid ? null : Number.NaN;
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
    text: typeof first.text === 'string' ? boundedText(first.text) : '',
  };
}

/** An item of an answer: a post, an id said to be removed without a date, or the reason why it is left out. */
export type MappedItem = { post: ObservedPost } | { removed: number } | { drop: string };

/** Maps one item of `wall.get` or `wall.getById` for the wall of `owner` (negative). Pure. */
export function mapItem(item: unknown, owner: number): MappedItem {
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
  const { text, kind: textKind } = postText(item);
  return {
    post: {
      postId,
      parts: [],
      published,
      placement: placementOf(item, owner),
      kind: source ? 'repost' : 'original',
      text,
      textKind,
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
