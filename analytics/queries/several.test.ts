import { expect, test } from 'vitest';
import { askSeveral, severalAtOnce } from './several.ts';

/** Answers the lengths of some words, and keeps what it was asked. */
function lengths(atOnce: number) {
  const asked: string[][] = [];
  return {
    asked,
    keyOf: (word: string) => word,
    atOnce,
    ask: (words: readonly string[]) => {
      asked.push([...words]);
      return Promise.resolve(words.map(({ length }) => length));
    },
  };
}

test('each is asked about once, so many at once, and answered about as often as it was given', async () => {
  const question = lengths(2);
  const words = ['post', 'day', 'post', 'week', 'page'];
  const lengthOf = await askSeveral(words, question);
  expect(question.asked).toEqual([
    ['post', 'day'],
    ['week', 'page'],
  ]);
  expect(words.map(lengthOf)).toEqual([4, 3, 4, 4, 4]);
});

test('about nothing nothing is asked, and what was not asked about has no answer', async () => {
  const question = lengths(2);
  const lengthOf = await askSeveral([], question);
  expect(question.asked).toEqual([]);
  expect(() => lengthOf('day')).toThrow('Nothing was asked about day.');
});

test('of many pages one thing is asked at a time, of few as much as an answer may hold', () => {
  expect([0, 1, 45, 3_500, 5_000, 5_001, 100_000].map(severalAtOnce)).toEqual([
    20_000, 20_000, 444, 5, 4, 1, 1,
  ]);
});
