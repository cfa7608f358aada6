import type { Weights } from '../../domain/activity-index.ts';
import { defaultWeights, movementOf } from '../../domain/activity-index.ts';
import type { LeagueTable } from '../../domain/league.ts';
import { previousPeriod, unitOf } from '../../domain/period.ts';
import type { MeasuredNetwork } from '../../domain/vocabulary.ts';
import { measuredNetworks } from '../../domain/vocabulary.ts';
import { rankCompared } from './comparable-reactions.ts';
import type { PeriodFacts, Register } from './period-inputs.ts';
import { gatherFacts, gatherRegister } from './period-inputs.ts';
import { indexFactsOf } from './index-inputs.ts';
import { leaguesFor } from './leagues.ts';
import type { MeasuredPages } from './organisation-measures.ts';
import { measuresOf } from './organisation-measures.ts';
import type { RegisteredOrganisation } from '../queries/register.ts';
import { rowOf } from './ranking-row.ts';
import type { Standing } from './ranked-organisation.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Rules } from '../status/inputs.ts';
import { isMeasured, pageFactsOf, rulesOf, statusContextOf } from '../status/inputs.ts';
import { mapInTurns } from '../yielding.ts';
import type { Components, LeaderboardRow, League, Measures, Period } from '../types.ts';

/** What totals are made of, of an organisation over all its pages and by network. */
export type TotalParts = Partial<
  Record<MeasuredNetwork | 'all', Pick<Measures, 'posts' | 'views' | 'subscribers' | 'status'>>
>;

/** A row, and what the organisation brought to the totals of the period before. */
export interface BoardRow {
  row: LeaderboardRow;
  previous: TotalParts | null;
  /** Where it stood in the same league at the end of the period before; `null` when it had no place there. */
  before: EarlierPlace | null;
}

/** A place of the period before, and what the index was made of. */
export interface EarlierPlace {
  place: number;
  placeTo: number;
  index: number | null;
  components: Components;
}

/** A whole ranking, before any filter of a view. */
export interface Board {
  period: Period;
  previous: Period;
  window: Period;
  computed: Date;
  leagues: League[];
  /** In order of league, then place, then those outside the places. */
  rows: BoardRow[];
}

/** Computes the whole ranking of a period from the observations. */
export async function computeBoard(sources: AnalyticsSources, period: Period): Promise<Board> {
  const [board] = await computeBoards(sources, [period]);
  if (!board) throw new Error('A ranking was asked for and none computed.');
  return board;
}

/** Computes the rankings of several periods, one after the other so that memory stays bounded. */
export async function computeBoards(sources: AnalyticsSources, periods: Period[]): Promise<Board[]> {
  const register = await gatherRegister(sources);
  const rules = rulesOf(sources);
  const weights = sources.weights ?? defaultWeights;
  const boards: Board[] = [];
  for (const period of periods) {
    const previous = previousPeriod(period, unitOf(period));
    const [facts, factsBefore] = await gatherFacts(sources, register, [period, previous]);
    if (!facts || !factsBefore) continue;
    const [leagues, leaguesBefore] = await Promise.all([
      leaguesFor(sources, register, period.to),
      leaguesFor(sources, register, previous.to),
    ]);
    const standings = await standingsOf(register, facts, leagues, rules, weights);
    const before = await standingsOf(register, factsBefore, leaguesBefore, rules, weights);
    const rows = await mapInTurns(register.organisations, (organisation) => {
      const standing = standings.get(organisation.id);
      const earlier = before.get(organisation.id);
      if (!standing) return [];
      const row = rowOf(organisation, standing, { facts, rules, weights });
      row.movement = movementOf(placeOf(standing), earlier ? placeOf(earlier) : null);
      return [
        {
          row,
          previous: earlier ? totalParts(earlier) : null,
          before: earlier && row.movement !== null ? earlierPlaceOf(earlier) : null,
        },
      ];
    });
    boards.push({
      period,
      previous,
      window: facts.window.period,
      computed: rules.now,
      leagues: leagues.leagues,
      rows: inOrder(rows, leagues.leagues),
    });
  }
  return boards;
}

function placeOf(standing: Standing): { leagueId: string; place: number | null } {
  return { leagueId: standing.league.id, place: standing.result.place };
}

function earlierPlaceOf({ result }: Standing): EarlierPlace | null {
  const { place, index, components } = result;
  return place === null ? null : { place, placeTo: result.placeTo ?? place, index, components };
}

function totalParts({ measures, networks }: Standing): TotalParts {
  const parts = ({ posts, views, subscribers, status }: Measures) => ({ posts, views, subscribers, status });
  return Object.fromEntries([
    ['all', parts(measures)],
    ...Object.entries(networks).map(([network, each]) => [network, parts(each)] as const),
  ]);
}

/** The organisation's pages that are read, over all networks. */
export function measuredPagesOf(organisation: RegisteredOrganisation, register: Register): MeasuredPages {
  const pages = (register.pagesOf.get(organisation.id) ?? []).filter(isMeasured);
  return {
    organisationId: organisation.id,
    networks: measuredNetworks.filter((network) => pages.some((page) => page.network === network)),
    pages,
  };
}

async function standingsOf(
  register: Register,
  facts: PeriodFacts,
  leagues: LeagueTable,
  rules: Rules,
  weights: Weights,
): Promise<Map<number, Standing>> {
  const unranked = await mapInTurns(register.organisations, (organisation) => {
    const member = leagues.membership.get(organisation.id);
    if (!member) return [];
    const asked = measuredPagesOf(organisation, register);
    const context = statusContextOf(organisation, facts.period, rules);
    const judged = new Map(
      asked.pages.map((page) => [page.id, pageFactsOf(page, facts, context, rules.today)] as const),
    );
    const measures = measuresOf(asked, judged, facts, context, rules);
    const networks = asked.networks.map((network) => {
      if (asked.networks.length === 1) return [network, measures] as const;
      const pages = asked.pages.filter((page) => page.network === network);
      const inNetwork = { ...asked, networks: [network], pages };
      return [network, measuresOf(inNetwork, judged, facts, context, rules)] as const;
    });
    return [
      {
        asked,
        context,
        judged,
        measures,
        networks: Object.fromEntries(networks),
        league: member.league,
        leagueBySubscriptions: member.basis === 'subscriptions' || member.basis === 'unknown_size',
        facts: indexFactsOf(asked, facts, context, rules, measures.status),
      },
    ];
  });
  const standings = new Map<number, Standing>();
  for (const league of Map.groupBy(unranked, (standing) => standing.league.id).values()) {
    for (const standing of rankCompared(league, facts, weights)) {
      standings.set(standing.asked.organisationId, standing);
    }
  }
  return standings;
}

function inOrder(rows: BoardRow[], leagues: readonly League[]): BoardRow[] {
  const order = new Map(leagues.map((league, index) => [league.id, index] as const));
  const leagueOrder = ({ row }: BoardRow): number =>
    row.league ? (order.get(row.league.id) ?? leagues.length) : leagues.length + 1;
  return rows.sort(
    (one, other) =>
      leagueOrder(one) - leagueOrder(other) ||
      (one.row.place ?? 0) - (other.row.place ?? 0) ||
      one.row.organisation.name.localeCompare(other.row.organisation.name, 'ru') ||
      one.row.organisation.id - other.row.organisation.id,
  );
}
