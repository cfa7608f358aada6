import { describe, expect, test } from 'vitest';
import { playStory } from './odd-answers.ts';
import { playGap } from './odd-gaps.ts';
import { oddNetworks } from './odd-networks.ts';

/** How many posts an answer shows, and which answers of a look through a gap are odd. */
interface Gap {
  perPage: number;
  steps: readonly number[];
}

/** Plays walls with and without odd answers on one network. Each has a test file, so that they run side by side. */
export function describeOddStories(network: string, gap: Gap): void {
  const [, networkOf, names] = oddNetworks.find(([name]) => name === network) ?? [];
  if (!networkOf || !names) throw new Error(`There is no network ${network}.`);
  describe(`walls of ${network} with odd answers now and then`, () => {
    test.each([1])('end as the same walls without them, seed %i', async (seed) => {
      const { differences, outcomes } = await playStory(networkOf, { seed, walls: 6, looks: 10, odd: 0.3 });
      expect(differences).toEqual([]);
      expect(outcomes.suspect).toBeGreaterThan(0);
      expect(outcomes.ok).toBeGreaterThan(outcomes.suspect ?? 0);
    });

    test('are known wholly after one odd answer on the way through a gap', async () => {
      const oddities = names.filter((name) => /filled|every third|half|all of the page but/u.test(name));
      expect(oddities.length).toBeGreaterThan(2);
      expect(await playGap(networkOf, { oddities, ...gap })).toEqual([]);
    });

    test('without odd answers nothing is ever suspect', async () => {
      const { differences, outcomes } = await playStory(networkOf, { seed: 4, walls: 6, looks: 4, odd: 0 });
      expect(differences).toEqual([]);
      expect(outcomes.suspect).toBe(0);
    });
  });
}
