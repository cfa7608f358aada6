import { describe, expect, test } from 'vitest';
import { doubtOfDates, isRedated, datesOf, redatedOf, withPossibleDates } from './dates.ts';
import { observedPost } from '#tests/helpers/looks.ts';
import { postRow } from '#tests/helpers/observed-rows.ts';

const hour = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 2, 10, 5) + hours * hour);
const known = (id: number, changes = {}) => postRow(4, id, at(-id), changes);
const shown = (id: number, hours: number) => observedPost({ postId: id, published: at(hours) });

describe('the date of a known post', () => {
  test('stays when one answer shows another, which is kept with its instant', () => {
    expect(datesOf(shown(1, -500), known(1), at(0))).toEqual({
      published: at(-1),
      otherPublished: at(-500),
      otherSince: at(0),
    });
  });

  test.each([
    [5.9, at(-1), at(-500)],
    [6, at(-500), null],
  ])('that is shown as another again after %s hours', (hours, published, otherPublished) => {
    const row = known(1, { otherPublished: at(-500), otherSince: at(0) });
    expect(datesOf(shown(1, -500), row, at(hours))).toMatchObject({ published, otherPublished });
  });

  test('is not doubted any more once an answer shows it again, and a third date begins anew', () => {
    const row = known(1, { otherPublished: at(-500), otherSince: at(0) });
    expect(datesOf(shown(1, -1), row, at(9))).toEqual({
      published: at(-1),
      otherPublished: null,
      otherSince: null,
    });
    expect(datesOf(shown(1, -300), row, at(9))).toEqual({
      published: at(-1),
      otherPublished: at(-300),
      otherSince: at(9),
    });
  });

  test('that could not be right gives way at once', () => {
    const row = postRow(4, 1, at(400), { firstSeen: at(-5) });
    expect(datesOf(shown(1, -6), row, at(0))).toMatchObject({ published: at(-6), otherPublished: null });
  });

  test('of an album is told by its first message alone', () => {
    const row = known(20, { parts: [20, 21] });
    expect(datesOf(observedPost({ postId: 21, parts: [21], published: at(-3) }), row, at(0))).toMatchObject({
      published: at(-20),
      otherPublished: null,
    });
  });
});

describe('an answer whose dates are others', () => {
  const rows = new Map([1, 2, 3, 4, 5, 6].map((id) => [id, known(id)]));
  const look = (others: number) => ({
    observed: at(0),
    posts: [1, 2, 3, 4, 5, 6].map((id) => shown(id, id <= others ? -id - 9600 : -id)),
  });

  test.each([
    [2, false],
    [3, true],
    [6, true],
  ])('for %s of six known posts is doubted: %s', (others, isDoubted) => {
    const redated = redatedOf(look(others), rows);
    expect(redated).toEqual({ compared: 6, unsettled: others, settled: 0 });
    expect(doubtOfDates(redated)).toEqual(
      isDoubted ? { kind: 'redated', detail: `${others} of 6 known posts have other dates` } : null,
    );
    expect(isRedated(redated)).toBe(false);
  });

  test('convinces post by post', () => {
    const again = new Map(
      [...rows].map(([id, row]) => [
        id,
        { ...row, otherPublished: at(-id - 9600), otherSince: at(id <= 4 ? -7 : -5) },
      ]),
    );
    const redated = redatedOf(look(6), again);
    expect(redated).toEqual({ compared: 6, unsettled: 2, settled: 4 });
    expect(doubtOfDates(redated)).toBeNull();
    expect(isRedated(redated)).toBe(true);
  });
});

test('posts of the future, and older than any network, are none, and counted by reason', () => {
  const posts = [
    shown(1, -1),
    shown(2, 1),
    observedPost({ postId: 3, published: new Date(1000) }),
    observedPost({ postId: 4, published: new Date(Number.NaN) }),
    shown(5, 0.1),
  ];
  const { posts: kept, dropped } = withPossibleDates(posts, at(0));
  expect(kept.map(({ postId }) => postId)).toEqual([1, 5]);
  expect(dropped).toEqual({ future_date: 2, impossible_date: 1 });
});
