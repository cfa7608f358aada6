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
 * What tells the leagues as of a day, in the calendar year of which it lies: each day, and each question, once.
 * Organisations without any member count are sized by their first subscriptions of that year.
 */
export function rememberLeagues(
  sources: AnalyticsSources,
  register: Register,
): (day: Day) => Promise<LeagueTable> {
  const needsSubscriptions = register.organisations.some((organisation) => organisation.members.length === 0);
  const ofYears = new Map<string, Promise<Map<number, number>>>();
  const tables = new Map<Day, Promise<LeagueTable>>();
  const recall = <Value>(known: Map<string, Promise<Value>>, key: string, load: () => Promise<Value>) => {
    const value = known.get(key) ?? load();
    known.set(key, value);
    return value;
  };
  const firstOf = async (year: string): Promise<Map<number, number>> =>
    needsSubscriptions
      ? await queryFirstSubscribers(sources.observations, startOfDay(`${year}-01-01`, sources.zone))
      : new Map<number, number>();
  return (day) =>
    recall(tables, day, async () => {
      const year = day.slice(0, 4);
      return assign(register, day, await recall(ofYears, year, () => firstOf(year)));
    });
}

/** The leagues of the calendar year of a period's end, as `rememberLeagues` tells them. */
export async function loadLeagues(
  sources: AnalyticsSources,
  register: Register,
  periodEnd: Day,
): Promise<LeagueTable> {
  return await rememberLeagues(sources, register)(periodEnd);
}

function assign(register: Register, day: Day, first: ReadonlyMap<number, number>): LeagueTable {
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
    day,
  );
}
