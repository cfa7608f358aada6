import { addDays, startOfDay } from '#domain/period.ts';
import { sameTextWithin } from '#domain/text/near-identity.ts';
import type { PageDayRow, PageMonthRow } from '#schema/observations/tables/page-days.ts';
import {
  insertPageDays,
  insertPageDayStates,
  insertPageMonths,
} from '#schema/observations/tables/page-days.ts';
import { queryPages } from '../queries/register.ts';
import {
  queryMonthsOfDays,
  queryOtherZone,
  queryStoredCells,
  queryStoredMonths,
} from '../queries/rollup-cells.ts';
import { queryRollupPosts } from '../queries/rollup-posts.ts';
import {
  canBeginAt,
  cellDifferences,
  cellKey,
  cellsOf,
  emptyCell,
  inOrderOfPublication,
  sameCell,
  sameState,
} from './cells.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day } from '../types.ts';

/** What a run has changed: the local days of a page on which posts came, changed or went. */
export interface ChangedDays {
  pageId: number;
  days: Day[];
}

/** A measure of a cell that is not what the posts say. */
export interface RollupDifference {
  pageId: number;
  /** The local day; of a month its first day. */
  day: Day;
  rollup: 'day' | 'month';
  measure: string;
  stored: string;
  expected: string;
}

/** Pages in one reading of posts, so that memory stays bounded. */
const pagesAtOnce = 200;
/** How far before the first changed day counting begins; further back in steps when texts repeat across that edge. */
const leadDays = 7;
const stepDays = 28;
/** Before any post of any network. */
const beginning: Day = '2000-01-01';

interface Task {
  pageIds: number[];
  /** The first local day to count from. */
  from: Day;
}

/**
 * Brings the rollups by page and local day, and by month above it, up to date with `posts` after a run. All pages of a
 * changed page's organisation are counted again from a week before the first changed day on, for a text on one page
 * decides whether the same text counts on another; only cells that say something else are written. When the
 * federation's zone has changed since, everything is counted again.
 */
export async function refreshRollups(
  sources: AnalyticsSources,
  changed: ChangedDays[],
): Promise<{ written: number }> {
  if (await queryOtherZone(sources.observations, sources.zone)) return refreshAllRollups(sources);
  const firstDays = new Map<number, Day>();
  for (const { pageId, days } of changed) {
    for (const day of days) {
      const first = firstDays.get(pageId);
      if (first === undefined || day < first) firstDays.set(pageId, day);
    }
  }
  const tasks: Task[] = [];
  for (const pageIds of await pagesByOrganisation(sources)) {
    const first = pageIds.flatMap((pageId) => firstDays.get(pageId) ?? []).sort()[0];
    if (first !== undefined) tasks.push({ pageIds, from: addDays(first, -leadDays) });
  }
  return { written: await recompute(sources, tasks) };
}

/** Counts all rollups again from all posts, and writes the cells that say something else. */
export async function refreshAllRollups(sources: AnalyticsSources): Promise<{ written: number }> {
  const tasks = (await pagesByOrganisation(sources)).map((pageIds) => ({ pageIds, from: beginning }));
  return { written: await recompute(sources, tasks) };
}

/** Counts all rollups again and lists what is stored otherwise; an empty list says that all is right. Writes nothing. */
export async function verifyRollups(sources: AnalyticsSources): Promise<RollupDifference[]> {
  const found: RollupDifference[] = [];
  const tasks = (await pagesByOrganisation(sources)).map((pageIds) => ({ pageIds, from: beginning }));
  for (const batch of batchesOf(tasks)) {
    const { cells, stored } = await countBatch(sources, batch);
    for (const key of new Set([...cells.keys(), ...stored.keys()])) {
      const cell = cells.get(key) ?? stored.get(key);
      if (!cell) continue;
      const empty = emptyCell(cell.pageId, cell.day, sources.zone);
      for (const difference of cellDifferences(stored.get(key) ?? empty, cells.get(key) ?? empty)) {
        found.push({ pageId: cell.pageId, day: cell.day, rollup: 'day', ...difference });
      }
    }
    found.push(...(await monthDifferences(sources, pageIdsOf(batch), cells)));
  }
  return found;
}

async function pagesByOrganisation(sources: AnalyticsSources): Promise<number[][]> {
  const pages = await queryPages(sources.observations);
  const grouped = Map.groupBy(pages, (page) => page.organisationId);
  return [...grouped.values()].map((group) => group.map((page) => page.id));
}

function pageIdsOf(batch: Task[]): number[] {
  return batch.flatMap((task) => task.pageIds);
}

/** Tasks of about the same beginning together, some hundreds of pages at once. */
function batchesOf(tasks: Task[]): Task[][] {
  const batches: Task[][] = [];
  let room = 0;
  for (const task of [...tasks].sort((one, other) => one.from.localeCompare(other.from))) {
    const current = batches.at(-1);
    if (!current || room < task.pageIds.length || current[0]?.from !== task.from) {
      batches.push([task]);
      room = pagesAtOnce - task.pageIds.length;
    } else {
      current.push(task);
      room -= task.pageIds.length;
    }
  }
  return batches;
}

async function countBatch(
  sources: AnalyticsSources,
  batch: Task[],
): Promise<{ cells: Map<string, PageDayRow>; stored: Map<string, PageDayRow>; tooLate: Task[] }> {
  const from = batch[0]?.from ?? beginning;
  const start = startOfDay(from, sources.zone);
  const pageIds = pageIdsOf(batch);
  const { observations, zone } = sources;
  const posts = await queryRollupPosts(observations, {
    pageIds,
    from: new Date(start.getTime() - sameTextWithin),
    zone,
  });
  const byPage = Map.groupBy(posts, (post) => post.pageId);
  const cells = new Map<string, PageDayRow>();
  const tooLate: Task[] = [];
  const counted = new Set<number>();
  for (const task of batch) {
    const own = inOrderOfPublication(task.pageIds.flatMap((pageId) => byPage.get(pageId) ?? []));
    if (canBeginAt(start, own)) {
      task.pageIds.forEach((pageId) => counted.add(pageId));
      const from = own.filter((post) => post.published >= start);
      for (const [key, cell] of cellsOf(from, zone)) cells.set(key, cell);
    } else {
      tooLate.push({ pageIds: task.pageIds, from: addDays(task.from, -stepDays) });
    }
  }
  const storedCells = await queryStoredCells(observations, [...counted], from);
  return { cells, stored: new Map(storedCells.map((cell) => [cellKey(cell), cell])), tooLate };
}

async function recompute(sources: AnalyticsSources, tasks: Task[]): Promise<number> {
  let written = 0;
  let waiting = tasks;
  while (waiting.length > 0) {
    const later: Task[] = [];
    for (const batch of batchesOf(waiting)) {
      const { cells, stored, tooLate } = await countBatch(sources, batch);
      later.push(...tooLate);
      const isOtherwise = (cell: PageDayRow, same: typeof sameCell): boolean => {
        const before = stored.get(cellKey(cell));
        return !before || !same(before, cell);
      };
      const emptied = [...stored]
        .filter(([key]) => !cells.has(key))
        .map(([, { pageId, day }]) => emptyCell(pageId, day, sources.zone));
      const changed = [...cells.values(), ...emptied].filter((cell) => isOtherwise(cell, sameCell));
      await insertPageDayStates(
        sources.observations,
        changed.filter((cell) => isOtherwise(cell, sameState)),
      );
      await insertPageDays(sources.observations, changed);
      await writeMonths(sources, pageIdsOf(batch), batch[0]?.from ?? beginning);
      written += changed.length;
    }
    waiting = later;
  }
  return written;
}

/** Brings the months of the pages up to date with their days; those of a refresh that was cut short too. */
async function writeMonths(sources: AnalyticsSources, pageIds: number[], from: Day): Promise<void> {
  const months = await queryMonthsOfDays(sources.observations, pageIds, from);
  const stored = await queryStoredMonths(sources.observations, pageIds, from);
  const byKey = new Map(stored.map((month) => [monthKey(month.pageId, month.month), month]));
  const changed = months.filter((month) => {
    const before = byKey.get(monthKey(month.pageId, month.month));
    return !before || cellDifferences(before, month).length > 0;
  });
  await insertPageMonths(sources.observations, changed);
}

function monthKey(pageId: number, day: Day): string {
  return `${pageId} ${day.slice(0, 7)}`;
}

async function monthDifferences(
  sources: AnalyticsSources,
  pageIds: number[],
  cells: Map<string, PageDayRow>,
): Promise<RollupDifference[]> {
  const expected = new Map<string, PageMonthRow>();
  const emptyMonth = (pageId: number, month: Day): PageMonthRow => ({
    ...emptyCell(pageId, month, sources.zone),
    month,
  });
  for (const cell of cells.values()) {
    const key = monthKey(cell.pageId, cell.day);
    const month = expected.get(key) ?? emptyMonth(cell.pageId, `${cell.day.slice(0, 7)}-01`);
    expected.set(key, addCell(month, cell));
  }
  const stored = await queryStoredMonths(sources.observations, pageIds, beginning);
  const byKey = new Map(stored.map((month) => [monthKey(month.pageId, month.month), month]));
  return [...new Set([...expected.keys(), ...byKey.keys()])].flatMap((key) => {
    const month = expected.get(key) ?? byKey.get(key);
    if (!month) return [];
    const empty = emptyMonth(month.pageId, month.month);
    return cellDifferences(byKey.get(key) ?? empty, expected.get(key) ?? empty).map((difference) => ({
      pageId: month.pageId,
      day: month.month,
      rollup: 'month' as const,
      ...difference,
    }));
  });
}

const added = [
  'posts',
  'originals',
  'reposts',
  'uniqueOriginals',
  'uniqueReposts',
  'views',
  'viewsKnown',
  'likes',
  'comments',
  'shares',
  'reactionsKnown',
] as const;

function addCell(month: PageMonthRow, cell: PageDayRow): PageMonthRow {
  const sum: PageMonthRow = { ...month };
  for (const measure of added) sum[measure] += cell[measure];
  const dates = [month.firstPublished, cell.firstPublished].filter((date) => date !== null);
  const lasts = [month.lastPublished, cell.lastPublished].filter((date) => date !== null);
  sum.firstPublished = dates.reduce<Date | null>((low, date) => (low && low < date ? low : date), null);
  sum.lastPublished = lasts.reduce<Date | null>((high, date) => (high && high > date ? high : date), null);
  return sum;
}
