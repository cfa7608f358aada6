import type { ReachProof } from '#domain/vocabulary.ts';
import type { Doubt, Look, ObservedPost, Window } from '../../source.ts';
import type { FailedLook } from './channel-outcome.ts';
import { strangeDrops } from './dropped.ts';

/** What any answer about a page shows, whatever the network. */
export interface AnswerPosts {
  posts: readonly ObservedPost[];
  /** Ids that the answer names as removed. */
  removed?: readonly number[];
  dropped: Readonly<Record<string, number>>;
}

/** Messages of one answer about a channel. */
export interface AnswerPage extends AnswerPosts {
  /** Ids that are there: every message of this answer, those of no post too. */
  ids: readonly number[];
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

/** Answers with messages about the channel itself that are passed to find a post. */
const mostWithoutPosts = 5;

/** What a look is made of, while answer after answer is read, from the newest post back. */
export class LookAccumulator {
  readonly #posts = new Map<number, ObservedPost>();
  readonly #ids: number[] = [];
  readonly #removed: number[] = [];
  readonly #dropped: Record<string, number> = {};
  readonly #notes: string[] = [];
  #oldest: Date | null = null;
  #inOrder = true;
  #pages = 0;
  #end: ReachProof | null = null;
  #doubt: Doubt | null = null;
  #passed: Doubt | null = null;

  /** Answers read. */
  get pages(): number {
    return this.#pages;
  }

  /** Ids that were there or named as removed. */
  get seen(): number {
    return this.#ids.length + this.#removed.length;
  }

  /** Whether an answer has shown the id of anything that is there. */
  get showsIds(): boolean {
    return this.#ids.length > 0;
  }

  /** The first doubt of an answer. */
  get doubt(): Doubt | null {
    return this.#doubt;
  }

  /** The first doubt that was passed over. */
  get passed(): Doubt | null {
    return this.#passed;
  }

  /** What was seen so far, as a look says it. */
  shown(): Pick<Look, 'posts' | 'removed' | 'dropped'> {
    return { posts: [...this.#posts.values()], removed: this.#removed, dropped: this.#dropped };
  }

  /** Adds what an answer shows. A post that two answers show is as the `first` or the `last` of them has it. */
  addPosts({ posts, removed = [], dropped }: AnswerPosts, kept: 'first' | 'last'): void {
    for (const post of posts) {
      if (kept === 'last' || !this.#posts.has(post.postId)) this.#posts.set(post.postId, post);
    }
    this.#removed.push(...removed);
    for (const [reason, count] of Object.entries(dropped)) {
      this.#dropped[reason] = (this.#dropped[reason] ?? 0) + count;
    }
  }

  /** Adds an answer about a channel; `end`: how well it is known that it was the last (`true` alone is weak). */
  add(page: AnswerPage, end: boolean | ReachProof | null): void {
    this.addPosts(page, 'last');
    const known = new Set(this.#ids);
    this.#ids.push(...page.ids.filter((id) => !known.has(id)));
    const isLater = page.oldest !== null && this.#oldest !== null && page.oldest > this.#oldest;
    // Items without an ordinary reason make the answer odd: what it leaves out proves nothing.
    this.#inOrder &&= page.inOrder && !isLater && strangeDrops(page.dropped) === 0;
    this.#oldest = page.oldest ?? this.#oldest;
    this.#pages += 1;
    this.#end = end === true ? 'weak' : end || null;
    this.#doubt ??= page.doubt ?? null;
    this.#passed ??= page.passed ?? null;
    if (page.note) this.#notes.push(page.note);
  }

  /** It is known, from before, that there are no older messages. */
  endHere(): void {
    this.#end = 'proven';
  }

  /** Whether everything published since an instant was read (or no instant is wanted), and a post found if there is one. */
  reaches(since: Date | null): boolean {
    if (this.#posts.size === 0 && this.#pages < mostWithoutPosts) return false;
    return since === null || (this.#oldest !== null && this.#oldest <= since);
  }

  /** Messages keep their ids and are read by them, so that several answers cover what one would. */
  window(): Window | null {
    if (!this.#inOrder) return null;
    if (this.#end) return { after: null, ids: this.#ids, proof: this.#end };
    return this.#oldest ? { after: this.#oldest, ids: this.#ids } : null;
  }

  /** The look at a channel, whether it failed or not. `window` is that of a look which did not. */
  toLook(
    about: Pick<Look, 'pageId' | 'profile' | 'started' | 'observed' | 'became' | 'foundAgain'>,
    window: Window | null,
    failure: LookFailure | null,
  ): Look {
    const note = [...new Set([...this.#notes, passedInWords(this.#passed)])]
      .filter((each) => each !== '')
      .join('; ');
    const seen = { ...about, ...this.shown(), doubt: placeless(this.#doubt) ?? this.#passed, note };
    if (failure) {
      const state = failure.state ?? (this.#pages > 0 ? 'ok' : null);
      return { ...seen, outcome: failure.outcome, cause: failure.cause, state, window: null, doubt: null };
    }
    return { ...seen, outcome: this.#posts.size > 0 ? 'ok' : 'empty', cause: '', state: 'ok', window };
  }
}
