import { addDays, startOfDay } from '#domain/period.ts';
import type { Register } from '../ranking/period-facts.ts';
import type { DaySubscriptions, GrowthTarget } from './growth-target.ts';
import { targetProgress, weeklyPace } from './growth-target.ts';
import type { FederationGrowth } from './types.ts';
import { queryNewestLooks } from '../queries/newest-looks.ts';
import { querySubscriberDays } from '../queries/subscriber-days.ts';
import { toOrganisationRef, toPageRef } from '../refs.ts';
import type { AnalyticsSources } from '../sources.ts';
import { isMeasured } from '../status/inputs.ts';
import type { Day } from '../types.ts';

/** How far back the line goes when no target asks for more: the weeks of the index. */
const lineDays = 91;
/** A count stands for the two days after it, as at the bounds of a period. */
const carriedDays = 2;

/** How the federation's own pages have grown, and how they stand against the target that was set. */
export async function federationGrowth(
  sources: AnalyticsSources,
  register: Register,
  asked: { today: Day; target: GrowthTarget | null },
): Promise<FederationGrowth> {
  const { today, target } = asked;
  const organisations = register.organisations.filter(({ level }) => level === 'federation');
  const pages = organisations.flatMap(({ id }) => register.pagesOf.get(id) ?? []).filter(isMeasured);
  const pageIds = pages.map(({ id }) => id);
  const from = [target?.from ?? today, addDays(today, -lineDays)].sort()[0] ?? today;
  const [seen, newest] = await Promise.all([
    querySubscriberDays(sources.observations, {
      pageIds,
      // A count before the first day stands for it, too.
      from: startOfDay(addDays(from, -carriedDays), sources.zone),
      to: new Date(sources.clock.now().getTime() + 1),
      zone: sources.zone,
    }),
    queryNewestLooks(sources.observations, pageIds),
  ]);
  const series = Map.groupBy(seen, ({ pageId }) => pageId);
  const rounded = [...newest.values()].some(({ precision }) => precision === 'rounded');
  const points = subscriptionsByDay([...series.values()]);
  return {
    organisations: organisations.map(toOrganisationRef),
    pages: pages.map((page) => {
      const own = series.get(page.id);
      const look = newest.get(page.id);
      return {
        ...toPageRef(page),
        count: look?.subscribers ?? null,
        precision: look?.precision || null,
        first: own?.[0]?.day ?? null,
        last: own?.at(-1)?.day ?? null,
      };
    }),
    points,
    rounded,
    target,
    progress: target && targetProgress(points, target, today),
    pace: rounded ? null : weeklyPace(points),
  };
}

/**
 * Subscriptions on each day on which some page was seen: the sum over the pages that are counted then, each known that
 * day or at most two days before. A page is counted from its first count to two days after its last; while it is, and is
 * not known, the day is left out rather than be wrong.
 */
export function subscriptionsByDay(
  series: readonly (readonly { day: Day; count: number }[])[],
): DaySubscriptions[] {
  const days = [...new Set(series.flatMap((points) => points.map(({ day }) => day)))].sort();
  return days.flatMap((day) => {
    const counted = series.filter((points) => {
      const [first, last] = [points[0], points.at(-1)];
      return first && last && first.day <= day && day <= addDays(last.day, carriedDays);
    });
    const counts = counted.map((points) => {
      const known = points.findLast((point) => point.day <= day);
      return known && day <= addDays(known.day, carriedDays) ? known.count : null;
    });
    const count = counts.reduce<number>((sum, known) => sum + (known ?? 0), 0);
    return counts.includes(null) ? [] : [{ day, count, pages: counted.length }];
  });
}
