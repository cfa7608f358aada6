import type { Period } from '../calendar.ts';
import type { Organisation } from '../world/types.ts';
import { countedOf, windowOf } from './counted.ts';
import { knownPosts, within } from './facts.ts';
import { leaguesOf } from './leagues.ts';
import { erViewOf, growthOf, matureOf, medianViewsOf, numbersOf } from './measures.ts';
import { type Question, spanOf } from './rules.ts';
import { statusOf } from './status.ts';
import type { TruthComponents, TruthRow } from './types.ts';

const weights: Readonly<Record<keyof TruthComponents, number>> = {
  frequency: 30,
  regularity: 20,
  reach: 20,
  engagement: 20,
  growth: 10,
};

interface Candidate {
  row: TruthRow;
  windowPosts: number;
  reach: number | null;
  engagement: number | null;
  growth: number | null;
}

function candidateOf(
  question: Question,
  organisation: Organisation,
  period: Period,
  league: string,
): Candidate {
  const pages = question.world.pagesOf(organisation.id);
  const window = windowOf(question, period);
  const span = spanOf(question, organisation, window);
  const known = pages.flatMap((page) => knownPosts(question, page));
  const mature = matureOf(question, within(known, window));
  const { subscribers, growthPercent } = growthOf(question, pages, window);
  const median = medianViewsOf(mature);
  return {
    row: {
      ...numbersOf(question, organisation, pages, period),
      ...statusOf(question, organisation, pages, period),
      organisationId: organisation.id,
      name: organisation.name,
      league,
      window,
      counted: countedOf(question, organisation, pages, window),
      components: { frequency: null, regularity: null, reach: null, engagement: null, growth: null },
      index: null,
      place: null,
      placeTo: null,
      placeOf: null,
    },
    windowPosts: within(known, span).length,
    reach: median === null || subscribers === null || subscribers === 0 ? null : median / subscribers,
    engagement: erViewOf(mature),
    growth: growthPercent,
  };
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

function setComponents(league: readonly Candidate[]): void {
  const posting = league.map((one) =>
    one.windowPosts === 0 ? { ...one, reach: null, engagement: null } : one,
  );
  for (const { row, windowPosts, reach, engagement, growth } of league) {
    const { perWeek, norm, weeks, weeksAtNorm } = row.counted;
    const growthRank = percentile(
      growth,
      league.map((other) => other.growth),
    );
    row.components =
      windowPosts === 0
        ? { frequency: 0, regularity: 0, reach: 0, engagement: 0, growth: growthRank }
        : {
            frequency: perWeek === null ? null : 100 * Math.min(1, perWeek / norm),
            regularity: weeks === 0 ? null : (100 * weeksAtNorm) / weeks,
            reach: percentile(
              reach,
              posting.map((other) => other.reach),
            ),
            engagement: percentile(
              engagement,
              posting.map((other) => other.engagement),
            ),
            growth: growthRank,
          };
    row.index = indexOf(row.components);
  }
}

/** Those without a single post come after all others, whatever their index. */
function isBefore(one: Candidate, other: Candidate): boolean {
  if ((one.windowPosts === 0) !== (other.windowPosts === 0)) {
    return other.windowPosts === 0;
  }
  return (one.row.index ?? -1) > (other.row.index ?? -1);
}

function setPlaces(league: readonly Candidate[]): void {
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
  const candidates = question.world.organisations.map((organisation) =>
    candidateOf(question, organisation, period, leagues.get(organisation.id) ?? ''),
  );
  for (const league of Map.groupBy(candidates, ({ row }) => row.league).values()) {
    const standing = league.filter(
      ({ row }) => row.status !== 'unknown' && row.status !== 'none' && row.counted.perWeek !== null,
    );
    setComponents(standing);
    setPlaces(standing);
  }
  return candidates.map(({ row }) => row);
}
