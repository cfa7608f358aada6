import type { Weights } from '../../domain/activity-index.ts';
import { membersAt } from '../../domain/league.ts';
import { fewPosts, lastPastDay } from '../../domain/measures.ts';
import type { Standing } from './ranked-organisation.ts';
import { coveredUntil, knownDays } from '../status/covered-days.ts';
import type { PeriodFacts } from './period-inputs.ts';
import { membersOf } from './leagues.ts';
import type { MeasuredPages } from './organisation-measures.ts';
import { postPartsOf, spanOf } from './organisation-measures.ts';
import type { RegisteredOrganisation } from '../queries/register.ts';
import { lastFullWeeks, weeklyPosts } from './series.ts';
import type { Rules } from '../status/inputs.ts';
import { pageSummaryOf } from '../status/inputs.ts';
import type { Explanation, LeaderboardRow, Measures, NetworkMeasures, RowFlag } from '../types.ts';

/** What a row is written out from, beside the organisation's own standing. */
export interface RowContext {
  facts: PeriodFacts;
  rules: Rules;
  weights: Weights;
}

/** An organisation's row of the ranking; `movement` is filled in by who knows the period before. */
export function rowOf(
  organisation: RegisteredOrganisation,
  standing: Standing,
  { facts, rules, weights }: RowContext,
): LeaderboardRow {
  const { asked, context, judged, measures, league, result } = standing;
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
      short: organisation.short || organisation.name,
      level: organisation.level,
      tier: organisation.tier,
      sector: organisation.sector,
      municipality: organisation.municipality,
      parentId: organisation.parentId,
      members: membersAt(membersOf(organisation), facts.lastDay)?.count ?? null,
    },
    index: result.index,
    components: result.components,
    explanation: result.index === null ? null : explanationOf(standing, facts, weights),
    flags: flagsOf(standing, asked, measures, { facts, rules }),
    pages: asked.pages.flatMap((page) => {
      const each = judged.get(page.id);
      const subscribers = facts.span.subscribersAtEnd.get(page.id) ?? null;
      return each ? [pageSummaryOf(page, facts, each, context, subscribers)] : [];
    }),
    networks: networksOf(standing, { facts, rules }),
    weeks: weeksOf(standing, asked, { facts, rules }),
  };
}

/** The measures in each network, with the marks and the weeks of its pages alone. */
function networksOf(
  standing: Standing,
  context: Pick<RowContext, 'facts' | 'rules'>,
): LeaderboardRow['networks'] {
  const { asked, networks } = standing;
  const rows = asked.networks.flatMap((network): [string, NetworkMeasures][] => {
    const measures = networks[network];
    const pages = asked.pages.filter((page) => page.network === network);
    const inNetwork = { ...asked, networks: [network], pages };
    if (!measures) return [];
    const flags = flagsOf(standing, inNetwork, measures, context);
    return [[network, { ...measures, flags, weeks: weeksOf(standing, inNetwork, context) }]];
  });
  return Object.fromEntries(rows);
}

function weeksOf(
  standing: Standing,
  { pages }: MeasuredPages,
  { facts, rules }: Pick<RowContext, 'facts' | 'rules'>,
): (number | null)[] {
  return weeklyPosts(
    pages.map((page) => facts.cells.get(page.id) ?? []),
    lastFullWeeks(lastPastDay(facts.period, rules.today)),
    knownDays(pages, facts.covered, {
      historyFrom: rules.historyFrom,
      started: standing.context.started,
    }),
  );
}

function explanationOf(
  { facts, result, context, compared }: Standing,
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
      result.parts.engagement.map(({ network }) => [network, compared[network] ?? []]),
    ),
    growth: result.parts.growth,
    gap: result.gap,
    alternatives: result.alternatives,
  };
}

function flagsOf(
  { context, leagueBySubscriptions, result }: Standing,
  asked: MeasuredPages,
  measures: Measures,
  { facts, rules }: Pick<RowContext, 'facts' | 'rules'>,
): RowFlag[] {
  const window = facts.window.period;
  const span = spanOf(asked.pages, window, context, rules);
  const { maturePosts, posts } = measures;
  const until = coveredUntil(asked.pages, facts.covered);
  const flags: [RowFlag, boolean][] = [
    ['few_posts', maturePosts !== null && maturePosts < fewPosts],
    ['reactions_partial', postPartsOf(asked, facts.span).some((part) => part.reactionsPartial > 0)],
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
