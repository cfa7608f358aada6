import type { Weights } from '#domain/activity-index.ts';
import { defaultWeights, movementOf } from '#domain/activity-index.ts';
import type { LeagueTable } from '#domain/league.ts';
import { previousPeriod, unitOf } from '#domain/period.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import { measuredNetworks } from '#domain/vocabulary.ts';
import { rankWithComparableReactions } from './comparable-reactions.ts';
import type { PeriodFacts, Register } from './period-facts.ts';
import { loadPeriodFacts, loadRegisterMirror, periodKey } from './period-facts.ts';
import { indexFactsOf } from './index-facts.ts';
import { rememberLeagues } from './leagues.ts';
import type { MeasuredPages } from './organisation-measures.ts';
import { computeMeasures } from './organisation-measures.ts';
import type { RegisteredOrganisation } from '../queries/register.ts';
import { askSeveral, severalAtOnce } from '../queries/several.ts';
import { buildRow, buildRowContext } from './ranking-row.ts';
import type { RankedOrganisation } from './ranked-organisation.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Rules } from '../status/inputs.ts';
import { isMeasured, buildPageStatusInput, buildRules, buildStatusContext } from '../status/inputs.ts';
import { mapYielding } from '../yielding.ts';
import type { Components, LeaderboardRow, League, Measures, Period } from '../types.ts';

/** What totals are made of, of an organisation over all its pages and by network. */
export type TotalParts = Partial<
  Record<MeasuredNetwork | 'all', Pick<Measures, 'posts' | 'views' | 'subscribers' | 'status'>>
>;

/** A row, and what the organisation brought to the totals of the period before. */
export interface RankingEntry {
  row: LeaderboardRow;
  previousTotals: TotalParts | null;
  /** Where it stood in the same league at the end of the period before; `null` when it had no place there. */
  previousPlace: PreviousPlace | null;
}

/** A place of the period before, and what the index was made of. */
export interface PreviousPlace {
  place: number;
  placeTo: number;
  index: number | null;
  components: Components;
}

/** A whole ranking, before any filter of a view. */
export interface Ranking {
  period: Period;
  previous: Period;
  window: Period;
  computed: Date;
  leagues: League[];
  /** In order of league, then place, then those outside the places. */
  rows: RankingEntry[];
}

/** Computes the whole ranking of a period from the observations. */
export async function computeRanking(sources: AnalyticsSources, period: Period): Promise<Ranking> {
  for await (const ranking of computeRankings(sources, [period])) return ranking;
  throw new Error('A ranking was asked for and none computed.');
}

/**
 * Computes the rankings of several periods, one after the other so that memory stays bounded. What they are made of is
 * asked for together while there are few pages, and for each ranking in its turn when there are many; `atOnce`: about how
 * many periods a question is asked.
 */
export async function* computeRankings(
  sources: AnalyticsSources,
  periods: readonly Period[],
  atOnce?: number,
): AsyncGenerator<Ranking> {
  const register = await loadRegisterMirror(sources);
  const together = atOnce ?? severalAtOnce(register.pages.length);
  const leaguesOf = rememberLeagues(sources, register);
  const rules = buildRules(sources);
  const weights = sources.weights ?? defaultWeights;
  const pairs = periods.map((period) => ({ period, previous: previousPeriod(period, unitOf(period)) }));
  for (const some of together > 1 ? [pairs] : pairs.map((pair) => [pair])) {
    const wanted = some.flatMap(({ period, previous }) => [period, previous]);
    const factsOf = await askSeveral(wanted, {
      keyOf: periodKey,
      atOnce: wanted.length,
      ask: (each) => loadPeriodFacts(sources, register, each, together),
    });
    const rank = async (period: Period): Promise<RankedPeriod> => {
      const facts = factsOf(period);
      const leagues = await leaguesOf(period.to);
      const byId = await rankOrganisations(register, facts, leagues, rules, weights);
      return { facts, leagues: leagues.leagues, byId };
    };
    let before: RankedPeriod | null = null;
    for (const { period, previous } of some) {
      // The previous period of a unit's current one comes next, and has been ranked.
      const ranked: RankedPeriod = before?.facts === factsOf(period) ? before : await rank(period);
      before = await rank(previous);
      yield {
        period,
        previous,
        window: ranked.facts.window.period,
        computed: rules.now,
        leagues: ranked.leagues,
        rows: inOrder(await entriesOf(register, ranked, before, { rules, weights }), ranked.leagues),
      };
    }
  }
}

/** The organisations as they were ranked over a period. */
interface RankedPeriod {
  facts: PeriodFacts;
  leagues: League[];
  byId: Map<number, RankedOrganisation>;
}

async function entriesOf(
  register: Register,
  { facts, byId }: RankedPeriod,
  before: RankedPeriod,
  { rules, weights }: { rules: Rules; weights: Weights },
): Promise<RankingEntry[]> {
  const context = buildRowContext({ facts, rules, weights });
  return await mapYielding(register.organisations, (organisation) => {
    const ranked = byId.get(organisation.id);
    const earlier = before.byId.get(organisation.id);
    if (!ranked) return [];
    const row = buildRow(organisation, ranked, context);
    row.movement = movementOf(placeOf(ranked), earlier ? placeOf(earlier) : null);
    return [
      {
        row,
        previousTotals: earlier ? totalParts(earlier) : null,
        previousPlace: earlier && row.movement !== null ? previousPlaceOf(earlier) : null,
      },
    ];
  });
}

function placeOf(ranked: RankedOrganisation): { leagueId: string; place: number | null } {
  return { leagueId: ranked.league.id, place: ranked.result.place };
}

function previousPlaceOf({ result }: RankedOrganisation): PreviousPlace | null {
  const { place, index, components } = result;
  return place === null ? null : { place, placeTo: result.placeTo ?? place, index, components };
}

function totalParts({ measures, networks }: RankedOrganisation): TotalParts {
  const parts = ({ posts, views, subscribers, status }: Measures) => ({ posts, views, subscribers, status });
  return Object.fromEntries([
    ['all', parts(measures)],
    ...Object.entries(networks).map(([network, each]) => [network, parts(each)] as const),
  ]);
}

/** The organisation's pages that are read, over all networks. */
export function selectMeasuredPages(organisation: RegisteredOrganisation, register: Register): MeasuredPages {
  const pages = (register.pagesOf.get(organisation.id) ?? []).filter(isMeasured);
  return {
    organisationId: organisation.id,
    networks: measuredNetworks.filter((network) => pages.some((page) => page.network === network)),
    pages,
  };
}

async function rankOrganisations(
  register: Register,
  facts: PeriodFacts,
  leagues: LeagueTable,
  rules: Rules,
  weights: Weights,
): Promise<Map<number, RankedOrganisation>> {
  const candidates = await mapYielding(register.organisations, (organisation) => {
    const member = leagues.membership.get(organisation.id);
    if (!member) return [];
    const scope = selectMeasuredPages(organisation, register);
    const context = buildStatusContext(organisation, facts.period, rules);
    const statusInputs = new Map(
      scope.pages.map((page) => [page.id, buildPageStatusInput(page, facts, context, rules.today)] as const),
    );
    const measures = computeMeasures(scope, statusInputs, facts, context, rules);
    const networks = scope.networks.map((network) => {
      if (scope.networks.length === 1) return [network, measures] as const;
      const pages = scope.pages.filter((page) => page.network === network);
      const inNetwork = { ...scope, networks: [network], pages };
      return [network, computeMeasures(inNetwork, statusInputs, facts, context, rules)] as const;
    });
    return [
      {
        scope,
        context,
        statusInputs,
        measures,
        networks: Object.fromEntries(networks),
        league: member.league,
        leagueBySubscriptions: member.basis === 'subscriptions' || member.basis === 'unknown_size',
        facts: indexFactsOf(scope, facts, context, rules, measures.status),
      },
    ];
  });
  const rankedById = new Map<number, RankedOrganisation>();
  for (const league of Map.groupBy(candidates, (ranked) => ranked.league.id).values()) {
    for (const ranked of rankWithComparableReactions(league, facts, weights)) {
      rankedById.set(ranked.scope.organisationId, ranked);
    }
  }
  return rankedById;
}

function inOrder(rows: RankingEntry[], leagues: readonly League[]): RankingEntry[] {
  const order = new Map(leagues.map((league, index) => [league.id, index] as const));
  const leagueOrder = ({ row }: RankingEntry): number =>
    row.league ? (order.get(row.league.id) ?? leagues.length) : leagues.length + 1;
  return rows.sort(
    (one, other) =>
      leagueOrder(one) - leagueOrder(other) ||
      (one.row.place ?? 0) - (other.row.place ?? 0) ||
      one.row.organisation.name.localeCompare(other.row.organisation.name, 'ru') ||
      one.row.organisation.id - other.row.organisation.id,
  );
}
