import { startOfDay } from '#domain/period.ts';
import { decodeRow, selectList } from '#schema/observations/table.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { posts } from '#schema/observations/tables/posts.ts';
import type { Page } from '#schema/operations/pages.ts';
import { updatePages } from '#schema/operations/pages.ts';
import { messagesOfRow } from './evidence.ts';
import { readKnownPosts } from './known-posts.ts';
import { withPossibleValues } from './possible.ts';
import type { NetworkRecordContext } from './record.ts';
import { chunk } from './sources/kit/concurrency.ts';
import { join, messagesOf, writePosts } from './record.ts';
import type { Confirmation } from './source.ts';

/** Pages whose deleted posts are in memory at a time: on one day each page of a large register may have its weekly look. */
const pagesAtOnce = 200;
const week = 7 * 24 * 3_600_000;

/** Some of each page's posts that are taken for deleted: others each week, so that all get their turn. */
async function readDeleted(
  { observations, zone, historyFrom, slot, confirming }: NetworkRecordContext,
  pages: readonly Page[],
): Promise<Map<number, PostRow[]>> {
  const rows = await observations.rows<Record<string, unknown>>(
    `-- readDeleted
       SELECT ${selectList(posts)} FROM ${observations.tables.posts} FINAL
     WHERE page_id IN {pages: Array(UInt32)} AND deleted IS NOT NULL
       AND published >= {from: DateTime64(3, 'UTC')}
     ORDER BY page_id, sipHash64(post_id, {week: UInt32}) LIMIT {most: UInt32} BY page_id`,
    {
      pages: pages.map(({ id }) => id),
      from: startOfDay(historyFrom, zone),
      week: Math.floor(slot.getTime() / week),
      most: confirming.confirmAtOnce,
    },
  );
  return Map.groupBy(
    rows.map((row) => decodeRow(posts, row)),
    ({ pageId }) => pageId,
  );
}

/**
 * Asks for posts that are taken for deleted, of pages that have their weekly look: those that are there again are back,
 * with the instants of both. `at`: when it is asked, should a source not say.
 */
export async function askForDeleted(
  context: NetworkRecordContext,
  pages: readonly Page[],
  at: Date,
): Promise<void> {
  for (const some of chunk(pages, pagesAtOnce)) await askForDeletedOf(context, some, at);
}

async function askForDeletedOf(
  context: NetworkRecordContext,
  pages: readonly Page[],
  at: Date,
): Promise<void> {
  const deleted = await readDeleted(context, pages);
  for (const page of pages) {
    const rows = deleted.get(page.id) ?? [];
    if (rows.length === 0) continue;
    const said = await context.confirming.confirm({
      pageId: page.id,
      nativeId: page.nativeId ?? 0,
      name: page.name,
      ids: rows.flatMap((row) => [...messagesOfRow(row)]).slice(0, context.confirming.confirmAtOnce),
    });
    await bringBack(context, page, said, at);
  }
}

async function bringBack(
  context: NetworkRecordContext,
  page: Page,
  said: Confirmation,
  at: Date,
): Promise<void> {
  const observed = said.cause === '' ? said.observed : at;
  const { posts: there } = withPossibleValues(said.posts, observed);
  if (there.length === 0) return;
  const known = await readKnownPosts(context.observations, [
    { pageId: page.id, ids: there.flatMap(messagesOf) },
  ]);
  const observation = { pageId: page.id, observed, before: null, late: context.late };
  const joined = join(context, observation, { posts: there, gone: [] }, known.get(page.id) ?? new Map());
  await context.confirm();
  await writePosts(context, [joined]);
  if (joined.fresh.length > 0) {
    const changes = { storedPosts: page.storedPosts + joined.fresh.length };
    await updatePages(context.operations, [{ id: page.id, changes }]);
  }
}
