import type {
  Counter,
  MeasuredNetwork,
  Outcome,
  PageState,
  Placement,
  PostKind,
  Precision,
} from '../domain/vocabulary.ts';

/** A page whose native id is not known yet: a link with a name. */
export interface UnresolvedPage {
  pageId: number;
  /** The name as in the link, without `@`; `null` when the link holds none. */
  name: string | null;
  link: string;
}

/** What a name turned out to be. `failed`: nothing was learnt; the page keeps its state. */
export type Resolution =
  | { pageId: number; result: 'found'; nativeId: number; name: string | null; title: string }
  | { pageId: number; result: 'unresolved' | 'not_found'; cause: string }
  /** It is there, but shows nothing by which its id could be known: closed to this way of reading, or without a post. */
  | { pageId: number; result: 'unidentified'; outcome: 'closed' | 'empty'; title: string; cause: string }
  | { pageId: number; result: 'failed'; outcome: 'rate_limited' | 'error'; cause: string };

/** One page to look at. */
export interface LookRequest {
  pageId: number;
  nativeId: number;
  /** The name as last learnt, without `@`; `null` when it has none. Names change hands: compare the id. */
  name: string | null;
  /** How many of the newest posts are wanted, in one answer. */
  newest: number;
  /** Everything published since is wanted, however many posts that are; `null`: the newest are enough. */
  since: Date | null;
}

/** A counter the network did not say is `null`, never 0. */
export type Counters = Record<Counter, number | null>;
export type Precisions = Record<Counter, Precision | null>;

/** A post as the network shows it at this instant. */
export interface ObservedPost {
  /** Native id, without the owner; of an album the smallest one that is seen. */
  postId: number;
  /** Native ids of the messages an album is made of, ascending; empty for a post that is one message. */
  parts: readonly number[];
  published: Date;
  placement: Placement;
  kind: PostKind;
  text: string;
  /** Owner of the reposted post, signed as the network has it; `null` when unknown or not a repost. */
  sourceOwner: number | null;
  sourcePost: number | null;
  /** The source's own text; '' when there is none. */
  sourceText: string;
  counters: Counters;
  precisions: Precisions;
  edited: Date | null;
  /** The network itself says that this post has been removed. */
  removed: boolean;
  pinned: boolean;
  /** For paying readers only: text may be hidden. */
  donut: boolean;
}

/** What the network says about the page itself. */
export interface PageProfile {
  name: string | null;
  title: string;
  subscribers: number | null;
  subscribersPrecision: Precision | null;
}

/**
 * What one answer covered: of our posts published later than `after` (all when `null`), those not in `ids` are gone. An
 * album is there while one of its messages is.
 */
export interface Window {
  after: Date | null;
  ids: readonly number[];
}

/** How the look at one page ended, with what was seen. */
export interface Look {
  pageId: number;
  outcome: Exclude<Outcome, 'missed'>;
  /** Empty when all is well; otherwise `vk:15 ...`, readable. */
  cause: string;
  /** `null` when this look does not tell. */
  state: PageState | null;
  profile: PageProfile | null;
  started: Date;
  /** When the network answered. */
  observed: Date;
  posts: readonly ObservedPost[];
  /** Ids the network names as removed without saying more. */
  removed: readonly number[];
  /** Items left out, by reason. */
  dropped: Readonly<Record<string, number>>;
  /** `null` when nothing can be concluded from absence. */
  window: Window | null;
}

/** A page whose past is wanted. */
export interface HistoryRequest {
  pageId: number;
  nativeId: number;
  /** As in `LookRequest`. */
  name: string | null;
  /** Posts published from this instant on are wanted. */
  from: Date;
  /** Where a former run stopped, as that run's chunk said; `null` at the beginning. */
  cursor: number | null;
}

/** A step back in the past of one page. The cursor may be kept once its posts are. */
export interface HistoryChunk {
  pageId: number;
  observed: Date;
  posts: readonly ObservedPost[];
  dropped: Readonly<Record<string, number>>;
  cursor: number | null;
  /** Publication of the oldest post seen in this step; `null` without posts. */
  oldest: Date | null;
  /** The wanted instant, or the page's very first post, was reached. */
  reached: boolean;
  /** Why there is no more of this page in this run; empty when it went well. */
  cause: string;
}

/**
 * A network as the collector sees it. Iterables yield as answers come, in any order; a page asked for may be left out
 * only when `signal` was aborted. Nothing of a network's own failures is thrown: they are outcomes and causes.
 */
export interface Source {
  readonly network: MeasuredNetwork;
  /** Names of the settings that decide how it is read. */
  readonly settings: readonly string[];
  /** Looks a day that the network's quota allows in all; `null` when not bounded. */
  readonly looksPerDay: number | null;
  /** Looks and steps into the past that today's quota has already given. */
  looksUsed(): Promise<number>;
  resolve(pages: readonly UnresolvedPage[], signal?: AbortSignal): AsyncIterable<Resolution>;
  look(requests: readonly LookRequest[], signal?: AbortSignal): AsyncIterable<Look>;
  history(requests: readonly HistoryRequest[], signal?: AbortSignal): AsyncIterable<HistoryChunk>;
}
