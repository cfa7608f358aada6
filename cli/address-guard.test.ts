import { expect, test } from 'vitest';
import { addressProblem, mostAddressBytes } from './address-guard.ts';

test.each([
  '/ranking',
  '/ranking?search=x-sveltekit-invalidated',
  '/ranking?X-SvelteKit-Invalidated=1',
  '/ranking/__data.json?x-sveltekit-invalidated=01&x-sveltekit-trailing-slash=1',
  `/${'x'.repeat(mostAddressBytes - 1)}`,
])('an address of ours is passed on: %.80s', (url) => {
  expect(addressProblem({ url })).toBeNull();
});

test.each([
  '/ranking?x-sveltekit-invalidated=1',
  '/?a=1&x-sveltekit-odd',
  '/?x%2Dsveltekit%2dodd=1',
  '/silent?/close&x-sveltekit-trailing-slash=1',
  '/ranking/__data.json?x-sveltekit-odd=1',
])('a name that the kit keeps for itself is refused: %s', (url) => {
  expect(addressProblem({ url })).toBe('name_reserved');
});

test('a longer address is refused, by its bytes', () => {
  expect(addressProblem({ url: `/${'x'.repeat(mostAddressBytes)}` })).toBe('address_long');
  expect(addressProblem({ url: `/?${'я'.repeat(mostAddressBytes / 2)}` })).toBe('address_long');
});
