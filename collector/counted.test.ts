import { expect, test } from 'vitest';
import { isUncounted, missingByCount, uncounted } from './counted.ts';

const reached = { reached: 'proven', counted: 420 } as const;

test('posts that a network counts and nobody has read are missing, when they are more than a few', () => {
  expect(missingByCount({ storedPosts: 200 }, reached, 90, {})).toBe(130);
  expect(missingByCount({ storedPosts: 325 }, reached, 90, {})).toBe(0);
  // Deleted posts stay stored.
  expect(missingByCount({ storedPosts: 900 }, reached, 0, {})).toBe(0);
});

test('items that were left out are none of them, nor what is not said', () => {
  expect(missingByCount({ storedPosts: 400 }, reached, 0, { postponed: 3, suggested: 12 })).toBe(0);
  expect(missingByCount({ storedPosts: 0 }, { reached: null, counted: 420 }, 0, {})).toBe(0);
  expect(missingByCount({ storedPosts: 0 }, { reached: 'weak', counted: null }, 0, {})).toBe(0);
  expect(missingByCount({ storedPosts: 0 }, { reached: 'weak' }, 0, {})).toBe(0);
});

test('that is a doubt of its own', () => {
  expect(isUncounted(uncounted)).toBe(true);
  expect(isUncounted({ kind: 'vanished', detail: 'another' })).toBe(false);
});
