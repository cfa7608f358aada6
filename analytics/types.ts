import type { Components, GapStep, PercentilePart } from '#domain/activity-index.ts';
import type { League } from '#domain/league.ts';
import type { Day, Period, Unit } from '#domain/period.ts';
import type { ReactionPart } from '#domain/reaction-parts.ts';
import type {
  Counter,
  Level,
  MeasuredNetwork,
  OtherKind,
  Outcome,
  PageState,
  PostKind,
  Precision,
  Status,
  TextKind,
  Tier,
} from '#domain/vocabulary.ts';

import type { OrganisationRef, PageRef } from './refs.ts';

export type { Components, GapStep, PercentilePart } from '#domain/activity-index.ts';
export type { League } from '#domain/league.ts';
export type { Day, Period, Unit } from '#domain/period.ts';

/** What a ranking is asked for. Filters of a view never change index, percentile or place. */
export interface LeaderboardRequest {
  period: Period;
  network?: MeasuredNetwork | undefined;
  sector?: string | undefined;
  level?: Level | undefined;
  league?: string | undefined;
  /** Words looked for in the names of organisations. */
  search?: string | undefined;
}

/**
 * The measures of an organisation over a period, in one network or over all (`metrics.md`).
 * Rates are fractions; `null` is "not known".
 */
export interface Measures {
  /** `null`, as all that follows from it, where no look covers a day of the period: unknown is not zero. */
  posts: number | null;
  originals: number | null;
  reposts: number | null;
  /** Posts older than 72 hours at the instant of asking: medians and rates are made of these. */
  maturePosts: number | null;
  postsPerWeek: number | null;
  /** Sum over posts with a known view counter of their own. */
  views: number | null;
  /** `rounded` when a counter among them is, of `medianViews` too. */
  viewsPrecision: Precision | null;
  /** Per post. Over several networks `null`: networks are never mixed in one mean. */
  medianViews: number | null;
  likes: number | null;
  comments: number | null;
  /** Shares of the organisation's posts by others. */
  shares: number | null;
  reactions: number | null;
  reactionsPrecision: Precision | null;
  /** Rates over several networks with posts are `null`, as the median is. */
  erView: number | null;
  /** The parts of reactions in `erView`: those that everyone compared in the league and the network shows. */
  erParts: readonly ReactionPart[];
  erPost: number | null;
  erDay: number | null;
  /** Median views / subscribers. */
  reachRate: number | null;
  /** Subscriptions at the period's end (people overlap between pages). */
  subscribers: number | null;
  subscribersPrecision: Precision | null;
  growth: number | null;
  growthPercent: number | null;
  longestSilence: number | null;
  daysSilent: number | null;
  status: Status;
  /** Why the status is `unknown`: a page state, or `no_observation`. */
  statusReason: PageState | 'no_observation' | null;
}

/** What stands behind an index: raw values over the index window. */
export interface Explanation {
  window: Period;
  weights: Record<keyof Components, number>;
  frequency: { countedPosts: number; perWeek: number; norm: number } | null;
  regularity: { weeksAtNorm: number; weeks: number; norm: number } | null;
  reach: PercentilePart[];
  engagement: PercentilePart[];
  /** The parts of reactions that `engagement` is made of in each network: those known for everyone compared. */
  comparedParts: Partial<Record<MeasuredNetwork, readonly ReactionPart[]>>;
  growth: PercentilePart[];
  /** Points missing to the next better place, and single changes that would be enough. */
  gap: { place: number; points: number; steps: GapStep[] } | null;
  /** Places by the alternative formulas. */
  alternatives: { formula: 'rank_sum' | 'frequency' | 'engagement'; place: number }[];
}

export interface PageSummary extends PageRef {
  nativeId: number | null;
  state: PageState;
  status: Status;
  statusReason: PageState | 'no_observation' | null;
  /** What it is when it is no page of publications; `null` when it is one, or that is not known. */
  foundAs: OtherKind | null;
  daysSilent: number | null;
  subscribers: number | null;
  /** How well `subscribers` is known; `null` with it. */
  precision: Precision | null;
  lastPost: string | null;
  /** How the newest look by the period's end ended, and what was said then; `null` and `''` without one. */
  lastOutcome: Outcome | null;
  lastCause: string;
}

/** `flags[]` of a row. */
export type RowFlag =
  | 'few_posts'
  | 'reactions_partial'
  | 'component_unknown'
  | 'league_by_subscriptions'
  | 'still_gaining'
  | 'history_short';

/** The measures in one network, with what a row says beside them. */
export interface NetworkMeasures extends Measures {
  flags: RowFlag[];
  weeks: (number | null)[];
}

export interface LeaderboardRow extends Measures {
  /** `null` when the organisation stands outside the places (`unknown` or `none`). */
  league: { id: string; name: string } | null;
  place: number | null;
  /** Last of the places shared by a tie («4-5-е места»); equals `place` without a tie. */
  placeTo: number | null;
  /** How many organisations of the league have a place. */
  placeOf: number | null;
  /** Places gained (positive) or lost against the preceding unit; `null` when there was none. */
  movement: number | null;
  organisation: OrganisationRef & {
    level: Level;
    tier: Tier;
    sector: string;
    municipality: string;
    parentId: number | null;
    members: number | null;
  };
  /** 0-100, rounded to 0.1. */
  index: number | null;
  components: Components;
  explanation: Explanation | null;
  flags: RowFlag[];
  pages: PageSummary[];
  networks: Partial<Record<MeasuredNetwork, NetworkMeasures>>;
  /** Posts of each of the last 13 full ISO weeks, oldest first; `null` where no look covers a day of the week. */
  weeks: (number | null)[];
}

export interface Totals {
  organisations: number;
  /** Sums over those with it known; `null` when nobody has. */
  posts: number | null;
  views: number | null;
  subscribers: number | null;
  /** Organisations not updated for 14 days and longer (stale and dead); `null` when nothing is known of any. */
  silent: number | null;
}

export interface Leaderboard {
  period: Period;
  unit: Unit | null;
  previous: Period;
  zone: string;
  formulaVersion: number;
  /** What the index is made over. */
  window: Period;
  computed: Date;
  /** From the store (`true`) or computed for this request. */
  stored: boolean;
  leagues: League[];
  /** In order of league, then place, then those outside the places. */
  rows: LeaderboardRow[];
  /** `growth` is the sum over organisations with it known: a page that fell away is no loss of subscribers. */
  totals: Totals & { growth: number | null };
  previousTotals: Totals | null;
  coverage: Coverage;
  sectors: string[];
}

/** The last run, and the newest look at every registered page: for «Прочитано 42 страницы из 45». */
export interface Coverage {
  slot: Date | null;
  finished: Date | null;
  /** Looked at within `lookDays` before that run. */
  pages: number;
  /** Of those, read. */
  read: number;
  /** Registered in a network that is read, and looked at longer ago or never. */
  waiting: number;
  /** By network: all that are registered, those of them that wait, and of these those never looked at. */
  registered: { network: MeasuredNetwork; pages: number; waiting: number; never: number }[];
  unread: {
    network: MeasuredNetwork;
    outcome: Outcome;
    cause: string;
    foundAs: OtherKind | null;
    pages: number;
  }[];
}

export interface TopPost {
  pageId: number;
  network: MeasuredNetwork;
  page: string;
  id: string;
  url: string;
  published: string;
  kind: PostKind;
  /** Of a repost without words of its own, the source's. */
  text: string;
  /** What the words are of. */
  textKind: TextKind;
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
  precision: Record<Counter, Precision | null>;
  /** Paid reactions (Telegram's Stars), in no sum; `null` where the network has none or does not say. */
  stars: number | null;
  /** A repost in a network where it shows its source: its views and reposts are the source's. */
  showsSource: boolean;
  /** Of a repost: where its source can be opened; `null` when that is not known. */
  sourceUrl: string | null;
  /** Counters / expected at the same age (`metrics.md`); `null` when nothing to compare with. */
  overperformance: number | null;
  stillGaining: boolean;
}

/** Everything the organisation's screen shows. */
export interface OrganisationReport {
  period: Period;
  unit: Unit | null;
  zone: string;
  formulaVersion: number;
  row: LeaderboardRow;
  /** The league's median of each measure, over members with it known. */
  leagueMedians: Partial<Record<keyof Measures, number>>;
  /** The same within each network: medians and rates compare nowhere else. */
  networkMedians: Partial<Record<MeasuredNetwork, Partial<Record<keyof Measures, number>>>>;
  leagueSize: number;
  /** Subscribers of each page by day (last observation of the local day), over the period and the index window. */
  subscribers: {
    page: PageRef & { network: MeasuredNetwork };
    points: { day: Day; count: number }[];
  }[];
  /** Posts by local day over the year up to the period's end; `null` when the day is not tracked, or no look covers it. */
  calendar: { day: Day; posts: number | null }[];
  /** Posts by weekday (Monday first, 7 rows) and local hour (24 columns) over the period; `null` when no day of it is known. */
  hours: number[][] | null;
  /** By week, over the index window or the period. */
  weeks: { from: Day; posts: number | null; views: number | null }[];
  topPosts: TopPost[];
  events: { pageId: number; observed: string; event: string; before: string; after: string }[];
}
