import { oddVk, vkOddities } from './odd-vk.ts';
import type { OddNetworkOf } from './odd-walls.ts';

/** Each network with its ways of answering oddly. */
export const oddNetworks: readonly (readonly [string, OddNetworkOf, readonly string[]])[] = [
  ['VK', oddVk, vkOddities],
];
