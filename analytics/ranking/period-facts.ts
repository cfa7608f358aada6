import { matureBy } from '#domain/measures.ts';
import { addDays, dayOf, endOfDay, indexWindow, startOfDay } from '#domain/period.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { CoveredDays } from '../status/covered-days.ts';
import { loadCoveredDays } from '../status/covered-days.ts';
import type { DayCell } from '../queries/day-cells.ts';
import { cellsBetween, queryDayCells } from '../queries/day-cells.ts';
import type { PostBounds } from '../queries/last-posts.ts';
import { queryPostBounds } from '../queries/last-posts.ts';
import type { PageLooks } from '../queries/looks.ts';
import { queryLooks } from '../queries/looks.ts';
import type { PostMeasures } from '../queries/post-measures.ts';
import { queryPostMeasures } from '../queries/post-measures.ts';
import type { RegisteredOrganisation, RegisteredPage } from '../queries/register.ts';
import { queryOrganisations, queryPages } from '../queries/register.ts';
import { askSeveral, severalAtOnce } from '../queries/several.ts';
import type { SubscribersAt } from '../queries/subscribers-at.ts';
import { querySubscribersAt } from '../queries/subscribers-at.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day, Period } from '../types.ts';

/** The longest stretch before an instant that a status looks back over: a card page's 90 days. */
const statusDays = 90;
/** The longest stretch before a period's last day that a row of its ranking looks back over: the 13 full weeks of its line. */
const cellDays = 98;

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

/** Where answers are asked for that rankings computed one after the other may share. */
function once({ once: kept, observations }: AnalyticsSources): AnalyticsSources['observations'] {
  return kept ?? observations;
}

/** A period's key: its first and last local day. */
export function periodKey({ from, to }: Period): string {
  return `${from} ${to}`;
}

/**
 * Loads all that rankings of the given periods are made of, in their order: each question once, about `atOnce` periods
 * together.
 */
export async function loadPeriodFacts(
  sources: AnalyticsSources,
  register: Register,
  periods: readonly Period[],
  atOnce = severalAtOnce(register.pages.length),
): Promise<PeriodFacts[]> {
  const now = sources.clock.now();
  const today = dayOf(now, sources.zone);
  const asked = periods.map((period) => {
    const end = endOfDay(period.to, sources.zone);
    const lastDay = period.to < today ? period.to : today;
    const window = indexWindow(period, today);
    const [firstDay = lastDay] = [period.from, window.from, addDays(lastDay, -cellDays)].toSorted();
    return { period, window, asOf: end < now ? end : now, lastDay, firstDay };
  });
  // All together: what was asked and not waited for would fail where nobody hears of it.
  const [spanOf, looksAt, postBoundsTo, cells] = await Promise.all([
    askSeveral(
      asked.flatMap(({ period, window }) => [period, window]),
      { keyOf: periodKey, atOnce, ask: (some) => loadSpans(sources, some, now, atOnce) },
    ),
    askSeveral(
      asked.map(({ asOf }) => asOf),
      { keyOf: instantKey, atOnce, ask: (some) => queryLooks(once(sources), some) },
    ),
    askSeveral(
      asked.map(({ lastDay }) => lastDay),
      { keyOf: (day) => day, atOnce, ask: (some) => queryPostBounds(once(sources), some) },
    ),
    queryDayCells(
      sources.observations,
      asked.map(({ firstDay }) => firstDay).toSorted()[0] ?? today,
      asked
        .map(({ lastDay }) => lastDay)
        .toSorted()
        .at(-1) ?? today,
    ),
  ]);
  const covered = await loadCoveredDays(
    sources,
    register.pages,
    asked.map(({ asOf }) => looksAt(asOf)),
  );
  return asked.map(({ period, window, asOf, lastDay, firstDay }) => ({
    period,
    asOf,
    lastDay,
    span: spanOf(period),
    window: spanOf(window),
    looks: looksAt(asOf),
    postBounds: postBoundsTo(lastDay),
    cells: cellsBetween(cells, firstDay, lastDay),
    covered,
  }));
}

function instantKey(instant: Date): string {
  return String(instant.getTime());
}

/** What the status of all pages as of now is judged by. */
export async function loadStatusInputs(sources: AnalyticsSources): Promise<StatusInputs> {
  const now = sources.clock.now();
  const today = dayOf(now, sources.zone);
  const [[looks = new Map<number, PageLooks>()], [postBounds = new Map<number, PostBounds>()], cells] =
    await Promise.all([
      queryLooks(sources.observations, [now]),
      queryPostBounds(sources.observations, [today]),
      queryDayCells(sources.observations, addDays(today, -statusDays), today),
    ]);
  return { looks, postBounds, cells, asOf: now };
}

async function loadSpans(
  sources: AnalyticsSources,
  periods: readonly Period[],
  now: Date,
  atOnce: number,
): Promise<SpanFacts[]> {
  const spans = periods.map((period) => {
    const [from, to] = [startOfDay(period.from, sources.zone), endOfDay(period.to, sources.zone)];
    return { period, from, to, end: to < now ? to : new Date(now.getTime() + 1) };
  });
  const [posts, subscribersAt] = await Promise.all([
    queryPostMeasures(once(sources), { spans, matureBy: matureBy(now) }),
    askSeveral(
      spans.flatMap(({ from, end }) => [from, end]),
      { keyOf: instantKey, atOnce, ask: (some) => querySubscribersAt(once(sources), some) },
    ),
  ]);
  return spans.map(({ period, from, end }, index) => ({
    period,
    posts: byOrganisation(posts[index] ?? []),
    subscribersBefore: subscribersAt(from),
    subscribersAtEnd: subscribersAt(end),
  }));
}

function byOrganisation(posts: readonly PostMeasures[]): MeasuresByOrganisation {
  const found: MeasuresByOrganisation = new Map();
  for (const measures of posts) {
    const networks = found.get(measures.organisationId) ?? new Map<MeasuredNetwork, PostMeasures>();
    found.set(measures.organisationId, networks.set(measures.network, measures));
  }
  return found;
}
