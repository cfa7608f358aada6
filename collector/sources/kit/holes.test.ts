import { describe, expect, test } from 'vitest';
import { observedPost } from '#tests/helpers/looks.ts';
import type { ObservedPost } from '../../source.ts';
import { gapsIn, joinIds, joinPosts, longGap } from './holes.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('gaps', () => {
  test('stand between messages, and above the newest when ids below one were asked for', () => {
    expect(gapsIn([7, 5, 6, 1], 11)).toEqual([
      { above: 11, below: 7, missing: 3 },
      { above: 5, below: 1, missing: 3 },
    ]);
    expect(gapsIn([7, 5, 6], null)).toEqual([]);
    expect(gapsIn([10, 9, 9, 8], 11)).toEqual([]);
    expect(gapsIn([], 11)).toEqual([]);
  });

  test.each([
    ['five in a row are long', [...range(1, 10), ...range(16, 25)], 5],
    ['four are ordinary', [...range(1, 10), ...range(15, 25)], undefined],
    ['the same after every message is not long', range(1, 20).map((id) => id * 6), undefined],
    ['of those a threefold one is', [...range(1, 10), ...range(13, 25)].map((id) => id * 6), 17],
    ['two alike are not', [...range(1, 5), ...range(505, 510), ...range(1010, 1015)], undefined],
  ])('%s', (_, ids, long) => {
    expect(longGap(gapsIn(ids, null))?.missing).toBe(long);
  });
});

describe('two answers', () => {
  const post = (postId: number, more: Partial<ObservedPost> = {}) =>
    observedPost({ postId, text: '', ...more });

  test('together show what either does, down to where both came', () => {
    expect(joinIds([9, 8, 3], [9, 7, 5, 4], 4).sort()).toEqual([4, 5, 7, 8, 9]);
    const posts = joinPosts([post(9), post(3)], [post(9, { text: 'later' }), post(5), post(4)], 4);
    expect(posts.map(({ postId, text }) => [postId, text])).toEqual([
      [4, ''],
      [5, ''],
      [9, 'later'],
    ]);
  });

  test('make one post of an album that one shows in part', () => {
    const whole = post(5, { parts: [5, 6, 7] });
    const part = post(6, { parts: [6, 7] });
    expect(joinPosts([whole], [part], 1)).toEqual([whole]);
    expect(joinPosts([part], [whole], 1)).toEqual([whole]);
    expect(joinPosts([whole], [part], 6)).toEqual([part]);
  });
});
