import type { Observations } from './observations/connect.ts';
import type { Operations } from './operations/connect.ts';
import { owePages } from './operations/owed-days.ts';
import type { Page, PageChanges } from './operations/pages.ts';
import { listPages, updatePages } from './operations/pages.ts';

/** What is not in the observations although it was written there. */
export interface MissingPosts {
  /** Posts that are missing, of how many there were, on how many pages. */
  missing: number;
  stored: number;
  pages: number;
  /** Pages that were read, and of which the observations hold no look at all. */
  unseen: number;
}

/** What the observations hold of a page. */
interface Held {
  /** Posts by their keys, whatever became of them. */
  posts: number;
  /** Undeleted posts of its own: those that are counted; by the posts, the cells of days and those of months. */
  counted: number;
  inDays: number;
  inMonths: number;
  looks: number;
}

const nothing: Held = { posts: 0, counted: 0, inDays: 0, inMonths: 0, looks: 0 };

async function askHeld({ rows, tables }: Observations): Promise<Map<number, Held>> {
  const found = await rows<Held & { page_id: number }>(
    `-- askHeld
       SELECT page_id, toUInt32(sum(posts)) AS posts, toUInt32(sum(counted)) AS counted, toUInt32(sum(days)) AS inDays,
            toUInt32(sum(months)) AS inMonths, toUInt32(sum(looks)) AS looks
     FROM (
       SELECT page_id, count() AS posts, countIf(is_counted) AS counted, 0 AS days, 0 AS months, 0 AS looks
       FROM (
         SELECT page_id, post_id, argMax(placement = 'own' AND isNull(deleted), version) AS is_counted
         FROM ${tables.posts} GROUP BY page_id, post_id SETTINGS optimize_aggregation_in_order = 1
       ) GROUP BY page_id
       UNION ALL
       SELECT page_id, 0, 0, sum(cells.posts), 0, 0 FROM ${tables.page_days} AS cells FINAL GROUP BY page_id
       UNION ALL
       SELECT page_id, 0, 0, 0, sum(cells.posts), 0 FROM ${tables.page_months} AS cells FINAL GROUP BY page_id
       UNION ALL
       SELECT page_id, 0, 0, 0, 0, countIf(outcome != 'missed') FROM ${tables.outcomes} GROUP BY page_id
     )
     GROUP BY page_id`,
  );
  return new Map(found.map(({ page_id, ...held }) => [page_id, held]));
}

function hasLost(page: Page, held: Held): boolean {
  return held.posts < page.storedPosts || isUnseen(page, held);
}

/** A look writes its outcome before the register knows of it. */
function isUnseen(page: Page, held: Held): boolean {
  return page.lastSuccess !== null && held.looks === 0;
}

function missingOf(pages: readonly Page[], held: ReadonlyMap<number, Held>): MissingPosts {
  const lost = pages.filter((page) => hasLost(page, held.get(page.id) ?? nothing));
  const missing = lost.map((page) => Math.max(0, page.storedPosts - (held.get(page.id)?.posts ?? 0)));
  return {
    missing: missing.reduce((sum, count) => sum + count, 0),
    stored: pages.reduce((sum, { storedPosts }) => sum + storedPosts, 0),
    pages: lost.length,
    unseen: pages.filter((page) => isUnseen(page, held.get(page.id) ?? nothing)).length,
  };
}

/**
 * Compares what the register knows to be stored of each page with what the observations hold. Changes nothing. While a run
 * is under way it may say too little, never too much.
 */
export async function findMissingPosts(
  operations: Operations,
  observations: Observations,
): Promise<MissingPosts> {
  // The register first: posts are written before it counts them.
  const pages = await listPages(operations, { removed: true });
  return missingOf(pages, await askHeld(observations));
}

/** What a page is when nothing is known of its past: the next look begins anew, and reads all of it. */
function progressLost(held: Held): PageChanges {
  return {
    historyReached: null,
    historyCursor: null,
    historyPublished: null,
    historyOffset: null,
    historyDoubt: null,
    historyDropped: null,
    reachProof: null,
    review: null,
    lookDoubt: null,
    wantedSince: null,
    readUntil: null,
    // What is wanted from then on, and what was seen then, went with the posts.
    lastSuccess: null,
    lastDeep: null,
    nextDue: null,
    storedPosts: held.posts,
  };
}

/** What was found and mended. */
export interface MendedPosts extends MissingPosts {
  /** Pages whose cells did not add up to their posts: they are owed. */
  uncounted: number;
}

/**
 * Gives progress back to the data it is the progress of: a page of which posts are missing is read again from its newest
 * post on, and counted again. Where there are more than the register knows of (folders of before it counted them) it
 * learns how many. Not to be called while a run is under way.
 */
export async function mendProgress(
  operations: Operations,
  observations: Observations,
  now: Date,
): Promise<MendedPosts> {
  const pages = await listPages(operations, { removed: true });
  const held = await askHeld(observations);
  const missing = missingOf(pages, held);
  const changes: { id: number; changes: PageChanges }[] = [];
  const owed: number[] = [];
  let uncounted = 0;
  for (const page of pages) {
    const of = held.get(page.id) ?? nothing;
    const isLost = hasLost(page, of);
    if (isLost) changes.push({ id: page.id, changes: progressLost(of) });
    else if (of.posts > page.storedPosts) changes.push({ id: page.id, changes: { storedPosts: of.posts } });
    const addsUp = of.counted === of.inDays && of.counted === of.inMonths;
    // Pages that were taken out of the register are not counted.
    if (page.removedAt === null && (isLost || !addsUp)) owed.push(page.id);
    if (page.removedAt === null && !addsUp) uncounted += 1;
  }
  // Owed first: the pages may be read, and counted, as soon as their progress is gone.
  if (owed.length > 0) await owePages(operations, owed, now);
  if (changes.length > 0) await updatePages(operations, changes);
  return { ...missing, uncounted };
}
