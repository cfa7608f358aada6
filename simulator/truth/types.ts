import type { Day, Period } from '../calendar.ts';
import type { Network } from '../world/types.ts';
import type { Part } from './engagement.ts';

export type Status = 'active' | 'slow' | 'paused' | 'unknown' | 'quiet' | 'stale' | 'dead' | 'none';

/** What is asked, and what could be known at that time. */
export interface TruthRequest {
  /** The instant of asking. */
  now: Date;
  /**
   * The instants at which every page was looked at; subscribers are known at these only. Without them, one look at
   * the instant of asking.
   */
  snapshots?: readonly Date[];
  /** The first local day of the wanted history. */
  historyFrom: Day;
  /** The last look that counts; without it, the last of the snapshots. */
  lastObservation?: Date;
  /**
   * What is known of the organisations: what a register in CSV says (no pauses, no starting dates, one count of
   * members), or all of the world. Without it, the register.
   */
  knows?: 'register' | 'world';
  /** When that register was written, so which count of members it has; without it, at the instant of asking. */
  registered?: Date;
  /**
   * How the channels of Telegram are read, so what can be known of them: by accounts, by the pages of `t.me` without a
   * key (views abbreviated, neither comments nor forwards, of channels without preview only the subscribers), or not at all. Without
   * it, by accounts.
   */
  telegram?: 'accounts' | 'web' | 'not_read';
  /** Days on which nobody is expected to publish, `MM-DD`, both inclusive; without it, 1 to 8 January. */
  holidays?: readonly { from: string; to: string }[];
}

/** Measures over a period. Rates are fractions; `null` is "not known". */
export interface TruthMeasures {
  /** `null`, as all that is counted from posts, when no look covers a day of the period. */
  posts: number | null;
  originals: number | null;
  reposts: number | null;
  maturePosts: number | null;
  postsPerWeek: number | null;
  views: number | null;
  /** `rounded` when the network abbreviated a view counter among them. */
  viewsPrecision: 'exact' | 'rounded' | null;
  medianViews: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  reactions: number | null;
  reactionsPrecision: 'exact' | null;
  /** Posts of which likes, comments or shares are not known. */
  partialReactions: number;
  /** This and the other rates and the median: in the only network with posts, `null` when there are several. */
  erView: number | null;
  /** The parts of reactions that it is made of. */
  erParts: readonly Part[];
  erPost: number | null;
  erDay: number | null;
  reachRate: number | null;
  subscribers: number | null;
  subscribersPrecision: 'exact' | null;
  growth: number | null;
  growthPercent: number | null;
  longestSilence: number | null;
  daysSilent: number | null;
  status: Status;
  /** For `unknown`: the page's state, or `no_observation`. */
  statusReason: string | null;
}

export interface TruthComponents {
  frequency: number | null;
  regularity: number | null;
  reach: number | null;
  engagement: number | null;
  growth: number | null;
}

/** What frequency and regularity are made of. */
export interface TruthCounted {
  countedPosts: number;
  trackedDays: number;
  perWeek: number | null;
  /** Norm in posts a week. */
  norm: number;
  weeks: number;
  weeksAtNorm: number;
}

/** The measures with the posts of each of the last 13 full ISO weeks; `null` for weeks that no look covers. */
export interface TruthStanding extends TruthMeasures {
  weeks: (number | null)[];
}

/** An organisation in the ranking. ER by view is made of what everybody compared in the league and the network shows. */
export interface TruthRow extends TruthStanding {
  organisationId: number;
  name: string;
  /** `level:tier:from-to` by union members, e.g. `branch:active:1000-5000`. */
  league: string;
  window: Period;
  counted: TruthCounted;
  components: TruthComponents;
  /** The networks in which it has pages. */
  networks: Partial<Record<Network, TruthStanding>>;
  /** What engagement in the index is made of, where the organisation has a part in it. */
  comparedParts: Partial<Record<Network, readonly Part[]>>;
  index: number | null;
  place: number | null;
  placeTo: number | null;
  placeOf: number | null;
}
