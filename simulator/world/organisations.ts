import type { Calendar, Day } from '../calendar.ts';
import { addDays } from '../calendar.ts';
import { type Random, randomFor } from '../random.ts';
import { branches } from '../texts/branches.ts';
import { menNames, menPatronymics, surnames, womenNames, womenPatronymics } from '../texts/names.ts';
import { nameOf } from './naming.ts';
import type { Level, Organisation, Person, Tier } from './types.ts';

/** What the organisations are made from. */
export interface OrganisationsRequest {
  seed: number;
  anchor: number;
  count: number;
  calendar: Calendar;
}

/** Tariff-free numbers that no operator gives out. */
function fictionalPhone(number: number): string {
  const digits = String(number).padStart(7, '0');
  return `+7 000 ${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5, 7)}`;
}

function makePerson(random: Random, number: number): Person {
  const surname = random.pick(surnames);
  const woman = random.chance(0.7);
  const feminine = surname.endsWith('их') || surname.endsWith('ых') ? surname : `${surname}а`;
  return {
    name: woman
      ? `${feminine} ${random.pick(womenNames)} ${random.pick(womenPatronymics)}`
      : `${surname} ${random.pick(menNames)} ${random.pick(menPatronymics)}`,
    email: `person${number}@example.org`,
    phone: fictionalPhone(number),
  };
}

function levelOf(index: number, count: number): Level {
  if (index === 0) {
    return 'federation';
  }
  const branchCount = Math.min(branches.length, Math.max(1, Math.round((count - 1) * 0.62)));
  if (index <= branchCount) {
    return 'branch';
  }
  const place = (index - branchCount - 1) % 17;
  if (place < 7) {
    return 'territorial';
  }
  return place < 9 ? 'united_primary' : 'primary';
}

function tierOf(level: Level, index: number): Tier {
  if (level === 'federation' || (level === 'branch' && index <= 5)) {
    return 'flagship';
  }
  return level === 'primary' ? 'card' : 'active';
}

function membersAt(level: Level, random: Random): number {
  switch (level) {
    case 'federation':
      return random.integer(160_000, 190_000);
    case 'branch':
      return Math.round(Math.exp(random.between(Math.log(400), Math.log(42_000))));
    case 'territorial':
      return random.integer(350, 6_500);
    case 'united_primary':
      return random.integer(600, 3_000);
    case 'primary':
      return random.integer(30, 900);
  }
}

/** The organisations of the world, the federation first; parents come before children. Ids are 1, 2, 3 ... */
export function makeOrganisations(request: OrganisationsRequest): Organisation[] {
  const { seed, anchor, count, calendar } = request;
  const year = calendar.dayOf(anchor).slice(0, 4);
  const lastYear = String(Number(year) - 1);
  const levels = Array.from({ length: count }, (_unused, index) => levelOf(index, count));
  const branchCount = Math.max(1, levels.filter((level) => level === 'branch').length);
  const taken = new Set<string>();
  const organisations = levels.map((level, index): Organisation => {
    const random = randomFor(seed, 'organisation', index);
    const members = membersAt(level, random);
    const before = Math.round(members * random.between(0.98, 1.06));
    const counted = level !== 'united_primary' || random.chance(0.5);
    const started: Day | null =
      index % 13 === 12 ? addDays(calendar.dayOf(anchor), -random.integer(40, 150)) : null;
    const pauseFrom = addDays(calendar.dayOf(anchor), -random.integer(60, 90));
    const chair = makePerson(random, index * 2 + 1);
    const naming = nameOf({ level, index, branchCount }, random, taken);
    taken.add(naming.name);
    return {
      id: index + 1,
      ...naming,
      level,
      tier: tierOf(level, index),
      members: counted
        ? [
            { on: `${lastYear}-01-01`, count: before },
            { on: `${year}-01-01`, count: members },
          ]
        : [],
      started,
      chair,
      responsible: random.chance(0.2) ? chair : makePerson(random, index * 2 + 2),
      pauses: [],
      ...(index % 11 === 7
        ? {
            pauses: [
              {
                from: pauseFrom,
                to: addDays(pauseFrom, random.integer(6, 16)),
                reason: 'Отпуск ответственного',
              },
            ],
          }
        : {}),
    };
  });
  return withVolunteers(organisations);
}

const nobody: Person = { name: '', email: '', phone: '' };

/** Here and there nobody is responsible; below the branches, one volunteer often keeps the pages of two organisations. */
function withVolunteers(organisations: readonly Organisation[]): Organisation[] {
  const changed: Organisation[] = [];
  for (const [index, organisation] of organisations.entries()) {
    const neighbour = changed.at(-1)?.responsible ?? nobody;
    const isBelow = organisation.level !== 'federation' && organisation.level !== 'branch';
    if (index % 9 === 5) changed.push({ ...organisation, responsible: nobody });
    else if (isBelow && index % 2 === 0 && neighbour.name !== '') {
      changed.push({ ...organisation, responsible: neighbour });
    } else changed.push(organisation);
  }
  return changed;
}
