import type { League } from '../../../analytics/types.ts';
import type { Formatter } from './format.ts';
import type { Locale } from './locale.ts';
import { m } from './paraglide/messages.js';
import { levelWords } from './vocabulary-words.ts';

/** Who is in a league: «членские организации, от 5 000 членов профсоюза». */
export function leagueWords(league: Pick<League, 'level' | 'from' | 'to'>, format: Formatter): string {
  const { from, to } = league;
  const size =
    from !== null && from > 0 && to !== null
      ? m.league_between({ from: format.whole(from), to: format.whole(to) })
      : from !== null && from > 0
        ? m.league_from({ from: format.whole(from) })
        : to !== null
          ? m.league_to({ to: format.whole(to) })
          : '';
  return [levelWords(league.level), size].filter(Boolean).join(', ');
}

const letters = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ';

/** The name of a league in the reader's language: «Группа Б» is "Group B"; a name given by hand stays. */
export function leagueName(name: string, locale: Locale): string {
  const letter = /^Группа (\p{Lu})$/u.exec(name)?.[1];
  if (locale === 'ru' || letter === undefined || !letters.includes(letter)) return name;
  const place = letters.indexOf(letter);
  return `Group ${place < 26 ? String.fromCharCode(65 + place) : place + 1}`;
}
