import type { CountedPosts } from '../counted-posts.ts';
import type { MeasuredNetwork } from '../vocabulary.ts';

/** The components of the activity index, each 0-100. */
export const components = ['frequency', 'regularity', 'reach', 'engagement', 'growth'] as const;
export type Component = (typeof components)[number];
export type Components = Record<Component, number | null>;
export type Weights = Readonly<Record<Component, number>>;

/** The components that are percentile ranks within the league, network by network. */
export const percentileComponents = ['reach', 'engagement', 'growth'] as const;
export type PercentileComponent = (typeof percentileComponents)[number];

/** One organisation's raw values over the index window. */
export interface IndexFacts {
  organisationId: number;
  /** Whether it can have a place: `false` for the statuses unknown and none, which take no part in ranks. */
  stands: boolean;
  /** Undeleted posts of its pages within the tracked span of the window. Zero is known, and ranks last. */
  posts: number;
  /** From `countPosts`; with `perWeek: null` there is no index. */
  counted: CountedPosts;
  /** By network: ERR, ER by view, growth as a share of the start (fractions); `null` is unknown. */
  networks: Partial<Record<MeasuredNetwork, Record<PercentileComponent, number | null>>>;
}

/** One network's part in a percentile component, as shown under "why this place". */
export interface PercentilePart {
  network: MeasuredNetwork;
  value: number;
  percentile: number;
  /** Organisations of the league with a lower value, and all others with a known one. */
  below: number;
  others: number;
}

export type PercentileParts = Record<PercentileComponent, PercentilePart[]>;

/** An organisation on its way to a place. */
export interface ScoredOrganisation {
  facts: IndexFacts;
  parts: PercentileParts;
  components: Components;
  /** Known zero: no posts in the window. */
  zero: boolean;
  /** The index before rounding, and rounded. */
  raw: number | null;
  value: number | null;
  place: number | null;
  placeTo: number | null;
}
