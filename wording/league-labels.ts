import type { League } from '#analytics/types.ts';
import { levels, type Level } from '#domain/vocabulary.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import { levelLabel } from './vocabulary-labels.ts';

/** What the organisations of a league have in common within its level: «повышенная норма, от 5 000 членов профсоюза»; `''` for all of the usual norm, and for those put together by hand. */
export function leagueLabel(league: Pick<League, 'id' | 'tier' | 'from' | 'to'>, format: Formatter): string {
  const { id, from, to } = league;
  if (levelOf(id) === undefined) return '';
  const tier = { flagship: m.league_flagship(), active: '', card: m.league_card() }[league.tier];
  const size =
    from !== null && from > 0 && to !== null
      ? m.league_between({ from: format.whole(from), to: format.whole(to) })
      : from !== null && from > 0
        ? m.league_from({ from: format.whole(from) })
        : to !== null
          ? m.league_to({ to: format.whole(to) })
          : '';
  return [tier, size].filter(Boolean).join(', ');
}

/** The name of a league in the reader's language: «Членские организации, 2-я группа»; a name given by hand stays as it is. */
export function leagueName({ id, name }: Pick<League, 'id' | 'name'>): string {
  const level = levelOf(id);
  if (!level) return name;
  const number = /, (\d+)-я группа$/u.exec(name)?.[1];
  return number === undefined ? headLabel(level) : m.league_numbered({ level: headLabel(level), number });
}

/** The name and what it means, for a list to choose from: «Членские организации, 2-я группа: от 5 000 членов профсоюза». */
export function leagueTitle(league: League, format: Formatter): string {
  return [leagueName(league), leagueLabel(league, format)].filter(Boolean).join(': ');
}

const levelOf = (id: string): Level | undefined => levels.find((each) => id.startsWith(`${each}:`));

const headLabel = (level: Level): string => {
  const words = level === 'primary' ? m.league_primary() : levelLabel(level);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};
