/** Letters that can stand for a league: those a list in Russian is lettered with. */
const letters = [...'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ'];

/**
 * Names for that many leagues: «Группа А», «Группа Б» and so on, «Группа АА» after the alphabet; without those that are
 * taken by leagues named by hand.
 */
export function leagueNames(count: number, taken: readonly string[]): string[] {
  const others = new Set(taken.map((name) => name.toLowerCase()));
  const names: string[] = [];
  for (let number = 0; names.length < count; number += 1) {
    const name = `Группа ${lettersOf(number)}`;
    if (!others.has(name.toLowerCase())) {
      names.push(name);
    }
  }
  return names;
}

function lettersOf(number: number): string {
  const last = letters[number % letters.length] ?? '';
  return number < letters.length ? last : lettersOf(Math.floor(number / letters.length) - 1) + last;
}
