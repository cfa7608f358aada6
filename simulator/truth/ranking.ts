import type { Period } from '../calendar.ts';
import type { Network, Organisation, Page } from '../world/types.ts';
import { countedOf, windowOf } from './counted.ts';
import { erViewOver, partsCompared } from './engagement.ts';
import { knownPosts, within } from './facts.ts';
import type { KnownPost } from './known-post.ts';
import { leaguesOf } from './leagues.ts';
import { growthOf, matureOf, medianViewsOf, numbersOf, type PartsByNetwork } from './measures.ts';
import { type Question, spanOf } from './rules.ts';
import { statusOf, type Verdict } from './status.ts';
import type { TruthComponents, TruthCounted, TruthRow, TruthStanding } from './types.ts';
import { weeksOf } from './weeks.ts';

const weights: Readonly<Record<keyof TruthComponents, number>> = {
  frequency: 30,
  regularity: 20,
  reach: 20,
  engagement: 20,
  growth: 10,
};
const networks: readonly Network[] = ['vk', 'telegram'];

/** An organisation's pages in one network. */
interface InNetwork {
  pages: readonly Page[];
  /** Mature posts of the period, and of the index window. */
  inPeriod: readonly KnownPost[];
  inWindow: readonly KnownPost[];
  reach: number | null;
  growth: number | null;
}

/** An organisation before it is compared with others. */
interface Candidate {
  organisation: Organisation;
  pages: readonly Page[];
  verdict: Verdict;
  counted: TruthCounted;
  /** Takes part in the ranks. */
  ranked: boolean;
  windowPosts: number;
  networks: Partial<Record<Network, InNetwork>>;
}

/** An organisation with what it is compared by. */
interface Placeable {
  row: TruthRow;
  candidate: Candidate;
  engagement: Partial<Record<Network, number | null>>;
}

function inNetwork(question: Question, pages: readonly Page[], period: Period): InNetwork {
  const window = windowOf(question, period);
  const known = pages.flatMap((page) => knownPosts(question, page));
  const inWindow = matureOf(question, within(known, window));
  const { subscribers, growthPercent } = growthOf(question, pages, window);
  const median = medianViewsOf(inWindow);
  return {
    pages,
    inPeriod: matureOf(question, within(known, period)),
    inWindow,
    reach: median === null || subscribers === null || subscribers === 0 ? null : median / subscribers,
    growth: growthPercent,
  };
}

function candidateOf(question: Question, organisation: Organisation, period: Period): Candidate {
  const pages = question.world.pagesOf(organisation.id);
  const window = windowOf(question, period);
  const verdict = statusOf(question, organisation, pages, period);
  const counted = countedOf(question, organisation, pages, window);
  const known = pages.flatMap((page) => knownPosts(question, page));
  const own = networks.filter((network) => pages.some((page) => page.network === network));
  return {
    organisation,
    pages,
    verdict,
    counted,
    ranked: verdict.status !== 'unknown' && verdict.status !== 'none' && counted.perWeek !== null,
    windowPosts: within(known, spanOf(question, organisation, window)).length,
    networks: Object.fromEntries(
      own.map((network) => [
        network,
        inNetwork(
          question,
          pages.filter((page) => page.network === network),
          period,
        ),
      ]),
    ),
  };
}

/** The parts of reactions that a league is compared over, in each network. */
function partsOf(league: readonly Candidate[], span: 'inPeriod' | 'inWindow'): PartsByNetwork {
  return Object.fromEntries(
    networks.map((network) => [
      network,
      partsCompared(
        league.map((one) => ({ ranked: one.ranked, mature: one.networks[network]?.[span] ?? [] })),
      ),
    ]),
  );
}

/** The rows of one league, without components and places. */
function rowsOf(question: Question, league: readonly Candidate[], name: string, period: Period): Placeable[] {
  const [inPeriod, inWindow] = [partsOf(league, 'inPeriod'), partsOf(league, 'inWindow')];
  return league.map((candidate) => {
    const { organisation, counted } = candidate;
    const standing = (pages: readonly Page[]): TruthStanding => ({
      ...numbersOf(question, organisation, pages, period, inPeriod),
      ...statusOf(question, organisation, pages, period),
      weeks: weeksOf(question, organisation, pages, period),
    });
    const own = Object.entries(candidate.networks) as [Network, InNetwork][];
    return {
      candidate,
      engagement: Object.fromEntries(
        own.map(([network, each]) => [network, erViewOver(each.inWindow, inWindow[network] ?? [])]),
      ),
      row: {
        ...standing(candidate.pages),
        networks: Object.fromEntries(own.map(([network, { pages }]) => [network, standing(pages)])),
        organisationId: organisation.id,
        name: organisation.name,
        league: name,
        window: windowOf(question, period),
        counted,
        components: { frequency: null, regularity: null, reach: null, engagement: null, growth: null },
        comparedParts: inWindow,
        index: null,
        place: null,
        placeTo: null,
        placeOf: null,
      },
    };
  });
}

/** 100 x (lower ones + half of the equal others) / others; alone or unknown: unknown. */
function percentile(value: number | null, all: readonly (number | null)[]): number | null {
  const known = all.filter((other) => other !== null);
  if (value === null || known.length < 2) {
    return null;
  }
  const below = known.filter((other) => other < value).length;
  const equal = known.filter((other) => other === value).length - 1;
  return (100 * (below + equal / 2)) / (known.length - 1);
}

function indexOf(components: TruthComponents): number | null {
  let total = 0;
  let weight = 0;
  for (const [name, share] of Object.entries(weights)) {
    const value = components[name as keyof TruthComponents];
    if (value !== null) {
      total += value * share;
      weight += share;
    }
  }
  return components.frequency === null ? null : Math.round(Number(((total / weight) * 10).toFixed(6))) / 10;
}

/** The percentiles of the networks in which an organisation has one, as their mean; `null` without any. */
function meanPercentile(
  own: Placeable,
  league: readonly Placeable[],
  valueIn: (one: Placeable, network: Network) => number | null | undefined,
): number | null {
  const percentiles = networks
    .map((network) =>
      percentile(
        valueIn(own, network) ?? null,
        league.map((one) => valueIn(one, network) ?? null),
      ),
    )
    .filter((value) => value !== null);
  return percentiles.length === 0
    ? null
    : percentiles.reduce((total, value) => total + value, 0) / percentiles.length;
}

function setComponents(league: readonly Placeable[]): void {
  const posting = league.filter(({ candidate }) => candidate.windowPosts > 0);
  for (const one of league) {
    const { row, candidate } = one;
    const { perWeek, norm, weeks, weeksAtNorm } = row.counted;
    const growth = meanPercentile(one, league, (each, network) => each.candidate.networks[network]?.growth);
    row.components =
      candidate.windowPosts === 0
        ? { frequency: 0, regularity: 0, reach: 0, engagement: 0, growth }
        : {
            frequency: perWeek === null ? null : 100 * Math.min(1, perWeek / norm),
            regularity: weeks === 0 ? null : (100 * weeksAtNorm) / weeks,
            reach: meanPercentile(one, posting, (each, network) => each.candidate.networks[network]?.reach),
            engagement: meanPercentile(one, posting, (each, network) => each.engagement[network]),
            growth,
          };
    row.index = indexOf(row.components);
  }
}

/** Those without a single post come after all others, whatever their index. */
function isBefore(one: Placeable, other: Placeable): boolean {
  const [posts, others] = [one.candidate.windowPosts, other.candidate.windowPosts];
  if ((posts === 0) !== (others === 0)) {
    return others === 0;
  }
  return (one.row.index ?? -1) > (other.row.index ?? -1);
}

function setPlaces(league: readonly Placeable[]): void {
  const placed = league.filter(({ row }) => row.index !== null);
  for (const one of placed) {
    const before = placed.filter((other) => isBefore(other, one)).length;
    const after = placed.filter((other) => isBefore(one, other)).length;
    one.row.place = before + 1;
    one.row.placeTo = placed.length - after;
    one.row.placeOf = placed.length;
  }
}

/** Every organisation of the world with its league, components, index and place, in the order of the world. */
export function rankingOf(question: Question, period: Period): TruthRow[] {
  const leagues = leaguesOf(question, period);
  const { organisations } = question.world;
  const candidates = organisations.map((organisation) => candidateOf(question, organisation, period));
  const found = new Map<number, TruthRow>();
  const byLeague = Map.groupBy(candidates, ({ organisation }) => leagues.get(organisation.id) ?? '');
  for (const [name, league] of byLeague) {
    const rows = rowsOf(question, league, name, period);
    const ranked = rows.filter(({ candidate }) => candidate.ranked);
    setComponents(ranked);
    setPlaces(ranked);
    for (const { row } of rows) {
      found.set(row.organisationId, row);
    }
  }
  return organisations.flatMap(({ id }) => found.get(id) ?? []);
}
