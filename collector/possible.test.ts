import { expect, test } from 'vitest';
import { possibleLook, withPossibleValues } from './possible.ts';
import { lookOf, observedPost } from '../tests/helpers/looks.ts';

const tooMany = 4_294_967_296;
const profile = {
  name: 'union',
  title: 'Профсоюз',
  subscribers: tooMany,
  subscribersPrecision: 'exact',
} as const;

test('values that no column holds are unknown, each for itself, and named', () => {
  const counters = { views: 1e18, likes: -5, comments: tooMany - 1, reposts: 2.5 };
  const precisions = { views: 'exact', likes: 'exact', comments: 'exact', reposts: 'exact' } as const;
  const odd = observedPost({
    postId: 7,
    counters,
    precisions,
    stars: tooMany,
    sourceOwner: 2 ** 60,
    sourcePost: 0,
  });
  const look = possibleLook(lookOf({ profile, posts: [odd, observedPost()] }));
  expect(look).toMatchObject({
    outcome: 'ok',
    profile: { title: 'Профсоюз', subscribers: null, subscribersPrecision: null },
    note: 'values that cannot be were left out: subscribers 4294967296, views of post 7 1000000000000000000, likes of post 7 -5 (+4)',
  });
  expect(look.posts[0]).toMatchObject({
    counters: { views: null, likes: null, comments: tooMany - 1, reposts: null },
    precisions: { views: null, likes: null, comments: 'exact', reposts: null },
    ...{ stars: null, sourceOwner: null, sourcePost: null },
  });
  expect(look.posts[1]).toEqual(observedPost());
});

test('posts with ids or dates that cannot be are none, and counted', () => {
  const posts = [
    observedPost({ postId: 2 ** 60 }),
    observedPost({ postId: -1 }),
    observedPost({ postId: 3, published: new Date('1969-01-01T00:00:00Z') }),
    observedPost({ postId: 4 }),
  ];
  const { observed } = lookOf();
  expect(withPossibleValues(posts, observed)).toEqual({
    posts: [observedPost({ postId: 4 })],
    dropped: { impossible_id: 2, impossible_date: 1 },
    note: '',
  });
});

test('a look that failed says its cause first', () => {
  const look = possibleLook(lookOf({ outcome: 'closed', cause: 'vk:15 closed', profile }));
  expect(look.cause).toBe('vk:15 closed; values that cannot be were left out: subscribers 4294967296');
});
