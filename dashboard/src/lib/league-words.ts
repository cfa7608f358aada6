import type { League } from '../../../analytics/types.ts';
import type { Formatter } from './format.ts';
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
