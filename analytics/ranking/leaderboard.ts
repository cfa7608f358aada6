import { formulaVersion } from '#domain/activity-index.ts';
import { sumOfKnown } from '#domain/measures.ts';
import { periodOf, unitOf } from '#domain/period.ts';
import { countStatuses, knownSilent } from '#domain/status-counts.ts';
import { stemsOf } from '#domain/text/stems.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { Ranking, TotalParts } from './ranking.ts';
import { computeRanking } from './ranking.ts';
import { loadCoverage } from '../health/coverage.ts';
import { noMeasures } from './organisation-measures.ts';
import type { AnalyticsSources } from '../sources.ts';
import { readStoredRanking } from './stored/stored-ranking.ts';
import type { Leaderboard, LeaderboardRequest, LeaderboardRow, Totals } from '../types.ts';

/**
 * The ranking of a period, as a view asks for it. A calendar period that was stored by the last run, of the same inputs,
 * is read; anything else is computed. Filters choose rows, and never change index, percentile or place; with a network,
 * the measures are those in that network. Throws `PeriodError` for a period that cannot be one.
 */
export async function leaderboard(
  sources: AnalyticsSources,
  request: LeaderboardRequest,
): Promise<Leaderboard> {
  const period = periodOf(request.period.from, request.period.to);
  const [found, coverage] = await Promise.all([
    readOrComputeRanking(sources, { ...request, period }),
    loadCoverage(sources),
  ]);
  const { ranking, stored } = found;
  const shown = ranking.rows.filter(({ row }) => isShown(row, request));
  const key = request.network ?? 'all';
  const before = shown.flatMap(({ previousTotals }) => previousTotals?.[key] ?? []);
  const rows = shown.map(({ row }) => viewOf(row, request.network));
  return {
    period,
    unit: unitOf(period),
    previous: ranking.previous,
    zone: sources.zone,
    formulaVersion,
    window: ranking.window,
    computed: ranking.computed,
    stored,
    leagues: ranking.leagues,
    rows,
    totals: { ...totalsOf(rows, rows.length), growth: sumOfKnown(rows.map(({ growth }) => growth)) },
    previousTotals: before.length === 0 ? null : totalsOf(before, before.length),
    coverage,
    sectors: sectorsOf(ranking.rows.map(({ row }) => row)),
  };
}

/** A whole ranking: the stored one when it is of the current inputs, else computed. */
export async function readOrComputeRanking(
  sources: AnalyticsSources,
  { period }: Pick<LeaderboardRequest, 'period'>,
): Promise<{ ranking: Ranking; stored: boolean }> {
  const ranking = await readStoredRanking(sources, period);
  return ranking
    ? { ranking, stored: true }
    : { ranking: await computeRanking(sources, period), stored: false };
}

/** The sectors of these rows, by name. */
export function sectorsOf(rows: readonly LeaderboardRow[]): string[] {
  const sectors = new Set(
    rows.map(({ organisation }) => organisation.sector).filter((sector) => sector !== ''),
  );
  return [...sectors].sort((one, other) => one.localeCompare(other, 'ru'));
}

/** Whether the filters of a view leave a row. */
export function isShown(
  row: LeaderboardRow,
  request: Omit<LeaderboardRequest, 'period' | 'network'>,
): boolean {
  const { organisation } = row;
  return (
    (request.sector === undefined || organisation.sector === request.sector) &&
    (request.level === undefined || organisation.level === request.level) &&
    (request.league === undefined || row.league?.id === request.league) &&
    isFound(organisation, request.search ?? '')
  );
}

/** Whether every word looked for begins a word, or is a form of a word, of the organisation's names. */
function isFound(organisation: LeaderboardRow['organisation'], search: string): boolean {
  const names = `${organisation.name} ${organisation.short} ${organisation.municipality}`;
  const stems = stemsOf(names);
  const words = names.toLowerCase().replaceAll('ё', 'е');
  const wanted = search.toLowerCase().replaceAll('ё', 'е').split(/\s+/u).filter(Boolean);
  return wanted.every((word) => words.includes(word) || stemsOf(word).every((stem) => stems.includes(stem)));
}

function viewOf(row: LeaderboardRow, network: MeasuredNetwork | undefined): LeaderboardRow {
  if (network === undefined) return row;
  const measures = row.networks[network];
  return {
    ...row,
    ...(measures ?? { ...noMeasures, flags: [], weeks: [] }),
    networks: measures ? { [network]: measures } : {},
    pages: row.pages.filter((page) => page.network === network),
  };
}

/** What these rows sum up to. The statuses are those of the rows, so that filters narrow what is counted. */
export function totalsOf(parts: readonly Required<TotalParts>['all'][], organisations: number): Totals {
  return {
    organisations,
    posts: sumOfKnown(parts.map((part) => part.posts)),
    views: sumOfKnown(parts.map((part) => part.views)),
    subscribers: sumOfKnown(parts.map((part) => part.subscribers)),
    silent: knownSilent(countStatuses(parts.map((part) => part.status))),
  };
}
