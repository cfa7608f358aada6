import { describe, expect, test } from 'vitest';
import { isUnlikely, missingFrom } from './evidence.ts';
import { observedPost } from '#tests/helpers/looks.ts';
import { postRow } from '#tests/helpers/observed-rows.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 10, 5) + hours * 3_600_000);

/** What is missing from a look that shows these ids, the last of them at the end of its window. */
function absentOf(
  known: ReturnType<typeof postRow>[],
  shown: readonly number[],
  after: Date | null,
): number[] {
  const rows = new Map(known.map((row) => [row.postId, row]));
  const posts = shown.map((postId) =>
    observedPost({ postId, published: rows.get(postId)?.published ?? at(0) }),
  );
  const look = { posts, removed: [], window: { after, ids: shown } };
  return missingFrom(look, rows).absent.map(({ postId }) => postId);
}

describe('posts of the very second at which a window ends', () => {
  const known = [1, 2, 3, 4, 5, 6].map((id) => postRow(4, id, id < 6 ? at(-9) : at(-1)));

  test('are missing when their ids are greater than the smallest that is shown of then', () => {
    expect(absentOf(known, [6, 5, 3], at(-9))).toEqual([4]);
    expect(absentOf(known, [6, 5, 4, 3], at(-9))).toEqual([]);
  });

  test('are not told of by a post of another second', () => {
    expect(absentOf([...known, postRow(4, 0, at(-99))], [6, 4, 0], at(-9))).toEqual([5]);
    expect(absentOf(known, [6], at(-9))).toEqual([]);
  });
});

test('a post whose date is in doubt is missing when it is by both of its dates', () => {
  const known = [
    postRow(4, 1, at(-5), { otherPublished: at(-900), otherSince: at(-1) }),
    postRow(4, 2, at(-5), { otherPublished: at(-6), otherSince: at(-1) }),
    postRow(4, 3, at(-9)),
  ];
  expect(absentOf(known, [3], at(-9))).toEqual([2]);
});

test('a post of a great id is missing, whatever its date: one that is among the newest cannot be that old', () => {
  const known = [9, 8, 7, 6, 5].map((id) => postRow(4, id, at(id - 10)));
  const old = (id: number) => postRow(4, id, at(-9600));
  expect(absentOf([...known, old(10), old(4)], [9, 8, 7, 6, 5], at(-5))).toEqual([10]);
  // A post that was planned long before it appeared has a small id, and misleads nobody.
  const planned = [postRow(4, 1, at(-8)), ...[9, 8, 7].map((id) => postRow(4, id, at(id - 15)))];
  expect(absentOf([...planned, postRow(4, 3, at(-20))], [9, 8, 7, 1], at(-8))).toEqual([]);
});

test('what a look shows beyond its window is not missing', () => {
  const rows = new Map([1, 2].map((id) => [id, postRow(4, id, at(-id))]));
  const look = {
    posts: [observedPost({ postId: 1, published: at(-1) })],
    removed: [],
    window: { after: null, ids: [2] },
  };
  expect(missingFrom(look, rows).absent).toEqual([]);
});

test.each([
  [3, 40, 0, false],
  [4, 40, 0, false],
  [5, 40, 0, true],
  [11, 40, 10, false],
  [3, 3, 0, true],
])('%s of %s posts at once, %s deleted before: unlikely is %s', (count, covered, deleted, expected) => {
  const absent = Array.from({ length: count }, (_, index) => postRow(4, index, at(0)));
  expect(isUnlikely({ named: [], absent, covered, deleted })).toBe(expected);
});
