import { redirect } from '@sveltejs/kit';
import { defaultWeights } from '#domain/activity-index.ts';
import { pagesWithoutKey } from '#domain/networks/without-key.ts';
import { hasFilters, readFilters } from '#lib/filters.ts';
import { askedPeriod, periodChoice, today } from '#lib/server/periods.ts';
import { rankingSeries } from '#lib/server/ranking-series.ts';
import { rankingView } from '#lib/server/ranking-view.ts';
import { seenLeaderboard } from '#lib/server/seen-leaderboard.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals }) => {
  const services = useServices();
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
  const { reader } = locals;
  const ranking = await seenLeaderboard(services, reader, request);
  if (ranking.rows.length === 0 && !hasFilters(filters) && reader.may('setup.read')) redirect(307, '/start');
  return {
    filters,
    choice: periodChoice(period, day),
    view: rankingView(ranking, filters),
    isPart: reader.reach('numbers.read') !== null,
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
};
