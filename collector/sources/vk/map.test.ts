import { describe, expect, test } from 'vitest';
import { BrokenAnswer } from './errors.ts';
import { mapWall } from './map.ts';

const owner = -77;
const date = Date.UTC(2026, 2, 10, 9) / 1000;

function item(id: number, more: object = {}): object {
  return {
    id,
    owner_id: owner,
    from_id: owner,
    date: date - id * 60,
    text: `text ${id}`,
    post_type: 'post',
    ...more,
  };
}

function wall(items: unknown[], count = items.length) {
  return mapWall({ count, items }, 77, 20);
}

function only(more: object) {
  return wall([item(1, more)]).posts[0];
}

describe('a post of a wall', () => {
  test('is own only when the community itself is its author', () => {
    expect(only({})?.placement).toBe('own');
    expect(only({ from_id: 5 })?.placement).toBe('visitor');
    expect(only({ signer_id: 5 })?.placement).toBe('own');
    expect(only({ marked_as_ads: 1 })?.placement).toBe('advertising');
    expect(only({ post_type: 'post_ads' })?.placement).toBe('advertising');
  });

  test('has counters only where the network said them', () => {
    const post = only({ likes: { count: 0 }, views: { count: 10.0 }, reposts: {}, comments: [] });
    expect(post?.counters).toEqual({ views: 10, likes: 0, comments: null, reposts: null });
    expect(post?.precisions).toEqual({ views: 'exact', likes: 'exact', comments: null, reposts: null });
  });

  test('hands its counters on as they are said, to be named when they cannot be', () => {
    const counters = {
      likes: { count: -1 },
      views: { count: 2.5 },
      reposts: { count: 2 ** 32 },
      comments: '7',
    };
    expect(only(counters)?.counters).toEqual({
      ...{ likes: -1, views: 2.5, reposts: 2 ** 32 },
      comments: Number.NaN,
    });
  });

  test('is a repost with outer counters and the first source, with words of its own too', () => {
    const history = [
      { id: 9, owner_id: -5, text: 'source', likes: { count: 900 }, post_type: 'reply' },
      { id: 8, owner_id: 6, text: 'deeper' },
    ];
    expect(only({ copy_history: history, text: '', likes: { count: 2 } })).toMatchObject({
      kind: 'repost',
      sourceOwner: -5,
      sourcePost: 9,
      text: '',
      sourceText: 'source',
      counters: { likes: 2, views: null },
    });
    expect(only({ copy_history: history, text: 'own words' })).toMatchObject({
      kind: 'repost',
      text: 'own words',
      sourceText: 'source',
    });
    expect(only({ copy_history: [] })).toMatchObject({ kind: 'original', sourceOwner: null });
    expect(only({ post_type: 'copy' })).toMatchObject({
      kind: 'repost',
      sourceOwner: null,
      sourcePost: null,
    });
  });

  test('keeps flags, edits and what it does not know', () => {
    const post = only({
      is_pinned: 1,
      edited: date,
      donut: { is_donut: true, placeholder: { text: 'x' } },
      attachments: [{ type: 'hologram', hologram: {} }],
      reaction_sets: [],
    });
    expect(post).toMatchObject({ pinned: true, donut: true, edited: new Date(date * 1000) });
    expect(only({ edited: 0 })?.edited).toBeNull();
  });

  test('named as removed is so, with or without a date', () => {
    expect(only({ is_deleted: true })?.removed).toBe(true);
    const page = wall([{ id: 4, owner_id: owner, is_deleted: true }]);
    expect([page.posts, page.removed, page.dropped]).toEqual([[], [4], {}]);
  });
});

describe('an item that is no post', () => {
  test.each([
    [{ post_type: 'postpone' }, 'postponed'],
    [{ post_type: 'suggest' }, 'suggested'],
    [{ post_type: 'reply' }, 'reply'],
    [{ owner_id: -78 }, 'other_wall'],
    [{ date: undefined }, 'no_date'],
    [{ date: date * 1000 }, 'no_date'],
    [{ id: 'x' }, 'no_id'],
    [{ from_id: undefined }, 'no_author'],
  ])('%j is dropped with a counted reason', (more, reason) => {
    const page = wall([item(2), item(1, more)]);
    expect(page.posts.map(({ postId }) => postId)).toEqual([2]);
    expect(page.dropped).toEqual({ [reason]: 1 });
  });

  test('twice in one answer is dropped once', () => {
    expect(wall([item(2), item(2)])).toMatchObject({ posts: [{ postId: 2 }], dropped: { twice: 1 } });
    expect(wall([item(2), null, 'x']).dropped).toEqual({ not_an_object: 2 });
  });
});

describe('an answer that is no wall', () => {
  test.each([
    [null, 'null'],
    [{ count: 3 }, '`items` of wall.get is missing'],
    [{ items: {} }, '`items` of wall.get is object'],
    ['text', 'text'],
    [{ items: [{ id: 1 }] }, 'no_date'],
  ])('%j is refused, naming the field', (response, message) => {
    expect(() => mapWall(response, 77, 20)).toThrow(BrokenAnswer);
    expect(() => mapWall(response, 77, 20)).toThrow(message);
  });
});

describe('what an answer covers', () => {
  const at = (id: number) => new Date((date - id * 60) * 1000);

  test('is the whole wall when it is shorter than asked and the count agrees', () => {
    // Here, greater ids are older.
    expect(wall([item(1), item(2)], 2).window).toEqual({ after: null, ids: [1, 2], proof: 'weak' });
    expect(wall([], 0).window).toEqual({ after: null, ids: [], proof: 'weak' });
    expect(wall([], 5).window).toBeNull();
  });

  test('is proven when its end is the first post of all, and that is no pinned one', () => {
    const first = item(1, { date: date - 9_000 });
    expect(wall([item(7), first], 2).window).toEqual({ after: null, ids: [7, 1], proof: 'proven' });
    expect(wall([first, item(7)], 2).window?.proof).toBe('weak');
    expect(wall([item(1, { is_pinned: 1 }), item(7)], 2).window?.proof).toBe('weak');
  });

  test('has no ids of other walls, and is nothing with items of such', () => {
    const page = wall([item(1), item(2, { owner_id: -78 }), item(3)], 50);
    expect([page.window, page.posts.length, page.oldest]).toEqual([null, 2, at(3)]);
  });

  test('is bounded by what was asked for', () => {
    const page = wall(Array.from({ length: 500 }, (_, index) => item(index + 1)));
    expect([page.posts.length, page.returned, page.dropped]).toEqual([30, 30, { surplus: 470 }]);
  });

  test('reaches to the oldest item that is not pinned, marked or not', () => {
    const pinned = item(900, { is_pinned: 1 });
    expect(wall([pinned, item(1), item(2)], 50).window?.after).toEqual(at(2));
    expect(wall([item(900), item(1), item(2)], 50).window?.after).toEqual(at(2));
  });

  test('is nothing when items are out of order or broken', () => {
    expect(wall([item(1), item(3), item(2)], 50).window).toBeNull();
    expect(wall([item(1), item(2, { id: null })], 50).window).toBeNull();
  });
});
