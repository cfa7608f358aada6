import { expect, test } from 'vitest';
import { datedBy, isFarBehind, oldestAbout, outOfLine, runsAhead } from './dates.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const posts = (...days: number[]) => days.map((day, index) => ({ postId: 100 - index, published: at(day) }));
const rises = (later: number, earlier: number) => later < earlier;

test('the oldest of a page are dated about as the middle one of three', () => {
  expect(oldestAbout(posts(9, 8, 7, 6))).toEqual(at(7));
  expect(oldestAbout(posts(9, 8, -300, 6))).toEqual(at(6));
  expect(oldestAbout(posts(9, 8, 7, -300))).toEqual(at(7));
  expect(oldestAbout(posts(5))).toEqual(at(5));
  expect(oldestAbout([])).toBeNull();
});

test('a page is far behind when all of it is', () => {
  expect(isFarBehind(posts(-60, -70), at(1))).toBe(true);
  expect(isFarBehind(posts(-20, -70), at(1))).toBe(false);
  expect(isFarBehind(posts(-60), null)).toBe(false);
  expect(isFarBehind([], at(1))).toBe(false);
});

test('a page runs ahead when all of it is later by more than a day', () => {
  expect(runsAhead(posts(9, 4), at(1))).toBe(true);
  expect(runsAhead(posts(9, 2), at(1))).toBe(false);
  expect(runsAhead(posts(9), null)).toBe(false);
  expect(runsAhead([], at(1))).toBe(false);
});

test('of five dates and more one may be out of line', () => {
  expect(outOfLine([1, 2, 2, 3, 4], rises)).toBe(-1);
  expect(outOfLine([1, 9, 2, 3, 4], rises)).toBe(1);
  expect(outOfLine([1, 2, 3, 4, 0], rises)).toBe(4);
  expect(outOfLine([9, 1, 2, 3, 4], rises)).toBe(0);
  expect(outOfLine([9, 8, 2, 3, 4], rises)).toBeNull();
  expect(outOfLine([2, 1, 3, 4], rises)).toBeNull();
  expect(outOfLine([], rises)).toBe(-1);
});

test('an instant is reached by two older messages, in order, or by all', () => {
  const page = (days: number[], inOrder = true) => ({
    dates: days.map(at),
    oldest: at(Math.min(...days)),
    inOrder,
  });
  expect(datedBy(page([9, 8]), at(5))).toEqual({ isReached: false, oldest: at(8) });
  expect(datedBy(page([9, 4, 3]), at(5))).toEqual({ isReached: true, oldest: at(3) });
  expect(datedBy(page([9, 8, 3]), at(5))).toEqual({ isReached: false, oldest: at(8) });
  expect(datedBy(page([9, 3, 8, 4], false), at(5))).toMatchObject({ isReached: false });
  expect(datedBy(page([2, 4, 3], false), at(5))).toMatchObject({ isReached: true });
  expect(datedBy(page([3]), at(5))).toEqual({ isReached: false, oldest: null });
});
