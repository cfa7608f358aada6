import type { LeaderboardRow } from '#analytics/types.ts';
import type { MeasuredNetwork, OtherKind, PageState, Status } from '#domain/vocabulary.ts';
import type { OtherPlace } from '#analytics/ranking/part.ts';
import { unreadPagesOf } from '#domain/unread-cause.ts';
import type { SortColumn } from '../filters.ts';
import type { UnknownPage } from '#wording/status-labels.ts';
import { networkFigures, type NetworkFigure } from '../network-figures.ts';

/** A line of the ranking: only what the screen shows, so that hundreds of them stay light. */
export interface RankingScreenRow {
  id: number;
  name: string;
  short: string;
  place: number | null;
  placeTo: number | null;
  placeOf: number | null;
  movement: number | null;
  status: Status;
  statusReason: PageState | 'no_observation' | null;
  /** The network of its pages when it is one, for the words of the reason. */
  network: MeasuredNetwork | null;
  /** What its page is, where that is why nothing is known. */
  foundAs: OtherKind | null;
  /** Its pages that are not read, where that is why nothing is known. */
  unread: UnknownPage[];
  daysSilent: number | null;
  lastPost: string | null;
  index: number | null;
  partial: boolean;
  posts: number | null;
  weeks: (number | null)[];
  medianViews: NetworkFigure[];
  engagement: NetworkFigure[];
  /** Fewer than five mature posts: medians and rates are greyed. */
  few: boolean;
  subscribers: number | null;
  rounded: boolean;
  growth: number | null;
  growthPercent: number | null;
}

/** A line of the ranking of which nothing is told but where it stands. */
export type OtherScreenRow = Omit<OtherPlace, 'league'> & { key: string };

/** The network of all pages of a row; `null` when they are of several, or there are none. */
export function onlyNetwork({ networks }: Pick<LeaderboardRow, 'networks'>): MeasuredNetwork | null {
  const [network, another] = Object.keys(networks) as MeasuredNetwork[];
  return network && !another ? network : null;
}

const lastPost = (row: LeaderboardRow): string | null =>
  row.pages
    .map((page) => page.lastPost)
    .filter((instant) => instant !== null)
    .sort()
    .at(-1) ?? null;

/** What the page is that a row of unknown status goes by, when it is none of publications. */
export function foundAsOf({ status, pages }: Pick<LeaderboardRow, 'status' | 'pages'>): OtherKind | null {
  return status === 'unknown' ? (pages.find((page) => page.status === status)?.foundAs ?? null) : null;
}

/** The pages that make a row's status unknown, with what tells why. */
export function unknownPagesOf(row: Pick<LeaderboardRow, 'status' | 'pages' | 'networks'>): UnknownPage[] {
  return unreadPagesOf(row).map(({ network, statusReason, lastOutcome, foundAs }) => ({
    network,
    statusReason,
    lastOutcome,
    foundAs,
  }));
}

/** A row of the answer as a line of the screen. */
export function toScreenRow(row: LeaderboardRow): RankingScreenRow {
  return {
    id: row.organisation.id,
    name: row.organisation.name,
    short: row.organisation.short,
    place: row.place,
    placeTo: row.placeTo,
    placeOf: row.placeOf,
    movement: row.movement,
    status: row.status,
    statusReason: row.statusReason,
    network: onlyNetwork(row),
    foundAs: foundAsOf(row),
    unread: unknownPagesOf(row),
    daysSilent: row.daysSilent,
    lastPost: lastPost(row),
    index: row.index,
    partial: row.flags.includes('component_unknown'),
    posts: row.posts,
    weeks: row.weeks,
    medianViews: networkFigures(row.networks, 'medianViews'),
    engagement: networkFigures(row.networks, 'erView'),
    few: row.flags.includes('few_posts'),
    subscribers: row.subscribers,
    rounded: row.subscribersPrecision === 'rounded',
    growth: row.growth,
    growthPercent: row.growthPercent,
  };
}

const statusOrder: Record<Status, number> = {
  active: 0,
  slow: 1,
  paused: 2,
  quiet: 3,
  stale: 4,
  dead: 5,
  unknown: 6,
  none: 7,
};

const sortValue: Record<SortColumn, (line: RankingScreenRow) => number | string | null> = {
  place: (line) => line.place,
  name: (line) => line.short,
  status: (line) => statusOrder[line.status] * 10_000 + (line.daysSilent ?? 0),
  index: (line) => line.index,
  posts: (line) => line.posts,
  medianViews: (line) => line.medianViews[0]?.value ?? null,
  engagement: (line) => line.engagement[0]?.value ?? null,
  subscribers: (line) => line.subscribers,
  growth: (line) => line.growth,
};

/** Sorts by a column; the unknown comes last in either order, equals stay in the order of places. */
export function sortScreenRows(
  lines: readonly RankingScreenRow[],
  column: SortColumn,
  order: 'asc' | 'desc',
): RankingScreenRow[] {
  const value = sortValue[column];
  const direction = order === 'asc' ? 1 : -1;
  return lines.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || byPlace(one, other);
    const compared =
      typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b), 'ru') : a - b;
    return compared * direction || byPlace(one, other);
  });
}

/**
 * Lines with names and those without, as one list. What has no name stands at its place where places decide the order, and
 * behind all others, in order of places, where anything else does: its number would tell who it is.
 */
export function withOthers(
  named: readonly RankingScreenRow[],
  others: readonly OtherScreenRow[],
  column: SortColumn,
  order: 'asc' | 'desc',
): (RankingScreenRow | OtherScreenRow)[] {
  if (others.length === 0) return [...named];
  if (column !== 'place' && column !== 'index') return [...named, ...others];
  const isBestFirst = (column === 'place') === (order === 'asc');
  const turn = isBestFirst ? 1 : -1;
  return [...named, ...others].sort(
    (one, other) => turn * ((one.place ?? Infinity) - (other.place ?? Infinity)) || 0,
  );
}

const byPlace = (one: RankingScreenRow, other: RankingScreenRow): number =>
  (one.place ?? Infinity) - (other.place ?? Infinity) || one.short.localeCompare(other.short, 'ru');
