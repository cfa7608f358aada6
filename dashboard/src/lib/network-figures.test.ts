import { expect, test } from 'vitest';
import type { LeaderboardRow } from '#analytics/types.ts';
import { networkFigures } from './network-figures.ts';

type Networks = LeaderboardRow['networks'];
const networks = (told: Record<string, object>) => told as Networks;

test('each network has a figure of its own, marked when its views are abbreviated', () => {
  const told = networks({
    telegram: { medianViews: 1200, erView: 0.02, viewsPrecision: 'rounded' },
    vk: { medianViews: 310, erView: null, viewsPrecision: 'exact' },
  });
  expect(networkFigures(told, 'medianViews')).toEqual([
    { network: 'vk', value: 310, rounded: false },
    { network: 'telegram', value: 1200, rounded: true },
  ]);
  expect(networkFigures(told, 'erView')).toEqual([{ network: 'telegram', value: 0.02, rounded: true }]);
});

test('what is not known in any network has no figure; nought is one', () => {
  expect(networkFigures(networks({}), 'reachRate')).toEqual([]);
  expect(networkFigures(networks({ vk: { reachRate: null } }), 'reachRate')).toEqual([]);
  expect(networkFigures(networks({ vk: { reachRate: 0, viewsPrecision: 'exact' } }), 'reachRate')).toEqual([
    { network: 'vk', value: 0, rounded: false },
  ]);
});
