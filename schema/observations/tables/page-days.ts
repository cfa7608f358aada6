import { day, instant, nullable, text, unsigned32, unsigned64 } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { Column, TableWrite } from '../table.ts';
import { column } from '../table.ts';

/** What a cell of a rollup holds: the undeleted posts of the page's own (`placement` own) in it. */
export interface RollupMeasures {
  pageId: number;
  /** The zone whose local days were counted. */
  zone: string;
  posts: number;
  originals: number;
  reposts: number;
  /** Posts where near-identical texts within 48 hours are one, and the first published counts. */
  uniqueOriginals: number;
  uniqueReposts: number;
  /** Sum over the posts with known views, and how many those are. */
  views: number;
  viewsKnown: number;
  likes: number;
  comments: number;
  shares: number;
  /** Posts where likes, comments and reposts are all known. */
  reactionsKnown: number;
  firstPublished: Date | null;
  lastPublished: Date | null;
}

/** Rollup by page and local day; its key is (pageId, day). A cell without posts any more is written with zeros. */
export interface PageDayRow extends RollupMeasures {
  day: string;
}

/** Rollup by page and local month; `month` is its first day. Its key is (pageId, month). */
export interface PageMonthRow extends RollupMeasures {
  month: string;
}

function rollupColumns<Row extends RollupMeasures>(): Column<Row>[] {
  const columns: Column<RollupMeasures>[] = [
    ...countColumns<RollupMeasures>(),
    column('views', 'views', unsigned64),
    column('views_known', 'viewsKnown', unsigned32),
    column('likes', 'likes', unsigned64),
    column('comments', 'comments', unsigned64),
    column('shares', 'shares', unsigned64),
    column('reactions_known', 'reactionsKnown', unsigned32),
  ];
  return columns as unknown as Column<Row>[];
}

/** The part of a daily cell that counters do not move, from one revision to the next; its key is (pageId, day, version). */
export type PageDayStateRow = Pick<
  PageDayRow,
  | 'pageId'
  | 'day'
  | 'zone'
  | 'posts'
  | 'originals'
  | 'reposts'
  | 'uniqueOriginals'
  | 'uniqueReposts'
  | 'firstPublished'
  | 'lastPublished'
>;

/** The columns of a rollup that only posts move. */
function countColumns<Row extends RollupMeasures>(): Column<Row>[] {
  const columns: Column<RollupMeasures>[] = [
    column('page_id', 'pageId', unsigned32),
    column('zone', 'zone', text),
    column('posts', 'posts', unsigned32),
    column('originals', 'originals', unsigned32),
    column('reposts', 'reposts', unsigned32),
    column('unique_originals', 'uniqueOriginals', unsigned32),
    column('unique_reposts', 'uniqueReposts', unsigned32),
    column('first_published', 'firstPublished', nullable(instant)),
    column('last_published', 'lastPublished', nullable(instant)),
  ];
  return columns as unknown as Column<Row>[];
}

export const pageDayStates: TableWrite<PageDayStateRow> = {
  table: 'page_day_states',
  recorded: false,
  columns: [...(countColumns() as unknown as Column<PageDayStateRow>[]), column('day', 'day', day)],
};

export const pageDays: TableWrite<PageDayRow> = {
  table: 'page_days',
  recorded: false,
  columns: [...rollupColumns<PageDayRow>(), column('day', 'day', day)],
};

export const pageMonths: TableWrite<PageMonthRow> = {
  table: 'page_months',
  recorded: false,
  columns: [...rollupColumns<PageMonthRow>(), column('month', 'month', day)],
};

/** Adds states of daily cells to their history. Rejects with `ValueRefused`. */
export async function insertPageDayStates(
  observations: Observations,
  rows: readonly PageDayStateRow[],
): Promise<void> {
  await observations.insert(pageDayStates, rows);
}

/** Writes cells of the daily rollup, replacing what they held. Rejects with `ValueRefused`. */
export async function insertPageDays(observations: Observations, rows: readonly PageDayRow[]): Promise<void> {
  await observations.insert(pageDays, rows);
}

/** Writes cells of the monthly rollup, replacing what they held. Rejects with `ValueRefused`. */
export async function insertPageMonths(
  observations: Observations,
  rows: readonly PageMonthRow[],
): Promise<void> {
  await observations.insert(pageMonths, rows);
}
