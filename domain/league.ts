import type { Day } from './period.ts';
import { levels, tiers } from './vocabulary.ts';
import type { Level, Tier } from './vocabulary.ts';
import { joinClasses, sizeClasses } from './league/size-classes.ts';
import { leagueNames } from './league/names.ts';

/** Organisations among which places are given. */
export interface League {
  /** Stable over the year, e.g. `branch:active:1000-5000`; set by hand `hand:` and its name. */
  id: string;
  /** «Членские организации, 2-я группа»: numbered within the level. */
  name: string;
  level: Level;
  tier: Tier;
  /** Union members: from (inclusive) to (exclusive); `null` is unbounded. */
  from: number | null;
  to: number | null;
  /** Organisations in it. */
  size: number;
}

/** What a league is chosen by. */
export interface LeagueFacts {
  organisationId: number;
  level: Level;
  tier: Tier;
  /** The dated series of union members, in any order. */
  members: readonly { on: Day; count: number }[];
  /** Subscriptions at the first snapshot of the league's year; for those without a member count. */
  subscriptions: number | null;
  /** The id of an automatic league or any name, set by hand; empty is automatic. */
  handSet: string;
}

/** By what an organisation came into its league. */
export type LeagueBasis = 'members' | 'subscriptions' | 'unknown_size' | 'hand';

export interface LeagueTable {
  /** In order of level, tier, size descending; those set by hand last. */
  leagues: League[];
  /** By organisation. */
  membership: Map<number, { league: League; basis: LeagueBasis }>;
}

/**
 * Leagues for the year of a period's end (`metrics.md`): the same level and tier, by size in union members at 1 January:
 * classes under 1,000, to 5,000, to 20,000 and above, neighbours joined until each has at least 5 or one is left.
 */
export function assignLeagues(organisations: readonly LeagueFacts[], periodEnd: Day): LeagueTable {
  const newYear = `${periodEnd.slice(0, 4)}-01-01`;
  const automatic: League[] = [];
  const membership: LeagueTable['membership'] = new Map();
  for (const level of levels) {
    for (const tier of tiers) {
      const same = organisations.filter(
        (one) => one.level === level && one.tier === tier && handSet(one) === '',
      );
      for (const { from, to, members } of joinClasses(same, (one) => sizeOf(one, newYear).size)) {
        const id = `${level}:${tier}:${from ?? 0}-${to ?? ''}`;
        const league: League = { id, name: '', level, tier, from, to, size: 0 };
        automatic.push(league);
        for (const one of members) {
          membership.set(one.organisationId, { league, basis: sizeOf(one, newYear).basis });
        }
      }
    }
  }
  const byHand = assignByHand(organisations, automatic, membership);
  for (const { league } of membership.values()) {
    league.size += 1;
  }
  const names = leagueNames(
    automatic.map(({ level }) => level),
    byHand.map(({ name }) => name),
  );
  automatic.forEach((league, index) => {
    league.name = names[index] ?? league.id;
  });
  return { leagues: [...automatic, ...byHand], membership };
}

/** The union members an organisation has at a day: the latest dated on or before it, else the earliest after. */
export function membersAt(members: LeagueFacts['members'], day: Day): { on: Day; count: number } | null {
  const sorted = [...members].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return sorted.filter(({ on }) => on <= day).at(-1) ?? sorted[0] ?? null;
}

/** The class a number of members falls into, before any joining. */
export function sizeClassOf(size: number): { from: number | null; to: number | null } {
  const found = sizeClasses.find(({ to }) => to === null || size < to);
  return { from: found?.from ?? null, to: found?.to ?? null };
}

function sizeOf(organisation: LeagueFacts, newYear: Day): { size: number; basis: LeagueBasis } {
  const members = membersAt(organisation.members, newYear);
  if (members !== null) {
    return { size: members.count, basis: 'members' };
  }
  return organisation.subscriptions === null
    ? { size: 0, basis: 'unknown_size' }
    : { size: organisation.subscriptions, basis: 'subscriptions' };
}

function handSet(organisation: LeagueFacts): string {
  return organisation.handSet.trim();
}

/** Puts those set by hand where they belong; returns the leagues that only exist by hand, in order of their names. */
function assignByHand(
  organisations: readonly LeagueFacts[],
  automatic: readonly League[],
  membership: LeagueTable['membership'],
): League[] {
  const byHand = new Map<string, League>();
  for (const organisation of organisations.filter((one) => handSet(one) !== '')) {
    const wanted = handSet(organisation);
    const { level, tier } = organisation;
    const known =
      automatic.find(({ id }) => id === wanted) ?? automatic.find((league) => holds(league, wanted));
    const id = `hand:${wanted.toLowerCase()}`;
    const league = known ??
      byHand.get(id) ?? { id, name: wanted, level, tier, from: null, to: null, size: 0 };
    if (known === undefined) {
      byHand.set(id, league);
    }
    membership.set(organisation.organisationId, { league, basis: 'hand' });
  }
  return [...byHand.values()].sort((a, b) => a.name.localeCompare(b.name, 'ru'));
}

/** Whether a league has taken in the class an id was given for (`branch:active:1000-5000` after joining). */
function holds(league: League, id: string): boolean {
  const parts = /^(\w+):(\w+):(\d+)-(\d*)$/u.exec(id);
  const from = Number(parts?.[3]);
  return (
    parts !== null &&
    parts[1] === league.level &&
    parts[2] === league.tier &&
    from >= (league.from ?? 0) &&
    (league.to === null || from < league.to)
  );
}
