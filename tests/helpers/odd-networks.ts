import { oddTelegram, telegramOddities } from './odd-telegram.ts';
import { oddVk, vkOddities } from './odd-vk.ts';
import type { OddNetworkOf } from './odd-walls.ts';
import { oddWeb, webOddities } from './odd-web.ts';

/** Each network with its ways of answering oddly. */
export const oddNetworks: readonly (readonly [string, OddNetworkOf, readonly string[]])[] = [
  ['VK', oddVk, vkOddities],
  ['Telegram by an account', oddTelegram, telegramOddities],
  ['t.me', oddWeb, webOddities],
];
