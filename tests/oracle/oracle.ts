import type { Norms } from '#domain/norms.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { OrganisationMirrorRow, PageMirrorRow } from '#schema/observations/tables/register-mirror.ts';
import type { SubscribersRow } from '#schema/observations/tables/subscribers.ts';
import { daysOfPeriod, localDay, shiftDay, startOf } from './days.ts';
import type { Day, Period } from '#analytics/types.ts';

/**
 * The brute-force oracle of the tests: the measures recomputed from plain rows, one post and one day at a time, without
 * the database and without the product's way of counting. Slow and simple on purpose. VK pages only.
 */

/** Everything that was ever written, oldest version first; of rows with one key the last holds. */
export interface OracleWorld {
  organisations: OrganisationMirrorRow[];
  pages: PageMirrorRow[];
  posts: PostRow[];
  subscribers: SubscribersRow[];
  outcomes: OutcomeRow[];
  norms: Norms;
  /** Local days that stop the clock, for everybody. */
  holidays: ReadonlySet<Day>;
  historyFrom: Day;
  zone: string;
  now: Date;
}

/** What the oracle says of an organisation over a period. */
export interface OracleMeasures {
  posts: number | null;
  originals: number | null;
  reposts: number | null;
  maturePosts: number | null;
  postsPerWeek: number | null;
  views: number | null;
  medianViews: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  reactions: number | null;
  erView: number | null;
  erPost: number | null;
  subscribers: number | null;
  growth: number | null;
  growthPercent: number | null;
  daysSilent: number | null;
}

const hour = 3_600_000;
/** The newest versions of a list of rows, so that each list is gone through once. */
const newestOf = new WeakMap<readonly unknown[], unknown[]>();

function newest<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const known = (newestOf.get(rows) as Row[] | undefined) ?? [
    ...new Map(rows.map((row) => [keyOf(row), row] as const)).values(),
  ];
  newestOf.set(rows, known);
  return known;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The sum of known values; nothing at all is zero, nothing known is unknown. */
function knownSum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return values.length > 0 && known.length === 0 ? null : sum(known);
}

function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length / 2;
  const pair = Number.isInteger(half) ? [sorted[half - 1], sorted[half]] : [sorted[Math.floor(half)]];
  const known = pair.filter((value) => value !== undefined);
  return known.length === 0 ? null : sum(known) / known.length;
}

/** The posts that count on an organisation's pages, newest version of each, in order of publication. */
export function postsOf(world: OracleWorld, organisationId: number): PostRow[] {
  const pageIds = world.pages
    .filter((page) => page.organisationId === organisationId)
    .map((page) => page.pageId);
  return newest(world.posts, (post) => `${post.pageId}/${post.postId}`)
    .filter((post) => pageIds.includes(post.pageId) && post.placement === 'own' && post.deleted === null)
    .sort(
      (one, other) =>
        +one.published - +other.published || one.pageId - other.pageId || one.postId - other.postId,
    );
}

/** The last known count of a page seen in the 48 hours before an instant. */
function snapshotBefore(world: OracleWorld, pageId: number, bound: Date): SubscribersRow | null {
  const rows = newest(world.subscribers, (row) => `${row.pageId}/${+row.slot}`).filter(
    (row) =>
      row.pageId === pageId &&
      row.count !== null &&
      row.observed < bound &&
      +bound - +row.observed <= 48 * hour,
  );
  return rows.sort((one, other) => +one.observed - +other.observed).at(-1) ?? null;
}

/** Whether a day of an organisation is tracked: its history is known, it takes part, no pause and no holiday. */
export function isTracked(world: OracleWorld, organisationId: number, day: Day): boolean {
  const organisation = world.organisations.find((each) => each.organisationId === organisationId);
  const isPaused = organisation?.pausesFrom.some(
    (from, index) => from <= day && day <= (organisation.pausesTo[index] ?? ''),
  );
  const isPast = day < localDay(world.now, world.zone);
  return isPast && day >= beginningOf(world, organisationId) && !isPaused && !world.holidays.has(day);
}

/** The first day of an organisation that is looked at: when its history begins, and it takes part. */
export function beginningOf(world: OracleWorld, organisationId: number): Day {
  const organisation = world.organisations.find((each) => each.organisationId === organisationId);
  const reached = world.pages
    .filter((page) => page.organisationId === organisationId)
    .flatMap((page) => page.historyReached ?? []);
  return [...reached, world.historyFrom, organisation?.started ?? ''].sort().at(-1) ?? '';
}

/** Whether a page was read after (or on) some day of the period, and its history reaches back to that day. */
function isAnyDayRead(world: OracleWorld, organisationId: number, period: Period): boolean {
  const pages = world.pages.filter((page) => page.organisationId === organisationId);
  const days = daysOfPeriod(period);
  return pages.some(({ pageId, historyReached }) => {
    const read = newest(world.outcomes, (row) => `${row.pageId}/${+row.slot}`)
      .filter((row) => row.pageId === pageId && ['ok', 'empty'].includes(row.outcome))
      .map((row) => localDay(row.finished, world.zone));
    return days.some(
      (day) => historyReached !== null && historyReached <= day && read.some((last) => last >= day),
    );
  });
}

const allParts = ['likes', 'comments', 'reposts'] as const;
type Part = (typeof allParts)[number];

/** An organisation's posts of a period that are old enough to be compared, and show their views. */
function comparablePosts(world: OracleWorld, organisationId: number, period: Period): PostRow[] {
  const inPeriod = new Set(daysOfPeriod(period));
  return postsOf(world, organisationId).filter(
    (post) =>
      post.views !== null &&
      inPeriod.has(localDay(post.published, world.zone)) &&
      +world.now - +post.published >= 72 * hour,
  );
}

/** The parts of reactions that each of the organisations shows on half of its posts or more; who shows none is left out. */
export function oracleParts(world: OracleWorld, organisationIds: readonly number[], period: Period): Part[] {
  const shown = organisationIds.map((id) => {
    const posts = comparablePosts(world, id, period);
    return allParts.filter((part) => {
      const known = posts.filter((post) => post[part] !== null).length;
      return known > 0 && known >= posts.length / 2;
    });
  });
  const compared = shown.filter((parts) => parts.length > 0);
  return compared.length === 0
    ? []
    : allParts.filter((part) => compared.every((each) => each.includes(part)));
}

/**
 * The measures of an organisation over a period (`metrics.md`), by brute force; `parts` are those that everyone compared
 * shows (`oracleParts`).
 */
export function oracleMeasures(
  world: OracleWorld,
  organisationId: number,
  period: Period,
  parts: readonly Part[],
): OracleMeasures {
  const { zone, now } = world;
  const all = postsOf(world, organisationId);
  const inPeriod = new Set(daysOfPeriod(period));
  const posts = all.filter((post) => inPeriod.has(localDay(post.published, zone)));
  const mature = posts.filter((post) => +now - +post.published >= 72 * hour);
  const whole = comparablePosts(world, organisationId, period).filter((post) =>
    parts.every((part) => post[part] !== null),
  );
  const isKnown = isAnyDayRead(world, organisationId, period);
  const count = (found: readonly PostRow[]): number | null => (isKnown ? found.length : null);
  const totalOf = (values: readonly (number | null)[]): number | null => (isKnown ? knownSum(values) : null);
  const reactionsOf = (post: PostRow) => knownSum([post.likes, post.comments, post.reposts]);
  const pages = world.pages.filter((page) => page.organisationId === organisationId);
  const end = startOf(shiftDay(period.to, 1), zone);
  const starts = pages.map((page) => snapshotBefore(world, page.pageId, startOf(period.from, zone)));
  const ends = pages.map((page) => snapshotBefore(world, page.pageId, end < now ? end : new Date(+now + 1)));
  const subscribers = ends.every((row) => row === null) ? null : sum(ends.map((row) => row?.count ?? 0));
  const isGrowthKnown = pages.every(
    (_, index) => starts[index] && ends[index]?.precision === starts[index]?.precision,
  );
  const [from, to] = [starts, ends].map((rows) => sum(rows.map((row) => row?.count ?? 0)));
  const matureReactions = posts.length > 0 && mature.length === 0 ? null : totalOf(mature.map(reactionsOf));
  const wholeViews = sum(whole.map((post) => post.views ?? 0));
  const tracked = daysOfPeriod(period).filter((day) => isTracked(world, organisationId, day));
  const isPastWeek =
    daysOfPeriod(period).length === 7 &&
    new Date(`${period.from}T00:00:00Z`).getUTCDay() === 1 &&
    period.to < localDay(now, zone);
  const today = localDay(now, zone);
  const beginning = beginningOf(world, organisationId);
  const counted = posts
    .map((post) => localDay(post.published, zone))
    .filter((day) => day < today && day >= beginning);
  const sums = allParts.map((part) => totalOf(posts.map((post) => post[part])));
  return {
    posts: count(posts),
    originals: count(posts.filter((post) => post.kind === 'original')),
    reposts: count(posts.filter((post) => post.kind === 'repost')),
    maturePosts: count(mature),
    postsPerWeek:
      !isKnown || tracked.length === 0
        ? null
        : isPastWeek
          ? posts.length
          : counted.length / (tracked.length / 7),
    views: totalOf(posts.map((post) => post.views)),
    medianViews: middle(mature.flatMap((post) => post.views ?? [])),
    likes: sums[0] ?? null,
    comments: sums[1] ?? null,
    shares: sums[2] ?? null,
    reactions: knownSum(sums),
    erView:
      parts.length === 0 || wholeViews === 0
        ? null
        : sum(whole.flatMap((post) => parts.map((part) => post[part] ?? 0))) / wholeViews,
    erPost:
      matureReactions === null || mature.length === 0 || !subscribers
        ? null
        : matureReactions / mature.length / subscribers,
    subscribers,
    growth: isGrowthKnown ? (to ?? 0) - (from ?? 0) : null,
    growthPercent: isGrowthKnown && from ? ((to ?? 0) - from) / from : null,
    daysSilent: silentDays(world, organisationId, period, all),
  };
}

/** Local days after the last post up to the last successful look (or the period's end), agreed pauses left out. */
function silentDays(
  world: OracleWorld,
  organisationId: number,
  period: Period,
  posts: PostRow[],
): number | null {
  const pageIds = world.pages
    .filter((page) => page.organisationId === organisationId)
    .map((page) => page.pageId);
  const looks = newest(world.outcomes, (row) => `${row.pageId}/${+row.slot}`).filter(
    (row) => pageIds.includes(row.pageId) && ['ok', 'empty'].includes(row.outcome),
  );
  const lastLook =
    looks
      .map((row) => localDay(row.finished, world.zone))
      .sort()
      .at(-1) ?? '';
  const until = [lastLook, period.to, localDay(world.now, world.zone)].sort()[0] ?? '';
  const last = posts
    .map((post) => localDay(post.published, world.zone))
    .filter((day) => day <= period.to)
    .at(-1);
  if (last === undefined) return null;
  const organisation = world.organisations.find((each) => each.organisationId === organisationId);
  return daysOfPeriod({ from: shiftDay(last, 1), to: until }).filter(
    (day) =>
      !organisation?.pausesFrom.some(
        (from, index) => from <= day && day <= (organisation.pausesTo[index] ?? ''),
      ),
  ).length;
}
