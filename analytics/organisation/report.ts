import { formulaVersion } from '#domain/activity-index.ts';
import { median } from '#domain/measures.ts';
import { addDays, calendarPeriod, endOfDay, isoWeeks, periodOf, startOfDay, unitOf } from '#domain/period.ts';
import { measuredNetworks } from '#domain/vocabulary.ts';
import { loadCoveredDays, isCovered, knownDays } from '../status/covered-days.ts';
import { readOrComputeRanking } from '../ranking/leaderboard.ts';
import type { DayCell } from '../queries/day-cells.ts';
import { queryDayCells } from '../queries/day-cells.ts';
import { queryEvents } from '../queries/events.ts';
import { queryHours } from '../queries/hours.ts';
import { queryOrganisations, queryPages } from '../queries/register.ts';
import { querySubscriberDays } from '../queries/subscriber-days.ts';
import { queryWeeklyViews } from '../queries/weekly-views.ts';
import { dailyPosts, hourTable, weeklyPosts } from '../ranking/series.ts';
import { toPageRef } from '../refs.ts';
import type { AnalyticsSources } from '../sources.ts';
import { isMeasured, buildRules } from '../status/inputs.ts';
import { topPosts } from './top-posts.ts';
import type { Measures, OrganisationReport, Period } from '../types.ts';

const topPostCount = 10;

/** An organisation that is not registered; the message says which id was asked for. */
export class OrganisationUnknown extends Error {
  override readonly name = 'OrganisationUnknown';

  constructor(id: number) {
    super(`No organisation has the id ${id}: look it up in the list of organisations.`);
  }
}

/**
 * Everything the organisation's screen shows of a period. Its row is the one of the ranking. Throws `OrganisationUnknown`,
 * or `PeriodError` for a period that cannot be one.
 */
export async function organisationReport(
  sources: AnalyticsSources,
  id: number,
  asked: Period,
): Promise<OrganisationReport> {
  const period = periodOf(asked.from, asked.to);
  const { observations, zone } = sources;
  const { ranking } = await readOrComputeRanking(sources, { period });
  const row = ranking.rows.find((each) => each.row.organisation.id === id)?.row;
  if (!row) throw new OrganisationUnknown(id);
  const [organisations, allPages] = await Promise.all([
    queryOrganisations(observations),
    queryPages(observations),
  ]);
  const pages = allPages.filter(isMeasured).filter((page) => page.organisationId === id);
  const pageIds = pages.map((page) => page.id);
  const { today, historyFrom } = buildRules(sources);
  const bounds = { from: startOfDay(period.from, zone), to: endOfDay(period.to, zone) };
  // A line of one week says nothing: it begins with the index window when that is earlier.
  const lineFrom = startOfDay([period.from, ranking.window.from].sort()[0] ?? period.from, zone);
  const year = { from: addDays(period.to, -364), to: period.to };
  const weeks = wholeWeeks(ranking.window.from < period.from ? ranking.window : period).filter(
    (week) => week.from <= today,
  );
  const first = [year.from, weeks[0]?.from ?? year.from].sort()[0] ?? year.from;
  const [cells, subscribers, hours, views, events, posts, covered] = await Promise.all([
    queryDayCells(observations, first, period.to, pageIds),
    querySubscriberDays(observations, { pageIds, from: lineFrom, to: bounds.to, zone }),
    queryHours(observations, { pageIds, ...bounds, zone }),
    queryWeeklyViews(observations, { pageIds, from: first, to: period.to }),
    queryEvents(observations, pageIds, bounds.from, bounds.to),
    topPosts(sources, { pageIds, ...bounds, limit: topPostCount }),
    loadCoveredDays(sources, pages),
  ]);
  const own: DayCell[][] = pageIds.map((pageId) => cells.get(pageId) ?? []);
  const started = organisations.find((organisation) => organisation.id === id)?.started ?? null;
  const known = knownDays(pages, covered, { historyFrom, started });
  const counts = weeklyPosts(own, weeks, known);
  const peers = ranking.rows
    .map((each) => each.row)
    .filter((each) => row.league && each.league?.id === row.league.id);
  return {
    period,
    unit: unitOf(period),
    zone,
    formulaVersion,
    row,
    leagueMedians: mediansOf(peers),
    networkMedians: Object.fromEntries(
      measuredNetworks.map((network) => [
        network,
        mediansOf(peers.flatMap(({ networks }) => networks[network] ?? [])),
      ]),
    ),
    leagueSize: peers.length,
    subscribers: pages.map((page) => ({
      page: toPageRef(page),
      points: subscribers
        .filter(({ pageId }) => pageId === page.id)
        .map(({ day, count }) => ({ day, count })),
    })),
    calendar: dailyPosts(own, year, known),
    hours: hours.length > 0 || isCovered(pages, period, covered) ? hourTable(hours) : null,
    weeks: weeks.map((week, index) => ({
      from: week.from,
      posts: counts[index] ?? null,
      views: views.get(week.from) ?? null,
    })),
    topPosts: posts,
    events,
  };
}

/** The ISO weeks of a period; of one shorter than a week, the week it lies in. */
function wholeWeeks(period: Period): Period[] {
  const weeks = isoWeeks(period);
  return weeks.length > 0 ? weeks : [calendarPeriod('week', period.to)];
}

const compared = [
  'posts',
  'originals',
  'reposts',
  'postsPerWeek',
  'views',
  'medianViews',
  'reactions',
  'erView',
  'erPost',
  'erDay',
  'reachRate',
  'subscribers',
  'growth',
  'growthPercent',
  'longestSilence',
  'daysSilent',
] as const satisfies (keyof Measures)[];

/** The median of each measure over the members of a league that have it known. */
function mediansOf(peers: readonly Measures[]): Partial<Record<keyof Measures, number>> {
  const medians = compared.map((measure) => {
    const known = peers.flatMap((peer) => peer[measure] ?? []);
    return [measure, median(known)] as const;
  });
  return Object.fromEntries(medians.filter(([, value]) => value !== null));
}
