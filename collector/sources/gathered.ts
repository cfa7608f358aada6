import type { ReachProof } from '../../domain/vocabulary.ts';
import type { Doubt, Look, ObservedPost, Window } from '../source.ts';
import type { FailedLook } from './channel-outcome.ts';
import { strangeDrops } from './dropped.ts';

/** Messages of one answer about a channel. */
export interface AnswerPage {
  posts: readonly ObservedPost[];
  /** Ids that are there: every message of this answer, those of no post too. */
  ids: readonly number[];
  /** Ids that the answer names as removed. */
  removed?: readonly number[];
  dropped: Readonly<Record<string, number>>;
  /** Publication of the oldest message; `null` when there is none. */
  oldest: Date | null;
  /** Ids and dates go one way, so that absence means something. */
  inOrder: boolean;
  /** What is doubtful in it, and what is worth knowing of how it was had; nothing when left out. */
  doubt?: Doubt | null;
  note?: string;
  /** A doubt of it that was passed over. */
  passed?: Doubt | null;
}

/** What a look at a channel is made of, while answer after answer is read, from the newest message back. */
export interface Gathered {
  posts: Map<number, ObservedPost>;
  ids: number[];
  removed: number[];
  dropped: Record<string, number>;
  oldest: Date | null;
  inOrder: boolean;
  /** Answers read. */
  pages: number;
  /** How well it is known that there are no older messages; `null`: there may be some. */
  end: ReachProof | null;
  /** The first doubt of an answer. */
  doubt: Doubt | null;
  /** The first doubt that was passed over. */
  passed: Doubt | null;
  notes: string[];
}

/** Answers with messages about the channel itself that are passed to find a post. */
const mostWithoutPosts = 5;

/** Nothing yet. */
export function nothingGathered(): Gathered {
  return {
    posts: new Map(),
    ids: [],
    removed: [],
    dropped: {},
    oldest: null,
    inOrder: true,
    pages: 0,
    end: null,
    doubt: null,
    passed: null,
    notes: [],
  };
}

/** Adds an answer; `end`: how well it is known that it was the last (`true` alone is weak). */
export function gather(gathered: Gathered, page: AnswerPage, end: boolean | ReachProof | null): void {
  for (const post of page.posts) gathered.posts.set(post.postId, post);
  const known = new Set(gathered.ids);
  gathered.ids.push(...page.ids.filter((id) => !known.has(id)));
  gathered.removed.push(...(page.removed ?? []));
  for (const [reason, count] of Object.entries(page.dropped)) {
    gathered.dropped[reason] = (gathered.dropped[reason] ?? 0) + count;
  }
  const isLater = page.oldest !== null && gathered.oldest !== null && page.oldest > gathered.oldest;
  // Items without an ordinary reason make the answer odd: what it leaves out proves nothing.
  gathered.inOrder &&= page.inOrder && !isLater && strangeDrops(page.dropped) === 0;
  gathered.oldest = page.oldest ?? gathered.oldest;
  gathered.pages += 1;
  gathered.end = end === true ? 'weak' : end || null;
  gathered.doubt ??= page.doubt ?? null;
  gathered.passed ??= page.passed ?? null;
  if (page.note) gathered.notes.push(page.note);
}

/** Whether everything published since an instant was read (or no instant is wanted), and a post found if there is one. */
export function reaches({ oldest, posts, pages }: Gathered, since: Date | null): boolean {
  if (posts.size === 0 && pages < mostWithoutPosts) return false;
  return since === null || (oldest !== null && oldest <= since);
}

/** Messages keep their ids and are read by them, so that several answers cover what one would. */
export function windowOf({ inOrder, end, oldest, ids }: Gathered): Window | null {
  if (!inOrder) return null;
  if (end) return { after: null, ids, proof: end };
  return oldest ? { after: oldest, ids } : null;
}

/** A doubt of a look without the place where it came up, which new posts push on: the same text for the same evidence. */
export function placeless(doubt: Doubt | null): Doubt | null {
  return doubt && { ...doubt, detail: doubt.detail.replace(/\b(before|than) \d+/gu, '$1 these') };
}

/**
 * The doubt of a page in a look, when it was there for hours and the page shows some messages all the same: it is passed
 * over, and the way goes on behind what is shown. `null` for any other.
 */
export function passable(doubt: Doubt | null, accepts: readonly string[] = []): Doubt | null {
  const known = placeless(doubt);
  const showsSome = known?.kind === 'dropped' || known?.kind === 'vanished';
  return known && showsSome && accepts.includes(known.detail) ? known : null;
}

/** That a doubt was passed over, in words; '' without one. */
export function passedInWords(passed: Doubt | null): string {
  return passed ? `passed over: ${passed.detail}` : '';
}

/** A failure of the look as its outcome says it. */
export interface LookFailure extends FailedLook {
  cause: string;
}

/** What all looks say, whether they failed or not. `window` is that of a look which did not. */
export function lookOf(
  look: Pick<Look, 'pageId' | 'profile' | 'started' | 'observed' | 'became' | 'foundAgain'>,
  gathered: Gathered,
  window: Window | null,
  failure: LookFailure | null,
): Look {
  const posts = [...gathered.posts.values()];
  const { removed, dropped, doubt, passed, notes } = gathered;
  const note = [...new Set([...notes, passedInWords(passed)])].filter((each) => each !== '').join('; ');
  const seen = { ...look, removed, dropped, posts, doubt: placeless(doubt) ?? passed, note };
  if (failure) {
    const state = failure.state ?? (gathered.pages > 0 ? 'ok' : null);
    return { ...seen, outcome: failure.outcome, cause: failure.cause, state, window: null, doubt: null };
  }
  return { ...seen, outcome: posts.length > 0 ? 'ok' : 'empty', cause: '', state: 'ok', window };
}
