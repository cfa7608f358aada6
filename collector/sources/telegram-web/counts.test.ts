import { describe, expect, test } from 'vitest';
import { parseCount, parseSubscribers, shownCount, sumOf } from './counts.ts';

const exact = (count: number) => ({ count, precision: 'exact' });
const rounded = (count: number) => ({ count, precision: 'rounded' });

describe('a count', () => {
  test.each([
    ['0', 0],
    ['921', 921],
    ['1474933', 1_474_933],
    ['1 474 933', 1_474_933],
    ['1\u00a0474\u202f933', 1_474_933],
    ['1,474,933', 1_474_933],
    [' 12 ', 12],
  ])('%s is exact', (text, count) => {
    expect(parseCount(text)).toEqual(exact(count));
  });

  test.each([
    ['85.9K', 85_900],
    ['1.15K', 1_150],
    ['422.0K', 422_000],
    ['1.48M', 1_480_000],
    ['1,2k', 1_200],
    ['2 M', 2_000_000],
    ['1.1B', 1_100_000_000],
    // More than can be kept is left out, and named, where it is recorded.
    ['99B', 99_000_000_000],
  ])('%s is rounded', (text, count) => {
    expect(parseCount(text)).toEqual(rounded(count));
  });

  test.each(['', 'views', '1.5', '-3', '12 34', '1.2.3K', 'K', '5 online'])('"%s" is none', (text) => {
    expect(parseCount(text)).toBeNull();
  });
});

describe('what an element of counts shows', () => {
  test('is a count, no number when its figures are none, and nothing without figures', () => {
    expect(['12', '-3', '1.5', '1.2.3K', '', 'views'].map((text) => shownCount(text)?.count)).toEqual([
      12,
      ...Array<number>(3).fill(Number.NaN),
      ...[undefined, undefined],
    ]);
  });
});

describe('a sum of counts', () => {
  test('is exact when all are, and rounded when one is', () => {
    expect(sumOf([parseCount('3'), parseCount('4')])).toEqual(exact(7));
    expect(sumOf([parseCount('1.2K'), parseCount('4')])).toEqual(rounded(1_204));
    expect(sumOf([])).toEqual(exact(0));
  });

  test('is unknown when one of them is, and odd when one of them is, or it is too large', () => {
    expect(sumOf([parseCount('3'), null])).toBeNull();
    expect(sumOf([parseCount('4B'), parseCount('4B')])).toEqual(rounded(8_000_000_000));
    expect(sumOf([parseCount('3'), shownCount('-3')])).toEqual(exact(Number.NaN));
  });
});

describe('subscribers', () => {
  test.each([
    ['1 474 933 members', exact(1_474_933)],
    ['1 subscriber', exact(1)],
    ['12 345 subscribers', exact(12_345)],
    ['1.48M members', rounded(1_480_000)],
    ['9999B subscribers', rounded(9_999e9)],
    ['-3 subscribers', exact(Number.NaN)],
  ])('%s', (text, shown) => {
    expect(parseSubscribers(text)).toEqual(shown);
  });

  test.each(['@ivanov', '12 members, 3 online', '5 photos', ''])('"%s" tells none', (text) => {
    expect(parseSubscribers(text)).toBeNull();
  });
});
