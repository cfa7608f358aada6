import { defaultWeights } from '#domain/activity-index.ts';
import { pagesWithoutKey } from '#domain/networks/without-key.ts';
import { readFilters } from '../filters.ts';
import { askedPeriod, periodChoice, today } from './periods.ts';
import { rankingSeries } from './ranking-series.ts';
import { rankingView } from './ranking-view.ts';
import type { Reader } from './reader.ts';
import { seenLeaderboard } from './seen-leaderboard.ts';
import type { DashboardServices } from './services.ts';

/** Everything that the ranking shows, as its address asks for it and its reader may see it. */
export async function rankingScreen(services: DashboardServices, reader: Reader, url: URL) {
  const { analytics, collection, settings } = services;
  const filters = readFilters(url.searchParams);
  const day = today();
  const period = askedPeriod(filters, url, day);
  const request = {
    period,
    network: filters.network ?? undefined,
    level: filters.level ?? undefined,
    sector: filters.sector || undefined,
    league: filters.league || undefined,
    search: filters.search || undefined,
  };
  const ranking = await seenLeaderboard(services, reader, request);
  const within = reader.reach('numbers.read');
  const isUnnamed = within?.size === 0;
  return {
    filters,
    isEmpty: ranking.rows.length + ranking.others.length === 0,
    choice: periodChoice(period, day),
    view: rankingView(ranking, filters),
    isPart: (within?.size ?? 0) > 0,
    isUnnamed,
    isSummed: !isUnnamed || ![filters.level, filters.league, filters.sector, filters.search].some(Boolean),
    maySeeSilent: reader.may('silent.read'),
    series: rankingSeries(ranking),
    sectors: ranking.sectors,
    leagues: ranking.leagues,
    levels: [...new Set(ranking.leagues.map(({ level }) => level))],
    window: ranking.window,
    previous: ranking.previous,
    formulaVersion: ranking.formulaVersion,
    now: analytics.clock.now(),
    next: collection.next(),
    weights: analytics.weights ?? defaultWeights,
    withoutKey: pagesWithoutKey(ranking.coverage.registered, settings.networksWithoutKey),
  };
}
