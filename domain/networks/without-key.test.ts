import { expect, test } from 'vitest';
import { keyedNetworks, networksWithoutKey, pagesWithoutKey } from './without-key.ts';

test('a network is without its key when it is read with one alone and nothing reads it', () => {
  expect(keyedNetworks).toEqual([{ network: 'vk', setting: 'VK_TOKENS' }]);
  expect(networksWithoutKey([])).toEqual(['vk']);
  expect(networksWithoutKey([{ network: 'telegram' }])).toEqual(['vk']);
  expect(networksWithoutKey([{ network: 'vk' }])).toEqual([]);
});

test('pages wait for a key that is not set, and for no other', () => {
  const registered = [
    { network: 'vk', pages: 9 },
    { network: 'telegram', pages: 4 },
  ] as const;
  expect(pagesWithoutKey(registered, ['vk'])).toEqual([{ network: 'vk', pages: 9 }]);
  expect(pagesWithoutKey(registered, [])).toEqual([]);
  expect(pagesWithoutKey([{ network: 'vk', pages: 0 }], ['vk'])).toEqual([]);
  expect(pagesWithoutKey([], ['vk'])).toEqual([]);
});
