import type { Weights } from '#domain/activity-index.ts';
import { components, pointsOf } from '#domain/activity-index.ts';
import { median } from '#domain/measures.ts';
import type { Norms } from '#domain/norms.ts';
import { countStatuses, knownSilent } from '#domain/status-counts.ts';
import { toOrganisationRef } from '../refs.ts';
import type { Mover, Movers, OverviewEvent, SilentOrganisation, SilentOrganisations } from './types.ts';
import type { RankingSummary } from '../ranking/stored/query-ranking-summaries.ts';

const isSilent = (status: string): status is SilentOrganisation['status'] =>
  status === 'stale' || status === 'dead';

const freshness = { yesterday: 0, week: 1, earlier: 2 } as const;

/**
 * Who is not updated as of now. `summaries` are of the running week, so that the status before is the one at the end of the
 * last full week. Newly silent is who was not silent then, or whose days passed the norm's bound within a week.
 */
export function silentOrganisations(
  summaries: readonly RankingSummary[],
  norms: Norms,
  limit: number,
): SilentOrganisations {
  const silent = summaries.flatMap(({ row, previousTotals }): SilentOrganisation[] => {
    const { status, daysSilent } = row;
    if (!isSilent(status)) return [];
    const over = daysSilent === null ? null : daysSilent - norms[row.organisation.tier].staleFrom;
    const isNew = previousTotals.all.status !== '' && !isSilent(previousTotals.all.status);
    return [
      {
        organisation: toOrganisationRef(row.organisation),
        status,
        daysSilent,
        lastPost: lastPostOf(row),
        since:
          over !== null && over <= 1 ? 'yesterday' : isNew || (over ?? 7) < 7 ? 'week' : ('earlier' as const),
      },
    ];
  });
  const statuses = countStatuses(summaries.map(({ row }) => row.status));
  return {
    organisations: silent
      .sort(
        (one, other) =>
          freshness[one.since] - freshness[other.since] ||
          (one.daysSilent ?? Infinity) - (other.daysSilent ?? Infinity) ||
          one.organisation.short.localeCompare(other.organisation.short, 'ru'),
      )
      .slice(0, limit),
    total: knownSilent(statuses),
    fresh: silent.filter(({ since }) => since !== 'earlier').length,
    before: knownSilent(
      countStatuses(summaries.flatMap(({ previousTotals }) => previousTotals.all.status || [])),
    ),
    statuses,
  };
}

/** Who moved in the week of the summaries; the index must have moved by this much for a component to be the cause. */
const leastPoints = 0.5;

/** The greatest movements up and down within the leagues, each with what moved the index most in that direction. */
export function findMovers(
  summaries: readonly RankingSummary[],
  weights: Weights,
  limit: number,
): Omit<Movers, 'period' | 'previous'> {
  const movers = summaries.flatMap(({ row, previousPlace }): Mover[] => {
    const { movement, place, placeOf } = row;
    if (!movement || place === null || previousPlace.place === null || placeOf === null) return [];
    return [
      {
        organisation: toOrganisationRef(row.organisation),
        league: row.league,
        movement,
        place,
        placeBefore: previousPlace.place,
        placeOf,
        index: row.index,
        indexBefore: previousPlace.index,
        cause: causeOf(row, previousPlace, Math.sign(movement), weights),
      },
    ];
  });
  const greatest = movers.sort(
    (one, other) =>
      Math.abs(other.movement) - Math.abs(one.movement) ||
      one.place - other.place ||
      one.organisation.short.localeCompare(other.organisation.short, 'ru'),
  );
  const up = greatest.filter(({ movement }) => movement > 0);
  const down = greatest.filter(({ movement }) => movement < 0);
  return {
    up: up.slice(0, limit),
    down: down.slice(0, limit),
    movedUp: up.length,
    movedDown: down.length,
    compared: summaries.filter(({ row, previousPlace }) => row.place !== null && previousPlace.place !== null)
      .length,
  };
}

function causeOf(
  row: RankingSummary['row'],
  previousPlace: RankingSummary['previousPlace'],
  direction: number,
  weights: Weights,
): Mover['cause'] {
  const [points, pointsBefore] = [
    pointsOf(row.components, weights),
    pointsOf(previousPlace.components, weights),
  ];
  const changes = components.flatMap((component) => {
    const [now, then] = [points[component], pointsBefore[component]];
    return now === null || then === null ? [] : [{ component, change: (now - then) * direction }];
  });
  const greatest = changes.sort((one, other) => other.change - one.change)[0];
  if (!greatest || greatest.change < leastPoints) return null;
  const { component } = greatest;
  return {
    component,
    before: previousPlace.components[component] ?? 0,
    after: row.components[component] ?? 0,
  };
}

/** Subscriptions that change by so many and by this share within a week are worth a look. */
const jump = { least: 50, share: 0.15 };
/** So many posts a week, and this many times the usual number. */
const burst = { least: 10, times: 3, weeks: 4 };

/** What was unusual in the last full week: leaps of subscriptions, bursts of posts. Greatest first. */
export function findUnusual(summaries: readonly RankingSummary[]): OverviewEvent[] {
  const jumps = summaries.flatMap(({ row }) => {
    const { growth, growthPercent } = row;
    const leaps =
      growth !== null &&
      growthPercent !== null &&
      Math.abs(growth) >= jump.least &&
      Math.abs(growthPercent) >= jump.share;
    return leaps
      ? [
          {
            kind: 'jump' as const,
            organisation: toOrganisationRef(row.organisation),
            growth,
            share: growthPercent,
          },
        ]
      : [];
  });
  const bursts = summaries.flatMap(({ row }) => {
    const earlier = row.weeks.slice(0, -1).filter((posts) => posts !== null);
    const usual = earlier.length < burst.weeks ? null : median(earlier);
    const { posts } = row;
    return usual !== null &&
      posts !== null &&
      posts >= burst.least &&
      posts >= burst.times * Math.max(usual, 1)
      ? [{ kind: 'burst' as const, organisation: toOrganisationRef(row.organisation), posts, usual }]
      : [];
  });
  return [
    ...jumps.sort((one, other) => Math.abs(other.growth) - Math.abs(one.growth)),
    ...bursts.sort((one, other) => other.posts - one.posts),
  ];
}

function lastPostOf({ pages }: RankingSummary['row']): string | null {
  return (
    pages
      .flatMap(({ lastPost }) => lastPost ?? [])
      .sort()
      .at(-1) ?? null
  );
}
