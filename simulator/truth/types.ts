import type { Day, Period } from '../calendar.ts';

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
  /** Days on which nobody is expected to publish, `MM-DD`, both inclusive; without it, 1 to 8 January. */
  holidays?: readonly { from: string; to: string }[];
}

/** Measures over a period. Rates are fractions; `null` is "not known". */
export interface TruthMeasures {
  posts: number;
  originals: number;
  reposts: number;
  maturePosts: number;
  postsPerWeek: number | null;
  views: number | null;
  medianViews: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  reactions: number | null;
  /** Posts of which likes, comments or shares are not known. */
  partialReactions: number;
  erView: number | null;
  erPost: number | null;
  erDay: number | null;
  reachRate: number | null;
  subscribers: number | null;
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

/** An organisation in the ranking. */
export interface TruthRow extends TruthMeasures {
  organisationId: number;
  name: string;
  /** `level:tier:from-to` by union members, e.g. `branch:active:1000-5000`. */
  league: string;
  window: Period;
  counted: TruthCounted;
  components: TruthComponents;
  index: number | null;
  place: number | null;
  placeTo: number | null;
  placeOf: number | null;
}
