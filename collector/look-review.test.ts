import { expect, test } from 'vitest';
import { lookOf, observedPost, registeredPage } from '#tests/helpers/looks.ts';
import { reviewChanges } from './look-review.ts';
import { mergePost } from './merge.ts';
import { readReview } from './review.ts';

const hour = 3_600_000;
const observed = new Date('2026-03-10T05:00:00Z');
const posts = Array.from({ length: 40 }, (_, index) =>
  observedPost({ postId: 140 - index, published: new Date(observed.getTime() - index * hour) }),
);
const judged = {
  page: registeredPage({ lastSuccess: new Date(observed.getTime() - 12 * hour) }),
  look: lookOf({ posts, observed }),
  ...{ gone: [], doubt: null, whole: true, passedOver: false, redated: false, asked: [] },
};
const nothing = { fresh: [], unsettled: [], redated: [] };

/** Posts of the look, by their ids, as they are stored. */
function rowsOf(ids: readonly number[]) {
  const observation = { pageId: 4, observed, before: null, late: false };
  return posts
    .filter(({ postId }) => ids.includes(postId))
    .map((post) => mergePost(post, null, observation).row);
}

test('another date of a post deep in a gap is looked at again, as no later look shows it', () => {
  expect(reviewChanges(judged, { ...nothing, unsettled: rowsOf([140, 131]) })).toEqual({});
  const { review } = reviewChanges(judged, { ...nothing, unsettled: rowsOf([140, 110]) });
  expect(readReview(review ?? null)).toMatchObject({
    from: new Date(observed.getTime() + 6 * hour),
    isOfDates: true,
  });
});

test('posts that an earlier look should have shown have the past read once more', () => {
  expect(reviewChanges(judged, { ...nothing, fresh: rowsOf([140, 120]) })).toEqual({});
  expect(reviewChanges(judged, { ...nothing, fresh: rowsOf([101]) })).toEqual({ review: 'due' });
});
