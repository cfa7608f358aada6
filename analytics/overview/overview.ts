import { defaultWeights } from '#domain/activity-index.ts';
import { sumOfKnown } from '#domain/measures.ts';
import { isWithin, type Reach } from '#domain/reach.ts';
import { addDays, calendarPeriod, previousPeriod, startOfDay } from '#domain/period.ts';
import { countStatuses } from '#domain/status-counts.ts';
import { loadRegisterMirror, type Register } from '../ranking/period-facts.ts';
import { federationGrowth } from './federation-growth.ts';
import { readWeekSummary } from '../ranking/stored/week-summary.ts';
import type { GrowthTarget } from './growth-target.ts';
import { collectionState } from './collection.ts';
import { ownersOf } from './owners.ts';
import type { Owners } from './owners.ts';
import { bestPosts, newPosts } from './posts.ts';
import { findMovers, silentOrganisations, findUnusual } from './changes.ts';
import type { Overview, OverviewEvent, OverviewEvents } from './types.ts';
import { queryRecentEvents } from '../queries/events.ts';
import type { RankingSummary } from '../ranking/stored/query-ranking-summaries.ts';
import type { AnalyticsSources } from '../sources.ts';
import { buildRules } from '../status/inputs.ts';
import type { Period } from '../types.ts';

/** How much of the lists is shown. */
const shown = { silent: 8, movers: 4, events: 8, bestPosts: 5 };
/** Over how many local days, today included, the best posts and the events are looked for. */
const recentDays = 7;

/** What the overview is asked for, beside what is known. */
export interface OverviewRequest {
  /** How many of the newest posts. */
  posts: number;
  /** What the federation wants of its own pages. */
  target: GrowthTarget | null;
  /** The organisations that it is of; all when not said. Of a part of them the federation's own growth is none. */
  within?: Reach | null;
}

/**
 * Whether everything is in order this morning, as of now: the status and what is new as of now, movements and what is
 * unusual of the last full ISO week. Rankings that were stored by the last run are read, not computed.
 */
export async function overview(sources: AnalyticsSources, request: OverviewRequest): Promise<Overview> {
  const { now, today, zone, norms } = buildRules(sources);
  const running = calendarPeriod('week', today);
  const week = previousPeriod(running, 'week');
  const recent = { from: addDays(today, 1 - recentDays), to: today };
  const within = request.within ?? null;
  const [whole, allNow, allInWeek] = await Promise.all([
    loadRegisterMirror(sources),
    readWeekSummary(sources, running),
    readWeekSummary(sources, week),
  ]);
  const isOwn = ({ row }: RankingSummary): boolean => isWithin(within, row.organisation.id);
  const [register, atNow, inWeek] = [
    registerWithin(whole, within),
    allNow.filter(isOwn),
    allInWeek.filter(isOwn),
  ];
  const owners = ownersOf(register);
  const pageIds = within && [...owners.keys()];
  const [collection, fresh, best, growth, events] = await Promise.all([
    collectionState(sources, owners, pageIds),
    newPosts(sources, owners, { pageIds, limit: request.posts }),
    bestPosts(sources, owners, recent, { pageIds, limit: shown.bestPosts }),
    federationGrowth(sources, register, { today, target: within ? null : request.target }),
    eventsOf(sources, owners, recent, { pageIds, atNow, inWeek }),
  ]);
  const weights = sources.weights ?? defaultWeights;
  return {
    now,
    today,
    zone,
    organisations: register.organisations.length,
    collection,
    silent: silentOrganisations(atNow, norms, shown.silent),
    movers: {
      period: week,
      previous: previousPeriod(week, 'week'),
      ...findMovers(inWeek, weights, shown.movers),
    },
    newPosts: fresh,
    bestPosts: { period: recent, posts: best },
    subscriptions: {
      count: sumOfKnown(atNow.map(({ row }) => row.subscribers)),
      growth: sumOfKnown(inWeek.map(({ row }) => row.growth)),
    },
    growth,
    events,
  };
}

/** The register as far as somebody sees it. */
function registerWithin(register: Register, within: Reach | null): Register {
  if (!within) return register;
  return {
    organisations: register.organisations.filter(({ id }) => within.has(id)),
    pages: register.pages.filter(({ organisationId }) => within.has(organisationId)),
    pagesOf: new Map([...register.pagesOf].filter(([id]) => within.has(id))),
  };
}

/** What happened to pages in the period, and what was unusual in the last full week; page events come first. */
async function eventsOf(
  sources: AnalyticsSources,
  owners: Owners,
  period: Period,
  {
    pageIds,
    atNow,
    inWeek,
  }: Record<'atNow' | 'inWeek', readonly RankingSummary[]> & { pageIds: readonly number[] | null },
): Promise<OverviewEvents> {
  const rows = await queryRecentEvents(sources.observations, {
    from: startOfDay(period.from, sources.zone),
    to: new Date(sources.clock.now().getTime() + 1),
    limit: shown.events,
    pageIds,
  });
  const seen = rows.flatMap(({ pageId, event: kind, observed, before, after }): OverviewEvent[] => {
    const owner = owners.get(pageId);
    return owner ? [{ ...owner, kind, observed, before, after }] : [];
  });
  const unusual = findUnusual(inWeek);
  return {
    from: period.from,
    isKnown: countStatuses(atNow.map(({ row }) => row.status)).judged > 0,
    events: [...seen, ...unusual.slice(0, Math.max(0, shown.events - seen.length))],
    total: (rows[0]?.all ?? 0) + unusual.length,
  };
}
