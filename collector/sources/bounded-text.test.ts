import { expect, test } from 'vitest';
import { boundedText } from './bounded-text.ts';

test('a text is kept as it is up to the longest one, and then cut, never within a character', () => {
  expect(boundedText('')).toBe('');
  expect(boundedText('я'.repeat(65_536))).toHaveLength(65_536);
  expect(boundedText('я'.repeat(65_537))).toHaveLength(65_536);
  const cut = boundedText(`${'я'.repeat(65_535)}😀 и ещё`);
  expect(cut).toHaveLength(65_535);
  expect(cut.isWellFormed()).toBe(true);
});
