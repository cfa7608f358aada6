import { expect, test } from 'vitest';
import {
  isReviewed,
  mayReview,
  readReview,
  reviewAt,
  reviewDone,
  reviewDue,
  reviewForDates,
  secondReading,
  wantedForDates,
} from './review.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 10, 5) + hours * 3_600_000);
const week = 7 * 24;

test('a review goes on from its place, and knows why it was begun', () => {
  const begun = readReview(reviewForDates(at(0)));
  expect([isReviewed(begun, at(5)), isReviewed(begun, at(6))]).toEqual([false, true]);
  const place = { id: 7, published: at(-90), offset: 12 };
  const going = readReview(reviewAt(begun, place, true));
  expect(going).toMatchObject({ isOpen: true, place, isUnsettled: true, isOfDates: true });
  expect(readReview(reviewAt(going, null, false))).toMatchObject({
    isOpen: true,
    place: null,
    isUnsettled: true,
    isOfDates: true,
  });
});

test('a review that found other dates is followed by another when they would convince, and then once a week', () => {
  const first = readReview(reviewDone(readReview(reviewDue), true, at(0)));
  expect(first).toMatchObject({ isOpen: false, from: at(6), isOfDates: true });
  const second = readReview(reviewDone(first, true, at(7)));
  expect(second.from).toEqual(at(7 + week));
  expect(readReview(reviewDone(second, false, at(300)))).toMatchObject({ done: at(300), from: null });
});

test('what is kept of a review and is damaged begins it anew', () => {
  for (const stored of [
    '{"place": {"id',
    'null',
    '{}',
    '{"place":5}',
    '{"place":{"id":"x"}}',
    '{"done":"rubbish"}',
  ]) {
    expect(readReview(stored)).toMatchObject({ isOpen: true, place: null, done: null });
  }
});

test('a past that has been read wholly is read once more a week later', () => {
  const review = readReview(secondReading(at(0)));
  expect([isReviewed(review, at(week - 1)), isReviewed(review, at(week))]).toEqual([false, true]);
  expect(readReview(reviewDone(review, false, at(week))).done).toEqual(at(week));
});

test('dates want a review no sooner than one is wanted anyway, and once a week at most', () => {
  expect(wantedForDates(reviewDue, at(0), 'at once')).toBeNull();
  expect(wantedForDates(reviewForDates(at(-1)), at(0), 'when convincing')).toBeNull();
  expect(readReview(wantedForDates(secondReading(at(0)), at(0), 'when convincing')).from).toEqual(at(6));
  expect(readReview(wantedForDates(reviewForDates(at(-1)), at(0), 'at once')).from).toEqual(at(0));
  const done = reviewDone(readReview(reviewDue), false, at(-2));
  expect(readReview(wantedForDates(done, at(0), 'at once')).from).toEqual(at(0));
  const doneForDates = reviewDone(readReview(reviewForDates(at(-9))), false, at(-2));
  expect(readReview(wantedForDates(doneForDates, at(0), 'at once')).from).toEqual(at(week - 2));
  expect(mayReview(done, at(0))).toBe(false);
  expect(mayReview(done, at(week))).toBe(true);
});
