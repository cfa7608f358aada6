import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKnownPosts, type Wanted } from '#collector/known-posts.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertPosts, type PostRow } from '#schema/observations/tables/posts.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { postRow } from '../helpers/observed-rows.ts';
import { seededRandom } from '../helpers/odd-walls.ts';

/* What is known of posts is asked for in the months alone in which it stands: it has to be what a look at every row gives. */

const hour = 3_600_000;
const begin = Date.parse('2025-06-01T00:00:00Z');
const random = seededRandom(14);
const upTo = (most: number) => Math.floor(random() * most);
const pages = [1, 2, 3, 4];
const idsOnPage = 90;

let observations: Observations;
let close: () => Promise<void>;
/** Every row that holds: the last one written of a post in a month. */
const held = new Map<string, PostRow>();

async function write(rows: readonly PostRow[]): Promise<void> {
  await insertPosts(observations, rows);
  for (const row of rows) {
    held.set(`${row.pageId} ${row.postId} ${row.published.toISOString().slice(0, 7)}`, row);
  }
}

/** A post in one of eight months; every fifth is an album of three messages. */
function post(pageId: number, postId: number): PostRow {
  const published = new Date(begin + (postId * 64 + upTo(64)) * hour);
  const parts = postId % 5 === 0 ? [postId, postId + 1, postId + 2] : [];
  return postRow(pageId, postId, published.toISOString(), { parts, firstSeen: published, likes: upTo(9) });
}

beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  const first = pages.flatMap((page) =>
    Array.from({ length: idsOnPage }, (_, index) => index + 1)
      .filter((id) => id % 5 !== 1 && id % 5 !== 2 && random() < 0.8)
      .map((id) => post(page, id)),
  );
  await write(first);
  // Later versions, some at another instant of the same month, some with a message more.
  await write(
    first
      .filter(() => random() < 0.3)
      .map((row) => {
        const other = new Date(row.published.getTime() + (upTo(40) - 20) * hour);
        const isSameMonth = other.getUTCMonth() === row.published.getUTCMonth();
        const parts = row.parts.length > 0 ? [...row.parts, row.postId + 500] : [];
        return { ...row, likes: 100, parts, ...(isSameMonth ? { published: other } : {}) };
      }),
  );
  // The same posts once more, under dates that cannot be.
  await write(
    first
      .filter(() => random() < 0.05)
      .map((row) => ({ ...row, published: new Date(row.published.getTime() + 400 * 24 * hour) })),
  );
});
afterAll(async () => {
  await close();
});

/** The same by a look at every row. */
function knownOf(wanted: readonly Wanted[]): [number, [number, PostRow][]][] {
  return wanted.map(({ pageId, ids, after, above }) => {
    const asked = new Set(wanted.flatMap((each) => each.ids));
    const found = [...held.values()].filter(
      (row) =>
        row.pageId === pageId &&
        (ids.includes(row.postId) ||
          row.parts.some((id) => asked.has(id)) ||
          (after !== undefined && row.published.getTime() >= (after?.getTime() ?? 0)) ||
          (above !== undefined && row.postId > above)),
    );
    // Of two dates that under which the post cannot have been: it is to be seen, and removed.
    found.sort((one, other) => one.published.getTime() - other.published.getTime());
    const byId = new Map(found.map((row) => [row.postId, row]));
    return [pageId, [...byId].sort(([one], [other]) => one - other)];
  });
}

async function readSorted(wanted: readonly Wanted[]): Promise<[number, [number, PostRow][]][]> {
  const known = await readKnownPosts(observations, wanted);
  return [...known].map(([page, rows]) => [page, [...rows].sort(([one], [other]) => one - other)]);
}

/** One wish, of any of its kinds. */
function wish(pageId: number): Wanted {
  const ids = random() < 0.8 ? Array.from({ length: upTo(12) }, () => 1 + upTo(idsOnPage + 20)) : [];
  const after = random() < 0.1 ? null : new Date(begin + upTo(idsOnPage * 64) * hour);
  return {
    pageId,
    ids: random() < 0.2 ? [...ids, 500 + 5 * upTo(18)] : ids,
    ...(random() < 0.3 ? { after } : {}),
    ...(random() < 0.3 ? { above: upTo(idsOnPage + 10) } : {}),
  };
}

test('what is known of posts is what every row says, for one page and for several', async () => {
  let rows = 0;
  for (let round = 0; round < 40; round += 1) {
    const wanted = pages.filter((_, index) => index === round % 4 || (round % 2 === 0 && random() < 0.6));
    const wishes = [...wanted, ...(random() < 0.2 ? [99] : [])].map(wish);
    const expected = knownOf(wishes);
    expect(await readSorted(wishes)).toEqual(expected);
    rows += expected.reduce((sum, [, found]) => sum + found.length, 0);
  }
  expect(rows).toBeGreaterThan(500);
});

test('of a page nobody knows, and where nothing is wanted, nothing is known', async () => {
  expect(await readSorted([{ pageId: 99, ids: [1, 2], after: null, above: 0 }])).toEqual([[99, []]]);
  expect(await readSorted([{ pageId: 1, ids: [] }])).toEqual([[1, []]]);
  expect(await readSorted([])).toEqual([]);
});
