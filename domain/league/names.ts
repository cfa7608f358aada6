import type { Level } from '../vocabulary.ts';

/** The organisations of a level, as a group of them is headed. */
const levelNames: Record<Level, string> = {
  federation: 'Федерация',
  branch: 'Членские организации',
  territorial: 'Территориальные организации',
  united_primary: 'Объединённые первичные организации',
  primary: 'Первичные организации',
};

/**
 * Names for leagues of these levels, in their order: numbered within the level, «Членские организации, 2-я группа»; the only
 * one of a level goes without a number. Numbers are passed over that a name given by hand, in `taken`, has.
 */
export function leagueNames(leagueLevels: readonly Level[], taken: readonly string[]): string[] {
  const others = new Set(taken.map((name) => name.toLowerCase()));
  const numbers = new Map<Level, number>();
  return leagueLevels.map((level) => {
    const name = levelNames[level];
    const isAlone = leagueLevels.filter((each) => each === level).length === 1;
    if (isAlone && !others.has(name.toLowerCase())) return name;
    let number = (numbers.get(level) ?? 0) + 1;
    while (others.has(numbered(name, number).toLowerCase())) number += 1;
    numbers.set(level, number);
    return numbered(name, number);
  });
}

const numbered = (name: string, number: number): string => `${name}, ${number}-я группа`;
