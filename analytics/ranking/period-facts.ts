import { matureBy } from '#domain/measures.ts';
import { addDays, calendarPeriod, dayOf, endOfDay, indexWindow, startOfDay } from '#domain/period.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { CoveredDays } from '../status/covered-days.ts';
import { loadCoveredDays } from '../status/covered-days.ts';
import type { DayCell } from '../queries/day-cells.ts';
import { queryDayCells } from '../queries/day-cells.ts';
import type { PostBounds } from '../queries/last-posts.ts';
import { queryPostBounds } from '../queries/last-posts.ts';
import type { PageLooks } from '../queries/looks.ts';
import { queryLooks } from '../queries/looks.ts';
import type { PostMeasures } from '../queries/post-measures.ts';
import { queryPostMeasures } from '../queries/post-measures.ts';
import type { RegisteredOrganisation, RegisteredPage } from '../queries/register.ts';
import { queryOrganisations, queryPages } from '../queries/register.ts';
import type { SubscribersAt } from '../queries/subscribers-at.ts';
import { querySubscribersAt } from '../queries/subscribers-at.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day, Period } from '../types.ts';

/** The longest stretch before an instant that a status looks back over: a card page's 90 days. */
const statusDays = 90;

/** The register as of now, with the pages of each organisation. */
export interface Register {
  organisations: RegisteredOrganisation[];
  pages: RegisteredPage[];
  pagesOf: Map<number, RegisteredPage[]>;
}

/** What the posts of each organisation add up to, by network. */
export type MeasuresByOrganisation = Map<number, Map<MeasuredNetwork, PostMeasures>>;

/** Posts and subscribers over some days: subscribers as last seen before each bound. */
export interface SpanFacts {
  period: Period;
  posts: MeasuresByOrganisation;
  subscribersBefore: Map<number, SubscribersAt>;
  subscribersAtEnd: Map<number, SubscribersAt>;
}

/** What the status of pages as of an instant is judged by. */
export interface StatusInputs {
  looks: Map<number, PageLooks>;
  /** First and last posts up to the instant's local day. */
  postBounds: Map<number, PostBounds>;
  /** Days with posts of each page, at least of the 90 days before the instant. */
  cells: Map<number, DayCell[]>;
  /** The period's end, or now while it runs. */
  asOf: Date;
}

/** Everything a ranking of one period is made of. */
export interface PeriodFacts extends StatusInputs {
  period: Period;
  /** The last local day of which something may be known: the period's last, or today. */
  lastDay: Day;
  /** Over the period itself. */
  span: SpanFacts;
  /** Over the index window. */
  window: SpanFacts;
  /** The days of which the posts of each page are known. */
  covered: CoveredDays;
}

/** The register's copy. */
export async function loadRegisterMirror(sources: AnalyticsSources): Promise<Register> {
  const [organisations, pages] = await Promise.all([
    queryOrganisations(sources.observations),
    queryPages(sources.observations),
  ]);
  return { organisations, pages, pagesOf: Map.groupBy(pages, (page) => page.organisationId) };
}

/** Where small answers are asked for, which several rankings may share. */
function once({ once: kept, observations }: AnalyticsSources): AnalyticsSources['observations'] {
  return kept ?? observations;
}

/** Asks for all that rankings of the given periods are made of, each question once. */
export async function loadPeriodFacts(
  sources: AnalyticsSources,
  register: Register,
  periods: Period[],
): Promise<PeriodFacts[]> {
  const now = sources.clock.now();
  const today = dayOf(now, sources.zone);
  const windows = periods.map((period) => indexWindow(period, today));
  const lastDays = periods.map((period) => (period.to < today ? period.to : today));
  const first = [...periods, ...windows].map((period) => period.from);
  first.push(...lastDays.map((day) => addDays(day, -statusDays)), calendarPeriod('week', today).from);
  const cells = queryDayCells(
    sources.observations,
    first.sort()[0] ?? today,
    lastDays.sort().at(-1) ?? today,
  );
  const spans = new Map<string, Promise<SpanFacts>>();
  const spanOf = (period: Period): Promise<SpanFacts> => {
    const key = `${period.from} ${period.to}`;
    const span = spans.get(key) ?? loadSpan(sources, period, now);
    spans.set(key, span);
    return span;
  };
  const gathered = await Promise.all(
    periods.map(async (period, index) => {
      const end = endOfDay(period.to, sources.zone);
      const asOf = end < now ? end : now;
      const lastDay = period.to < today ? period.to : today;
      // All together: what was asked and not waited for would fail where nobody hears of it.
      const [span, window, looks, postBounds, ofDays] = await Promise.all([
        spanOf(period),
        spanOf(windows[index] ?? period),
        queryLooks(once(sources), asOf),
        queryPostBounds(once(sources), lastDay),
        cells,
      ]);
      return { period, asOf, lastDay, span, window, looks, postBounds, cells: ofDays };
    }),
  );
  const looks = gathered.map((each) => each.looks);
  const covered = await loadCoveredDays(sources, register.pages, looks);
  return gathered.map((each) => ({ ...each, covered }));
}

/** What the status of all pages as of now is judged by. */
export async function loadStatusInputs(sources: AnalyticsSources): Promise<StatusInputs> {
  const now = sources.clock.now();
  const today = dayOf(now, sources.zone);
  const [looks, postBounds, cells] = await Promise.all([
    queryLooks(sources.observations, now),
    queryPostBounds(sources.observations, today),
    queryDayCells(sources.observations, addDays(today, -statusDays), today),
  ]);
  return { looks, postBounds, cells, asOf: now };
}

async function loadSpan(sources: AnalyticsSources, period: Period, now: Date): Promise<SpanFacts> {
  const from = startOfDay(period.from, sources.zone);
  const to = endOfDay(period.to, sources.zone);
  const [posts, subscribersBefore, subscribersAtEnd] = await Promise.all([
    queryPostMeasures(once(sources), { from, to, matureBy: matureBy(now) }),
    querySubscribersAt(once(sources), from),
    querySubscribersAt(once(sources), to < now ? to : new Date(now.getTime() + 1)),
  ]);
  const byOrganisation: MeasuresByOrganisation = new Map();
  for (const measures of posts) {
    const networks = byOrganisation.get(measures.organisationId) ?? new Map<MeasuredNetwork, PostMeasures>();
    byOrganisation.set(measures.organisationId, networks.set(measures.network, measures));
  }
  return { period, posts: byOrganisation, subscribersBefore, subscribersAtEnd };
}
