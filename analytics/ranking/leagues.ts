import type { LeagueTable } from '#domain/league.ts';
import { assignLeagues } from '#domain/league.ts';
import { sumOfKnown } from '#domain/measures.ts';
import { startOfDay } from '#domain/period.ts';
import type { Register } from './period-facts.ts';
import { queryFirstSubscribers } from '../queries/first-subscribers.ts';
import type { RegisteredOrganisation } from '../queries/register.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day } from '../types.ts';

/** The dated series of union members of an organisation. */
export function membersOf(organisation: RegisteredOrganisation): { on: Day; count: number }[] {
  return organisation.membersOn.flatMap((on, index) => {
    const count = organisation.members[index];
    return count === undefined ? [] : [{ on, count }];
  });
}

/**
 * The leagues of the calendar year of a period's end. Organisations without any member count are sized by their first
 * subscriptions of that year.
 */
export async function loadLeagues(
  sources: AnalyticsSources,
  register: Register,
  periodEnd: Day,
): Promise<LeagueTable> {
  const needsSubscriptions = register.organisations.some((organisation) => organisation.members.length === 0);
  const newYear = startOfDay(`${periodEnd.slice(0, 4)}-01-01`, sources.zone);
  const first = needsSubscriptions
    ? await queryFirstSubscribers(sources.observations, newYear)
    : new Map<number, number>();
  return assignLeagues(
    register.organisations.map((organisation) => {
      const counts = (register.pagesOf.get(organisation.id) ?? []).flatMap(
        (page) => first.get(page.id) ?? [],
      );
      return {
        organisationId: organisation.id,
        level: organisation.level,
        tier: organisation.tier,
        members: membersOf(organisation),
        subscriptions: counts.length === 0 ? null : sumOfKnown(counts),
        handSet: organisation.league,
      };
    }),
    periodEnd,
  );
}
