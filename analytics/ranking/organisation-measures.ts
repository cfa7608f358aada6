import {
  engagementByDay,
  engagementByPost,
  growthOf,
  longestSilence,
  postsPerWeek,
  reachRate,
  subscriptionsOf,
  sumOfKnown,
  trackedDays,
  trackedSpan,
} from '#domain/measures.ts';
import type { ReactionPart } from '#domain/reaction-parts.ts';
import { engagementOver } from '#domain/reaction-parts.ts';
import { dayNumberOf, dayOfNumber, daysIn, pastPart } from '#domain/period.ts';
import type { PageStatusInput, StatusContext } from '#domain/status.ts';
import { organisationStatus } from '#domain/status.ts';
import type { MeasuredNetwork, Precision } from '#domain/vocabulary.ts';
import { historyReachedBy, isCovered } from '../status/covered-days.ts';
import type { PeriodFacts, SpanFacts } from './period-facts.ts';
import type { DayCell } from '../queries/day-cells.ts';
import type { PostMeasures } from '../queries/post-measures.ts';
import type { RegisteredPage } from '../queries/register.ts';
import type { Rules } from '../status/inputs.ts';
import { postsIn } from '../status/inputs.ts';
import type { Day, Measures, Period } from '../types.ts';

/** An organisation's pages in one network or over all, and what is asked of them. */
export interface MeasuredPages {
  organisationId: number;
  networks: readonly MeasuredNetwork[];
  pages: readonly RegisteredPage[];
}

/** What the status of each page is judged by, by page. */
export type PageStatusInputs = ReadonlyMap<number, PageStatusInput>;

/** The parts of reactions over which ER by view is compared, by network. */
export type ComparableParts = Partial<Record<MeasuredNetwork, readonly ReactionPart[]>>;

/**
 * The measures of an organisation's pages over the period of the facts (`metrics.md`); ER by view is filled in by
 * `withEngagement`, once it is known what the league is compared over.
 */
export function computeMeasures(
  scope: MeasuredPages,
  statusInputs: PageStatusInputs,
  facts: PeriodFacts,
  context: StatusContext,
  rules: Rules,
): Measures {
  const { period } = facts;
  const parts = postPartsOf(scope, facts.span);
  const sum = (measure: (part: PostMeasures) => number): number =>
    parts.reduce((total, part) => total + measure(part), 0);
  // Where no look covers a day of the period nothing is known of its posts: their number is unknown, not zero.
  const isKnown = parts.length > 0 || isCovered(scope.pages, period, facts.covered);
  const known = (measure: (part: PostMeasures) => number | null): number | null =>
    isKnown ? sumOfKnown(parts.map(measure)) : null;
  const span = isKnown ? spanOf(scope.pages, period, context, rules) : null;
  const cells = scope.pages.flatMap((page) => facts.cells.get(page.id) ?? []);
  const past = pastPart(period, rules.today);
  const subscriptions = subscriptionsAtEnd(scope.pages, facts.span);
  const growth = growthOver(scope.pages, facts.span);
  const [posts, maturePosts] = [known((part) => part.posts), known((part) => part.maturePosts)];
  const [likes, comments, shares] = [
    known((part) => part.likes),
    known((part) => part.comments),
    known((part) => part.shares),
  ];
  const reactions = sumOfKnown([likes, comments, shares]);
  // Networks are never mixed in one mean: over several, medians and rates are those of the only one with posts.
  const only = parts.length === 1 ? parts[0] : undefined;
  const audience = only ? subscriptionsIn(only, scope.pages, facts.span) : subscriptions.count;
  // Without a post there were no reactions, which is known; with posts still gaining only, nothing is said yet.
  const isMixed = parts.length > 1;
  const matureReactions =
    isMixed || (posts !== 0 && maturePosts === 0) ? null : known((part) => part.matureReactions);
  const status = organisationStatus(
    scope.pages.flatMap((page) => statusInputs.get(page.id) ?? []),
    context,
  );
  return {
    posts,
    originals: known((part) => part.originals),
    reposts: known((part) => part.reposts),
    maturePosts,
    postsPerWeek: postsPerWeek(
      span ? postsIn(cells, span) : 0,
      trackedDays(span, [...context.pauses, ...context.holidays]),
      period,
      rules.today,
    ),
    views: known((part) => part.views),
    viewsPrecision: precisionOf(
      known((part) => part.views),
      sum((part) => part.viewsRounded),
    ),
    medianViews: only?.medianViews ?? null,
    likes,
    comments,
    shares,
    reactions,
    reactionsPrecision: precisionOf(
      reactions,
      sum((part) => part.reactionsRounded),
    ),
    erView: null,
    erParts: [],
    erPost: engagementByPost(matureReactions, maturePosts, audience),
    erDay: engagementByDay(matureReactions, past ? daysIn(past) : 0, audience),
    reachRate: reachRate(only?.medianViews ?? null, audience),
    subscribers: subscriptions.count,
    subscribersPrecision: subscriptions.precision,
    growth: growth.growth,
    growthPercent: growth.share,
    longestSilence: longestSilence(daysOf(cells, period), span),
    daysSilent: status.daysSilent,
    status: status.status,
    statusReason: status.statusReason,
  };
}

/**
 * The measures with ER by view over the parts that are comparable: in the only network with posts, for networks are never
 * mixed in one mean.
 */
export function withEngagement(
  measures: Measures,
  scope: MeasuredPages,
  span: SpanFacts,
  comparable: ComparableParts,
): Measures {
  const [part, ...others] = postPartsOf(scope, span);
  const erParts = part && others.length === 0 ? (comparable[part.network] ?? []) : [];
  const erView = engagementOver(part?.shown ?? [], erParts);
  return { ...measures, erView, erParts: erView === null ? [] : erParts };
}

function precisionOf(count: number | null, rounded: number): Precision | null {
  return count === null ? null : rounded > 0 ? 'rounded' : 'exact';
}

/** What the posts add up to in the networks that have any, in order of the networks. */
export function postPartsOf(scope: MeasuredPages, span: SpanFacts): PostMeasures[] {
  const byNetwork = span.posts.get(scope.organisationId);
  return scope.networks.flatMap((network) => byNetwork?.get(network) ?? []);
}

/** The tracked part of a period: the history of every page that has been read reaches back to its beginning. */
export function spanOf(
  pages: readonly RegisteredPage[],
  period: Period,
  context: StatusContext,
  rules: Rules,
): Period | null {
  const { historyFrom, today } = rules;
  return trackedSpan(
    period,
    { historyFrom, historyReached: historyReachedBy(pages), started: context.started },
    today,
  );
}

/** Growth between the two bounds of a span. */
export function growthOver(
  pages: readonly RegisteredPage[],
  span: SpanFacts,
): { growth: number | null; share: number | null } {
  return growthOf(
    pages.map((page) => ({
      start: span.subscribersBefore.get(page.id) ?? null,
      end: span.subscribersAtEnd.get(page.id) ?? null,
    })),
  );
}

function subscriptionsAtEnd(pages: readonly RegisteredPage[], span: SpanFacts) {
  return subscriptionsOf(pages.map((page) => span.subscribersAtEnd.get(page.id) ?? null));
}

/** Subscriptions in the network of the measures, at the span's end. */
export function subscriptionsIn(
  measures: PostMeasures | undefined,
  pages: readonly RegisteredPage[],
  span: SpanFacts,
): number | null {
  return subscriptionsAtEnd(
    pages.filter((page) => page.network === measures?.network),
    span,
  ).count;
}

function daysOf(cells: readonly DayCell[], period: Period): Day[] {
  const [first, last] = [dayNumberOf(period.from), dayNumberOf(period.to)];
  return cells.flatMap(({ dayNumber }) =>
    dayNumber >= first && dayNumber <= last ? [dayOfNumber(dayNumber)] : [],
  );
}

/** What stands for an organisation that has no page in the network asked for. */
export const noMeasures: Measures = {
  posts: null,
  originals: null,
  reposts: null,
  maturePosts: null,
  postsPerWeek: null,
  views: null,
  viewsPrecision: null,
  medianViews: null,
  likes: null,
  comments: null,
  shares: null,
  reactions: null,
  reactionsPrecision: null,
  erView: null,
  erParts: [],
  erPost: null,
  erDay: null,
  reachRate: null,
  subscribers: null,
  subscribersPrecision: null,
  growth: null,
  growthPercent: null,
  longestSilence: null,
  daysSilent: null,
  status: 'none',
  statusReason: null,
};
