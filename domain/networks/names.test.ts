import { expect, test } from 'vitest';
import { measuredNetworks, networks } from '../networks.ts';
import { joinNetworks, likesByNetwork } from './names.ts';

test('networks are joined in the form that a sentence takes, with its preposition', () => {
  expect(joinNetworks(measuredNetworks, 'in', 'ru')).toBe('во ВКонтакте и в Telegram');
  expect(joinNetworks(measuredNetworks, 'in', 'en')).toBe('on VK and on Telegram');
  expect(joinNetworks(measuredNetworks, 'at', 'ru', 'disjunction')).toBe('ВКонтакте или в Telegram');
  expect(joinNetworks(measuredNetworks, 'at', 'en', 'disjunction')).toBe('VK or Telegram');
  expect(joinNetworks(networks, 'of', 'ru')).toBe('ВКонтакте, Telegram и сайта');
  expect(joinNetworks(networks, 'label', 'en')).toBe('VK, Telegram, and website');
  expect(joinNetworks([], 'of', 'ru')).toBe('');
});

test('likes are named as each network names them', () => {
  expect(likesByNetwork('ru')).toBe('отметки «нравится» ВКонтакте или реакции в Telegram');
  expect(likesByNetwork('en')).toBe('likes of VK or reactions of Telegram');
});
