import type {
  MeasuredNetwork,
  OtherKind,
  Outcome,
  PageState,
  Precision,
  Status,
} from '#domain/vocabulary.ts';
import type { StatusCounts } from '#domain/status-counts.ts';
import type { DaySubscriptions, GrowthTarget, TargetProgress } from './growth-target.ts';
import type { RunWork } from '../queries/run-work.ts';
import type { OrganisationRef, PageRef } from '../refs.ts';
import type { Components, Coverage, Day, Period, TopPost } from '../types.ts';

/** A page that is read, with whose it is. */
export interface OwnedPage extends PageRef {
  organisation: OrganisationRef;
  network: MeasuredNetwork;
}

/** A page that could not be read when it was last looked at. */
export interface UnreadPageRow extends OwnedPage {
  outcome: Outcome;
  cause: string;
  state: PageState;
  /** What it is when it is no page of publications. */
  foundAs: OtherKind | null;
  /** ISO 8601; `null`: it was never read. */
  lastSuccess: string | null;
}

/** Whether collection works: the newest look at every page, and the last run. */
export interface CollectionState {
  coverage: Coverage;
  /** The last finished run; without a page that was read nothing is known of new posts. */
  run: RunWork | null;
  /** The newest failures, cut. */
  unread: UnreadPageRow[];
}

/** An organisation that is not updated. */
export interface SilentOrganisation {
  organisation: OrganisationRef;
  status: Extract<Status, 'stale' | 'dead'>;
  /** `null`: there never was a post. */
  daysSilent: number | null;
  lastPost: string | null;
  /** When silence became worth a call: since yesterday, within a week, or longer ago. */
  since: 'yesterday' | 'week' | 'earlier';
}

export interface SilentOrganisations {
  /** The newly silent first, then those silent for the shortest; cut. */
  organisations: SilentOrganisation[];
  /** How many there are; `null` when nothing is known of anybody. */
  total: number | null;
  /** Silent since yesterday or within a week. */
  fresh: number;
  /** How many there were at the end of the last full week; `null` when nothing was known then. */
  before: number | null;
  /** How all stand. */
  statuses: StatusCounts;
}

/** An organisation that moved within its league. */
export interface Mover {
  organisation: OrganisationRef;
  league: { id: string; name: string };
  /** Positive: up. */
  movement: number;
  place: number;
  placeBefore: number;
  placeOf: number;
  index: number | null;
  indexBefore: number | null;
  /** The component that moved the index most in that direction; `null` when the neighbours moved rather. */
  cause: { component: keyof Components; before: number; after: number } | null;
}

export interface Movers {
  period: Period;
  previous: Period;
  /** The greatest movements first; cut. */
  up: Mover[];
  down: Mover[];
  movedUp: number;
  movedDown: number;
  /** How many have a place in both weeks: with none there is nothing to compare. */
  compared: number;
}

/** A post of the overview's lists, with its organisation. */
export interface OverviewPost extends TopPost {
  organisation: OrganisationRef;
}

export interface NewPosts {
  /** Exclusive end: the instant of asking. */
  from: Date;
  to: Date;
  posts: OverviewPost[];
  /** `null` when no page was read in that time: unknown is not zero. */
  total: number | null;
  /** In the stretch of the same length before. */
  before: number | null;
  organisations: number;
  networks: { network: MeasuredNetwork; posts: number }[];
}

/** Something unusual that a page did, or that was done to it. */
export type OverviewEvent =
  | (OwnedPage & {
      kind: 'renamed' | 'title' | 'state' | 'became' | 'found_again';
      observed: string;
      before: string;
      after: string;
    })
  /** Subscriptions changed more in the last full week than they usually can; `share` is a fraction. */
  | { kind: 'jump'; organisation: OrganisationRef; growth: number; share: number }
  /** Many times more posts in the last full week than in the weeks before. */
  | { kind: 'burst'; organisation: OrganisationRef; posts: number; usual: number };

export interface OverviewEvents {
  /** Of page events: the first local day. */
  from: Day;
  /** Whether anything is known of anybody: without that, none seen is not none. */
  isKnown: boolean;
  events: OverviewEvent[];
  total: number;
}

/** How the federation's own pages grow. */
export interface FederationGrowth {
  organisations: OrganisationRef[];
  pages: (PageRef & {
    count: number | null;
    precision: Precision | null;
    /** First and last day with a known count within the line; `null` without any. */
    first: Day | null;
    last: Day | null;
  })[];
  /** Subscriptions on the days on which all pages counted then are known. */
  points: DaySubscriptions[];
  /** A part of the subscriptions is rounded by its network. */
  rounded: boolean;
  target: GrowthTarget | null;
  progress: TargetProgress | null;
  /** Change a week over the last four weeks; `null` when it is not known. */
  pace: number | null;
}

/** Everything that the overview shows, as of now. */
export interface Overview {
  now: Date;
  today: Day;
  zone: string;
  /** Registered ones. */
  organisations: number;
  collection: CollectionState;
  silent: SilentOrganisations;
  movers: Movers;
  newPosts: NewPosts;
  bestPosts: { period: Period; posts: OverviewPost[] };
  /** Over all pages as of now, and the growth over the last full week. */
  subscriptions: { count: number | null; growth: number | null };
  growth: FederationGrowth;
  events: OverviewEvents;
}
