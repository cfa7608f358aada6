import type { Weights } from '#domain/activity-index.ts';
import { membersAt } from '#domain/league.ts';
import { fewPosts, lastPastDay } from '#domain/measures.ts';
import type { RankedOrganisation } from './ranked-organisation.ts';
import { coveredUntil, knownDays } from '../status/covered-days.ts';
import type { PeriodFacts } from './period-facts.ts';
import { membersOf } from './leagues.ts';
import type { MeasuredPages } from './organisation-measures.ts';
import { postPartsOf, spanOf } from './organisation-measures.ts';
import type { RegisteredOrganisation } from '../queries/register.ts';
import { lastFullWeeks, weeklyPosts } from './series.ts';
import type { Rules } from '../status/inputs.ts';
import { summarizePage } from '../status/inputs.ts';
import type { Explanation, LeaderboardRow, Measures, NetworkMeasures, Period, RowFlag } from '../types.ts';

/** What a row is written out from, beside the organisation as it was ranked. */
export interface RowContext {
  facts: PeriodFacts;
  rules: Rules;
  weights: Weights;
  /** The weeks of a row's line. */
  weeks: Period[];
}

/** The context of all rows of a period's ranking. */
export function buildRowContext(given: Omit<RowContext, 'weeks'>): RowContext {
  return { ...given, weeks: lastFullWeeks(lastPastDay(given.facts.period, given.rules.today)) };
}

/** An organisation's row of the ranking; `movement` is filled in by who knows the period before. */
export function buildRow(
  organisation: RegisteredOrganisation,
  ranked: RankedOrganisation,
  context: RowContext,
): LeaderboardRow {
  const { facts, rules, weights } = context;
  const { scope, statusInputs, measures, league, result } = ranked;
  const hasPlace = result.place !== null;
  return {
    ...measures,
    league: hasPlace ? { id: league.id, name: league.name } : null,
    place: result.place,
    placeTo: result.placeTo,
    placeOf: hasPlace ? result.placeOf : null,
    movement: null,
    organisation: {
      id: organisation.id,
      name: organisation.name,
      short: organisation.short,
      level: organisation.level,
      tier: organisation.tier,
      sector: organisation.sector,
      municipality: organisation.municipality,
      parentId: organisation.parentId,
      members: membersAt(membersOf(organisation), facts.lastDay)?.count ?? null,
    },
    index: result.index,
    components: result.components,
    explanation: result.index === null ? null : explanationOf(ranked, facts, weights),
    flags: flagsOf(ranked, scope, measures, { facts, rules }),
    pages: scope.pages.flatMap((page) => {
      const each = statusInputs.get(page.id);
      const subscribers = facts.span.subscribersAtEnd.get(page.id) ?? null;
      return each ? [summarizePage(page, facts, each, ranked.context, subscribers)] : [];
    }),
    networks: networksOf(ranked, context),
    weeks: weeksOf(ranked, scope, context),
  };
}

/** The measures in each network, with the marks and the weeks of its pages alone. */
function networksOf(ranked: RankedOrganisation, context: RowContext): LeaderboardRow['networks'] {
  const { scope, networks } = ranked;
  const rows = scope.networks.flatMap((network): [string, NetworkMeasures][] => {
    const measures = networks[network];
    const pages = scope.pages.filter((page) => page.network === network);
    const inNetwork = { ...scope, networks: [network], pages };
    if (!measures) return [];
    const flags = flagsOf(ranked, inNetwork, measures, context);
    return [[network, { ...measures, flags, weeks: weeksOf(ranked, inNetwork, context) }]];
  });
  return Object.fromEntries(rows);
}

function weeksOf(
  ranked: RankedOrganisation,
  { pages }: MeasuredPages,
  { facts, rules, weeks }: RowContext,
): (number | null)[] {
  return weeklyPosts(
    pages.map((page) => facts.cells.get(page.id) ?? []),
    weeks,
    knownDays(pages, facts.covered, {
      historyFrom: rules.historyFrom,
      started: ranked.context.started,
    }),
  );
}

function explanationOf(
  { facts, result, context, comparable }: RankedOrganisation,
  { window }: PeriodFacts,
  weights: Weights,
): Explanation {
  const { counted } = facts;
  return {
    window: window.period,
    weights: { ...weights },
    frequency:
      counted.perWeek === null
        ? null
        : { countedPosts: counted.countedPosts, perWeek: counted.perWeek, norm: counted.norm },
    regularity:
      counted.weeks === 0
        ? null
        : { weeksAtNorm: counted.weeksAtNorm, weeks: counted.weeks, norm: context.norm.posts },
    reach: result.parts.reach,
    engagement: result.parts.engagement,
    comparedParts: Object.fromEntries(
      result.parts.engagement.map(({ network }) => [network, comparable[network] ?? []]),
    ),
    growth: result.parts.growth,
    gap: result.gap,
    alternatives: result.alternatives,
  };
}

function flagsOf(
  { context, leagueBySubscriptions, result }: RankedOrganisation,
  scope: MeasuredPages,
  measures: Measures,
  { facts, rules }: Pick<RowContext, 'facts' | 'rules'>,
): RowFlag[] {
  const window = facts.window.period;
  const span = spanOf(scope.pages, window, context, rules);
  const { maturePosts, posts } = measures;
  const until = coveredUntil(scope.pages, facts.covered);
  const flags: [RowFlag, boolean][] = [
    ['few_posts', maturePosts !== null && maturePosts < fewPosts],
    ['reactions_partial', postPartsOf(scope, facts.span).some((part) => part.reactionsPartial > 0)],
    ['component_unknown', result.index !== null && Object.values(result.components).includes(null)],
    ['league_by_subscriptions', leagueBySubscriptions],
    ['still_gaining', maturePosts !== null && posts !== null && maturePosts < posts],
    [
      'history_short',
      span === null ||
        span.from > window.from ||
        until === null ||
        until < lastPastDay(facts.period, rules.today),
    ],
  ];
  return flags.filter(([, holds]) => holds).map(([flag]) => flag);
}
