import { describe, expect, test } from 'vitest';
import { BrokenAnswer } from './errors.ts';
import { mapById } from './confirm.ts';

const date = 1_773_000_000;
const item = (id: number, more: object = {}) => ({
  id,
  owner_id: -77,
  from_id: -77,
  date,
  text: 'x',
  ...more,
});

describe('posts asked for by their ids', () => {
  test('are there, or gone: left out, or said to be deleted', () => {
    const items = [item(3), item(1, { is_deleted: true }), { id: 2, owner_id: -77, is_deleted: true }];
    for (const answer of [{ items }, items]) {
      expect(mapById(answer, 77, [1, 2, 3, 4])).toMatchObject({
        there: [3],
        gone: [1, 2, 4],
        posts: [{ postId: 3, text: 'x' }],
        odd: 0,
      });
    }
  });

  test('are not known about when something else has their id', () => {
    const answer = { items: [item(1, { post_type: 'reply' }), item(2, { date: null }), item(3)] };
    expect(mapById(answer, 77, [1, 2, 3])).toMatchObject({ there: [3], gone: [], odd: 2 });
  });

  test.each([
    [null],
    [{}],
    [{ items: {} }],
    ['text'],
    [{ items: [null] }],
    [{ items: [item(1), item(2, { owner_id: -78 })] }],
    [{ items: [item(1), { id: 2, date }] }],
    [{ items: [item(1), item(9)] }],
    [{ items: [item(1), { owner_id: -77 }] }],
  ])('are not concluded about from %j', (answer) => {
    expect(() => mapById(answer, 77, [1, 2])).toThrow(BrokenAnswer);
  });
});
