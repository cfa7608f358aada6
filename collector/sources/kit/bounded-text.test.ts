import { expect, test } from 'vitest';
import { boundedText, longestText } from './bounded-text.ts';

test('a text that fits stays as it is', () => {
  for (const text of ['', 'слова', 'x'.repeat(longestText), '\ud800 alone'])
    expect(boundedText(text)).toBe(text);
});

test('a longer one is cut at the bound, never within a pair', () => {
  expect(boundedText('ы'.repeat(5_000_000))).toBe('ы'.repeat(longestText));
  const split = 'x'.repeat(longestText - 1);
  expect(boundedText(`${split}🙂🙂`)).toBe(split);
  expect(boundedText(`x${split.slice(2)}🙂🙂`)).toBe(`x${split.slice(2)}🙂`);
});
