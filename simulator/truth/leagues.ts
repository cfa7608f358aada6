import type { Period } from '../calendar.ts';
import type { Organisation } from '../world/types.ts';
import type { Question } from './rules.ts';
import { subscribersSeen } from './visibility.ts';

interface SizeClass {
  from: number;
  to: number | null;
  organisations: Organisation[];
}

const bounds: readonly (readonly [number, number | null])[] = [
  [0, 1000],
  [1000, 5000],
  [5000, 20_000],
  [20_000, null],
];

/** Union members on 1 January of the year, else subscriptions at the year's first look, else 0. */
function sizeOf(question: Question, organisation: Organisation, year: string): number {
  const registered = question.world.calendar.dayOf(question.registered);
  const known =
    question.knows === 'world'
      ? organisation.members
      : organisation.members.filter(({ on }) => on <= registered).slice(-1);
  const counted = known.filter(({ on }) => on <= `${year}-01-01`).at(-1) ?? known[0];
  if (counted) {
    return counted.count;
  }
  const { calendar } = question.world;
  const first = question.looks.find((look) => calendar.dayOf(look) >= `${year}-01-01`);
  return question.world
    .pagesOf(organisation.id)
    .map((page) => (first === undefined ? null : subscribersSeen(question, page, first)))
    .reduce<number>((total, count) => total + (count ?? 0), 0);
}

/** Joins the smallest class with its smaller neighbour until each has five. */
function joined(classes: SizeClass[]): SizeClass[] {
  let current = classes;
  while (current.length > 1) {
    const sizes = current.map(({ organisations }) => organisations.length);
    const least = Math.min(...sizes);
    if (least >= 5) {
      break;
    }
    const index = sizes.indexOf(least);
    const below = sizes[index - 1] ?? Infinity;
    const above = sizes[index + 1] ?? Infinity;
    const lower = below <= above ? index - 1 : index;
    current = current.flatMap((one, position): SizeClass[] => {
      const next = current[lower + 1];
      if (position === lower && next) {
        return [
          { from: one.from, to: next.to, organisations: [...one.organisations, ...next.organisations] },
        ];
      }
      return position === lower + 1 ? [] : [one];
    });
  }
  return current;
}

/** The league of every organisation for the year of the period's end. */
export function leaguesOf(question: Question, period: Period): Map<number, string> {
  const year = period.to.slice(0, 4);
  const groups = Map.groupBy(question.world.organisations, ({ level, tier }) => `${level}:${tier}`);
  const found = new Map<number, string>();
  for (const [group, organisations] of groups) {
    const classes = bounds.map(([from, to]) => ({
      from,
      to,
      organisations: organisations.filter((organisation) => {
        const size = sizeOf(question, organisation, year);
        return size >= from && (to === null || size < to);
      }),
    }));
    for (const one of joined(classes)) {
      for (const organisation of one.organisations) {
        found.set(organisation.id, `${group}:${one.from}-${one.to ?? ''}`);
      }
    }
  }
  return found;
}
