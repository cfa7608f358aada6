import type { Observations } from '#schema/observations/connect.ts';
import { askedAtOnce } from '#schema/observations/in-parts.ts';
import { decodeRow, selectList } from '#schema/observations/table.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { posts } from '#schema/observations/tables/posts.ts';
import { isMisdated } from './dates.ts';
import type { Rhythm } from './plan.ts';
import { chunk } from './sources/kit/concurrency.ts';

/**
 * What is wanted of one page: posts by id (albums by that of any message), all published at an instant and later (`null` is
 * all; left out: none), and all with greater ids than `above`.
 */
export interface Wanted {
  pageId: number;
  ids: readonly number[];
  after?: Date | null;
  above?: number;
}

const never = Number.MAX_SAFE_INTEGER;
const isOneOfKeys = '(page_id, post_id) IN arrayZip({keyPages: Array(UInt32)}, {keyPosts: Array(UInt64)})';

/** What is known of posts, by page and post id: one question for a whole batch of pages, of some thousand posts at most. */
export async function readKnownPosts(
  observations: Observations,
  wanted: readonly Wanted[],
): Promise<Map<number, Map<number, PostRow>>> {
  const known = new Map<number, Map<number, PostRow>>(wanted.map(({ pageId }) => [pageId, new Map()]));
  for (const part of partsOf(wanted)) await addKnownPosts(observations, part, known);
  return known;
}

/** The same wishes in parts of at most `askedAtOnce` pages and posts, a page at most once in each. */
function partsOf(wanted: readonly Wanted[]): Wanted[][] {
  const parts: Wanted[][] = [];
  let room = 0;
  for (const page of wanted) {
    const [ids = [], ...more] = chunk([...page.ids], askedAtOnce - 1);
    if (room < ids.length + 1) {
      parts.push([]);
      room = askedAtOnce;
    }
    parts.at(-1)?.push({ ...page, ids });
    room -= ids.length + 1;
    for (const rest of more) parts.unshift([{ pageId: page.pageId, ids: rest }]);
  }
  return parts;
}

/**
 * Two questions: in which months such posts stand, which takes four columns of the pages, and the posts, from those months alone.
 * All columns of all months would be read for each of the few posts that are mostly wanted.
 */
async function addKnownPosts(
  observations: Observations,
  wanted: readonly Wanted[],
  known: Map<number, Map<number, PostRow>>,
): Promise<void> {
  const { condition, parameters } = conditionOf(wanted);
  if (condition === null) return;
  // Replaced versions count too: they stand in the month of the one that holds.
  const [found] = await observations.rows<{ months: number[] }>(
    `-- monthsOfKnownPosts
       SELECT groupUniqArray(toYYYYMM(published)) AS months FROM ${observations.tables.posts} WHERE ${condition}`,
    parameters,
  );
  const months = found?.months ?? [];
  if (months.length === 0) return;
  const rows = await observations.rows<Record<string, unknown>>(
    `-- addKnownPosts
       SELECT ${selectList(posts)} FROM ${observations.tables.posts} FINAL
     WHERE toYYYYMM(published) IN {months: Array(UInt32)} AND ${condition}`,
    { ...parameters, months },
  );
  for (const row of rows.map((json) => decodeRow(posts, json))) {
    const ofPage = known.get(row.pageId);
    const before = ofPage?.get(row.postId);
    // A row under a wrong date stays until it is seen, and removed.
    if (!before || !isSuperseded(before, row)) ofPage?.set(row.postId, row);
  }
}

/** The wishes as SQL, with only the clauses that they need; `null`: nothing is wanted. */
function conditionOf(wanted: readonly Wanted[]): {
  condition: string | null;
  parameters: Record<string, unknown>;
} {
  const pages = wanted.map(({ pageId }) => pageId);
  const keys = wanted.flatMap(({ pageId, ids }) => ids.map((id) => [pageId, id] as const));
  const parameters: Record<string, unknown> = { pages };
  const clauses: string[] = [];
  if (keys.length > 0) {
    parameters['keyPosts'] = keys.map(([, id]) => id);
    if (pages.length > 1) parameters['keyPages'] = keys.map(([pageId]) => pageId);
    clauses.push(
      pages.length > 1 ? isOneOfKeys : 'post_id IN {keyPosts: Array(UInt64)}',
      '(notEmpty(parts) AND hasAny(parts, {keyPosts: Array(UInt64)}))',
    );
  }
  if (wanted.some(({ after }) => after !== undefined)) {
    parameters['after'] = wanted.map(({ after }) => (after === undefined ? never : (after?.getTime() ?? -1)));
    clauses.push(
      `toUnixTimestamp64Milli(published) >= transform(page_id, {pages: Array(UInt32)}, {after: Array(Int64)}, toInt64(${never}))`,
    );
  }
  if (wanted.some(({ above }) => above !== undefined)) {
    parameters['above'] = wanted.map(({ above }) => above ?? never);
    clauses.push(
      `post_id > transform(page_id, {pages: Array(UInt32)}, {above: Array(UInt64)}, toUInt64(${never}))`,
    );
  }
  const condition =
    clauses.length > 0 ? `page_id IN {pages: Array(UInt32)} AND (${clauses.join(' OR ')})` : null;
  return { condition, parameters };
}

/** Whether the first of two rows of one post stands under a date that the second has corrected. */
function isSuperseded(one: PostRow, other: PostRow): boolean {
  return isMisdated(one) || one.otherPublished?.getTime() === other.published.getTime();
}

/** The rhythm of every page that has posts of its own: how many a day in the last weeks, and the newest. */
export async function readRhythms(observations: Observations, now: Date): Promise<Map<number, Rhythm>> {
  const rows = await observations.rows<{ page_id: number; month: number; week: number; last: string }>(
    `-- readRhythms
       SELECT page_id, toUInt32(countIf(published > {now: DateTime64(3, 'UTC')} - INTERVAL 28 DAY)) AS month,
            toUInt32(countIf(published > {now: DateTime64(3, 'UTC')} - INTERVAL 7 DAY)) AS week,
            max(published) AS last
     FROM ${observations.tables.posts} FINAL
     WHERE placement = 'own' AND deleted IS NULL AND published > {now: DateTime64(3, 'UTC')} - INTERVAL 60 DAY
     GROUP BY page_id`,
    { now },
  );
  return new Map(
    rows.map((row) => [
      row.page_id,
      { postsPerDay: Math.max(row.month / 28, row.week / 7), last: new Date(row.last) },
    ]),
  );
}
