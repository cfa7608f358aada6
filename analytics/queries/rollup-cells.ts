import type { Observations } from '#schema/observations/connect.ts';
import type { PageDayRow, PageMonthRow } from '#schema/observations/tables/page-days.ts';
import type { Day } from '../types.ts';

type Stored<Row> = Omit<Row, 'firstPublished' | 'lastPublished'> & {
  firstPublished: string | null;
  lastPublished: string | null;
};

/** The stored cells of the pages from the local day `from` on, those with zeros too. */
export async function queryStoredCells(
  observations: Observations,
  pageIds: number[],
  from: Day,
): Promise<PageDayRow[]> {
  const rows = await observations.rows<Stored<PageDayRow>>(
    `
    -- queryStoredCells
    SELECT page_id AS pageId, day, zone, posts, originals, reposts, unique_originals AS uniqueOriginals,
           unique_reposts AS uniqueReposts, views, views_known AS viewsKnown, likes, comments, shares,
           reactions_known AS reactionsKnown, first_published AS firstPublished, last_published AS lastPublished
    FROM ${observations.tables.page_days} FINAL
    WHERE page_id IN {pages: Array(UInt32)} AND day >= {from: Date32}`,
    { pages: pageIds, from },
  );
  return rows.map(withInstants);
}

/** The months of the pages from the month of `from` on, summed from the stored days. */
export async function queryMonthsOfDays(
  observations: Observations,
  pageIds: number[],
  from: Day,
): Promise<PageMonthRow[]> {
  const rows = await observations.rows<Stored<PageMonthRow>>(
    `
    -- queryMonthsOfDays
    SELECT page_id AS pageId, toStartOfMonth(day) AS month, any(cells.zone) AS zone, toUInt32(sum(cells.posts)) AS posts,
           toUInt32(sum(cells.originals)) AS originals, toUInt32(sum(cells.reposts)) AS reposts,
           toUInt32(sum(unique_originals)) AS uniqueOriginals, toUInt32(sum(unique_reposts)) AS uniqueReposts,
           sum(cells.views) AS views, toUInt32(sum(views_known)) AS viewsKnown, sum(cells.likes) AS likes,
           sum(cells.comments) AS comments, sum(cells.shares) AS shares,
           toUInt32(sum(reactions_known)) AS reactionsKnown, min(first_published) AS firstPublished,
           max(last_published) AS lastPublished
    FROM ${observations.tables.page_days} AS cells FINAL
    WHERE page_id IN {pages: Array(UInt32)} AND day >= toStartOfMonth({from: Date32})
    GROUP BY page_id, month`,
    { pages: pageIds, from },
  );
  return rows.map(withInstants);
}

/** The stored months of the pages from the month of `from` on. */
export async function queryStoredMonths(
  observations: Observations,
  pageIds: number[],
  from: Day,
): Promise<PageMonthRow[]> {
  const rows = await observations.rows<Stored<PageMonthRow>>(
    `
    -- queryStoredMonths
    SELECT page_id AS pageId, month, zone, posts, originals, reposts, unique_originals AS uniqueOriginals,
           unique_reposts AS uniqueReposts, views, views_known AS viewsKnown, likes, comments, shares,
           reactions_known AS reactionsKnown, first_published AS firstPublished, last_published AS lastPublished
    FROM ${observations.tables.page_months} FINAL
    WHERE page_id IN {pages: Array(UInt32)} AND month >= toStartOfMonth({from: Date32})`,
    { pages: pageIds, from },
  );
  return rows.map(withInstants);
}

/** Whether some cell was counted in another zone than this. */
export async function queryOtherZone(observations: Observations, zone: string): Promise<boolean> {
  const rows = await observations.rows<{ zone: string }>(
    `
    -- queryOtherZone
    SELECT zone FROM ${observations.tables.page_days} FINAL
    WHERE zone != {zone: String}
      AND page_id IN (SELECT page_id FROM ${observations.tables.pages} FINAL WHERE is_deleted = 0)
    LIMIT 1`,
    { zone },
  );
  return rows.length > 0;
}

function withInstants<Row extends { firstPublished: string | null; lastPublished: string | null }>(
  row: Row,
): Omit<Row, 'firstPublished' | 'lastPublished'> & {
  firstPublished: Date | null;
  lastPublished: Date | null;
} {
  return {
    ...row,
    firstPublished: row.firstPublished === null ? null : new Date(row.firstPublished),
    lastPublished: row.lastPublished === null ? null : new Date(row.lastPublished),
  };
}
