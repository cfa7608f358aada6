import type { SharedView } from '#accounts/share-links.ts';
import { readFilters, type RankingFilters } from './filters.ts';
import { groupLabel } from './silent-labels.ts';
import { readSilentFilters } from './silent-filters.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { levelLabel, networkLabel } from '#wording/vocabulary-labels.ts';

/** A view as the list of links names it: its organisation's name where it is of one. */
export type NamedView = SharedView & { organisation: string };

/** What a link shows, in some words: the view, its days, and what it is narrowed to. */
export function sharedViewText({ view, query, organisation }: NamedView, format: Formatter): string {
  const address = new URLSearchParams(query);
  switch (view) {
    case 'overview':
      return m.nav_overview();
    case 'organisation':
      return [organisation, periodText(readFilters(address), format)].join(', ');
    case 'ranking': {
      const filters = readFilters(address);
      return [m.nav_ranking(), periodText(filters, format), ...narrowedTo(filters)].join(', ');
    }
    case 'silent': {
      const { group, council, ...filters } = readSilentFilters(address);
      const shown = group === null ? [] : [groupLabel(group)];
      return [m.nav_silent(), ...shown, ...narrowedTo(filters), council].filter(Boolean).join(', ');
    }
  }
}

/** Days that were said; without them the newest period of a kind, whenever it is looked at. */
function periodText({ period, unit }: Pick<RankingFilters, 'period' | 'unit'>, format: Formatter): string {
  if (period) return format.days(period.from, period.to);
  return {
    week: m.share_last_week,
    month: m.share_last_month,
    quarter: m.share_last_quarter,
    year: m.share_this_year,
  }[unit]();
}

function narrowedTo({
  network,
  level,
  sector,
  league,
  search,
}: Pick<RankingFilters, 'network' | 'level' | 'sector' | 'league' | 'search'>): string[] {
  return [
    network === null ? '' : networkLabel(network),
    level === null ? '' : levelLabel(level),
    sector,
    league === '' ? '' : m.share_one_league(),
    search === '' ? '' : m.share_search({ text: search }),
  ].filter(Boolean);
}
