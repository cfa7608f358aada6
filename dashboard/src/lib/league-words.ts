import type { League } from '../../../analytics/types.ts';
import type { Formatter } from './format.ts';
import type { Locale } from './locale.ts';
import { m } from './paraglide/messages.js';
import { levelWords } from './vocabulary-words.ts';

/** Who is in a league: «членские организации, от 5 000 членов профсоюза»; the usual tier needs no word. */
export function leagueWords(
  league: Pick<League, 'level' | 'tier' | 'from' | 'to'>,
  format: Formatter,
): string {
  const { from, to } = league;
  const tier = { flagship: m.league_flagship(), active: '', card: m.league_card() }[league.tier];
  const size =
    from !== null && from > 0 && to !== null
      ? m.league_between({ from: format.whole(from), to: format.whole(to) })
      : from !== null && from > 0
        ? m.league_from({ from: format.whole(from) })
        : to !== null
          ? m.league_to({ to: format.whole(to) })
          : '';
  return [levelWords(league.level), tier, size].filter(Boolean).join(', ');
}

const letters = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ';

/** The name of a league in the reader's language: «Группа Б» is "Group B"; a name given by hand stays. */
export function leagueName(name: string, locale: Locale): string {
  const letter = /^Группа (\p{Lu})$/u.exec(name)?.[1];
  if (locale === 'ru' || letter === undefined || !letters.includes(letter)) return name;
  const place = letters.indexOf(letter);
  return `Group ${place < 26 ? String.fromCharCode(65 + place) : place + 1}`;
}
