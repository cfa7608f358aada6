import type {
  Counter,
  DoubtKind,
  MeasuredNetwork,
  OtherKind,
  Outcome,
  PageState,
  Placement,
  PostKind,
  Precision,
  ReachProof,
  TextKind,
} from '#domain/vocabulary.ts';

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
  | { pageId: number; result: 'not_found'; cause: string }
  /** No page of publications; `is` says what it is when that is known. */
  | { pageId: number; result: 'unresolved'; is: OtherKind | null; cause: string }
  | UnidentifiedPage
  | { pageId: number; result: 'failed'; outcome: 'rate_limited' | 'error'; cause: string };

/** A page that is there, but shows nothing by which its id could be known: closed, blocked, or without a post. */
export interface UnidentifiedPage extends Subscribers {
  pageId: number;
  result: 'unidentified';
  outcome: 'closed' | 'empty' | 'gone';
  state: Extract<PageState, 'ok' | 'closed' | 'blocked'>;
  title: string;
  cause: string;
}

/** Subscribers as an answer tells them; both `null` when it does not. */
export interface Subscribers {
  subscribers: number | null;
  subscribersPrecision: Precision | null;
}

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
  /** Its title as last learnt: what it may be searched by when its name leads nowhere. */
  title?: string;
  /** Details of doubts of its looks that were there for hours: on the way to what is wanted they are passed over. */
  accepts?: readonly string[];
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
  /** Its words; of a post without any those of its poll, article or video, as `textKind` says. */
  text: string;
  textKind: TextKind;
  /** Owner of the reposted post, signed as the network has it; `null` when unknown or not a repost. */
  sourceOwner: number | null;
  sourcePost: number | null;
  /** The source's own text; '' when there is none. */
  sourceText: string;
  counters: Counters;
  precisions: Precisions;
  /** Paid reactions of Telegram (Stars): money, no readers, and in no counter. `null` where the network has none or does not say. */
  stars: number | null;
  edited: Date | null;
  /** The network itself says that this post has been removed. */
  removed: boolean;
  pinned: boolean;
  /** For paying readers only: text may be hidden. */
  donut: boolean;
}

/** What the network says about the page itself. */
export interface PageProfile extends Subscribers {
  name: string | null;
  title: string;
}

/**
 * What makes an answer doubtful. `no_posts`: it shows none, and itself says, or a second answer shows, that there are
 * some; `wrong_place`: it is that of another place in the page; `dropped`: too many of its items are no posts of this
 * page; `vanished`: more posts are missing than the page's life makes likely; `unlisted`: posts are missing that are
 * there when asked for by id; `redated`: known posts are shown under other dates.
 */
export interface Doubt {
  kind: DoubtKind;
  /** What was seen, the same text for the same evidence; readable. */
  detail: string;
}

/**
 * What one answer claims to cover: of our posts published later than `after` (all when `null`; of that very second those
 * with greater ids than it shows of then), those not in `ids` are missing from it. A missing post is gone only when it is also gone when asked for by id. An album is there while one of
 * its messages is.
 */
export interface Window {
  after: Date | null;
  ids: readonly number[];
  /** How well the end of the page is known that `after: null` stands for. */
  proof?: ReachProof;
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
  /** The answer contradicts itself; what it shows is kept, and nothing is concluded from the rest. One that was passed over stays. */
  doubt: Doubt | null;
  /** What is worth knowing of a look that went well all the same, readable, as of an answer that was asked for again; ''. */
  note: string;
  /** What the address is by now, when that is no page of publications any more; `null` when it is one. */
  became?: OtherKind | null;
  /** The key to the page held no more, and its name (or its title) led back to the same id. */
  foundAgain?: boolean;
}

/** A place in the past of a page: a post, behind which older ones are wanted. Places survive deletions. */
export interface HistoryPlace {
  /** Native id of the oldest post (of Telegram: message) read without a gap from the newest on. */
  id: number;
  /** Its publication; `null` where ids are enough. */
  published: Date | null;
  /** How many items stood before it when it was read: a hint by which it is found again, never the place itself. */
  offset: number | null;
}

/** A page whose past is wanted. */
export interface HistoryRequest {
  pageId: number;
  nativeId: number;
  /** As in `LookRequest`. */
  name: string | null;
  /** Posts published from this instant on are wanted. */
  from: Date;
  /** Where a former run stopped, as that run's chunk said; `null`: from the newest on. */
  place: HistoryPlace | null;
  /** The detail of a doubt that was there for hours, whenever asked: it is passed over as if there were none. */
  accepts?: string | null;
}

/** A step back in the past of one page. The place may be kept once its posts are. */
export interface HistoryChunk {
  pageId: number;
  observed: Date;
  posts: readonly ObservedPost[];
  dropped: Readonly<Record<string, number>>;
  /** Where the next step begins; of one that was doubtful, failed or reached the end, where it has come to. */
  place: HistoryPlace | null;
  /** Publication of the oldest post seen in this step; `null` without posts. */
  oldest: Date | null;
  /**
   * The wanted instant (`proven`), or the page's very first post, was reached, and how well that is known; `null`: there
   * may be more.
   */
  reached: ReachProof | null;
  /**
   * Of a step that reached the end: how many posts the network counts down to there, the wanted ones; `null` when it does
   * not say, or when some are known to be hidden.
   */
  counted?: number | null;
  /** The answer contradicts itself, or the place: no more of this page in this run, and the past is not complete. */
  doubt: Doubt | null;
  /** As in `Look`. */
  note: string;
  /** Why there is no more of this page in this run; empty when it went well. */
  cause: string;
}

/** Posts asked for one by one. */
export interface ConfirmRequest {
  pageId: number;
  nativeId: number;
  /** As in `LookRequest`. */
  name: string | null;
  /** Native ids; of an album those of its messages. At most `confirmAtOnce` of the source. */
  ids: readonly number[];
}

/** What became of posts asked for by id. Ids in neither list are not known about: nothing follows for them. */
export interface Confirmation {
  /** When the network answered. */
  observed: Date;
  there: readonly number[];
  gone: readonly number[];
  /** Those that are there, as far as the answer shows them wholly. */
  posts: readonly ObservedPost[];
  /** Why some are not known about; empty when all are. */
  cause: string;
}

/** A key or an account that is laid aside, as it fails for whatever it is asked. */
export interface ParkedKey {
  /** Which one, as an operator knows it: by its place in the setting. */
  what: string;
  /** Why, and what to do about it; readable. */
  cause: string;
  /** When it is tried again by itself; `null`: not before the restart. */
  until: Date | null;
  /** Only some of what it is used for has to wait: pages are looked at with it all the same. */
  partly?: boolean;
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
  /** How many ids `confirm` asks for at a reasonable cost. */
  readonly confirmAtOnce: number;
  /** Asks for posts by their ids: what became of those that a look no longer shows. */
  confirm(request: ConfirmRequest, signal?: AbortSignal): Promise<Confirmation>;
  /** Leave of keys and accounts that were laid aside: somebody asks for a look now. */
  retryParked(): void;
  /** Keys and accounts that are laid aside now. */
  parked?(): ParkedKey[];
  /** How many keys or accounts it reads by. */
  readonly keys?: number;
}
