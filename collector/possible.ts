import { counters } from '#domain/vocabulary.ts';
import { withPossibleDates } from './dates.ts';
import { isCount } from './sources/kit/said-count.ts';
import type { Counters, Look, ObservedPost, Precisions, Subscribers } from './source.ts';

/** So many values are named in one outcome. */
const mostNamed = 3;

const isCounted = (value: number | null) => value === null || isCount(value);
const isId = (id: number) => Number.isSafeInteger(id) && id > 0;
const isOwner = (id: number | null) => id === null || Number.isSafeInteger(id);

/** A network's values as they can be stored: what cannot be is unknown, and named. */
export interface Possible {
  posts: ObservedPost[];
  /** Posts left out as a whole, by reason. */
  dropped: Record<string, number>;
  /** Values taken for unknown, in words; ''. */
  note: string;
}

/** Collects the names of values that cannot be. */
class Refusals {
  readonly found: string[] = [];

  /** The value, or `null` when it cannot be. */
  take<Value>(name: string, value: Value, isPossible: boolean): Value | null {
    if (isPossible) return value;
    this.found.push(Number.isNaN(value) ? `${name} (no number)` : `${name} ${String(value)}`);
    return null;
  }

  /** What was left out, in words; ''. */
  note(): string {
    if (this.found.length === 0) return '';
    const left = this.found.length - mostNamed;
    const more = left > 0 ? ` (+${left})` : '';
    const named = this.found.slice(0, mostNamed).join(', ');
    return `values that cannot be were left out: ${named}${more}`;
  }
}

function possiblePost(post: ObservedPost, refusals: Refusals): ObservedPost {
  const name = (field: string) => `${field} of post ${post.postId}`;
  const counted: Counters = { ...post.counters };
  const precisions: Precisions = { ...post.precisions };
  for (const counter of counters) {
    counted[counter] = refusals.take(name(counter), counted[counter], isCounted(counted[counter]));
    if (counted[counter] === null) precisions[counter] = null;
  }
  const sourcePost = post.sourcePost;
  return {
    ...post,
    counters: counted,
    precisions,
    stars: refusals.take(name('stars'), post.stars, isCounted(post.stars)),
    sourceOwner: refusals.take(name('source'), post.sourceOwner, isOwner(post.sourceOwner)),
    sourcePost: refusals.take(name('source'), sourcePost, sourcePost === null || isId(sourcePost)),
  };
}

function possiblePosts(posts: readonly ObservedPost[], observed: Date, refusals: Refusals) {
  const named = posts.filter(({ postId, parts }) => isId(postId) && parts.every(isId));
  const { posts: dated, dropped } = withPossibleDates(named, observed);
  const left = posts.length - named.length;
  return {
    posts: dated.map((post) => possiblePost(post, refusals)),
    dropped: left > 0 ? { ...dropped, impossible_id: left } : dropped,
  };
}

/** Posts whose ids and dates can be, with counters that fit their columns. */
export function withPossibleValues(posts: readonly ObservedPost[], observed: Date): Possible {
  const refusals = new Refusals();
  return { ...possiblePosts(posts, observed, refusals), note: refusals.note() };
}

function withCounted<Said extends Subscribers>(profile: Said, refusals: Refusals): Said {
  const { subscribers } = profile;
  const taken = refusals.take('subscribers', subscribers, isCounted(subscribers));
  return {
    ...profile,
    subscribers: taken,
    subscribersPrecision: taken === null ? null : profile.subscribersPrecision,
  };
}

/** Subscribers as they can be stored, and what was left out, in words; ''. */
export function possibleSubscribers(said: Subscribers): Subscribers & { note: string } {
  const refusals = new Refusals();
  return { ...withCounted(said, refusals), note: refusals.note() };
}

/** A look with what can be stored of it: each value is its own, and the outcome says what was left out. */
export function possibleLook(look: Look): Look {
  const refusals = new Refusals();
  const profile = look.profile && withCounted(look.profile, refusals);
  const { posts, dropped } = possiblePosts(look.posts, look.observed, refusals);
  const sum = { ...look.dropped };
  for (const [reason, count] of Object.entries(dropped)) sum[reason] = (sum[reason] ?? 0) + count;
  const removed = look.removed.filter(isId);
  const note = refusals.note();
  const notes = [look.note, note].filter(Boolean).join('; ');
  // A look that failed tells what was left out beside its own cause.
  const cause = look.cause === '' || note === '' ? look.cause : `${look.cause}; ${note}`;
  return { ...look, profile, posts, dropped: sum, removed, note: notes, cause };
}
