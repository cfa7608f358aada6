import { describe, expect, test } from 'vitest';
import { playStory } from './odd-answers.ts';
import { oddNetworks } from './odd-networks.ts';

/** Plays walls with and without odd answers on one network. Each has a test file, so that they run side by side. */
export function describeOddStories(network: (typeof oddNetworks)[number][0]): void {
  const [, networkOf] = oddNetworks.find(([name]) => name === network) ?? [];
  if (!networkOf) throw new Error(`There is no network ${network}.`);
  describe(`walls of ${network} with odd answers now and then`, () => {
    test.each([1])('end as the same walls without them, seed %i', async (seed) => {
      const { differences, outcomes } = await playStory(networkOf, { seed, walls: 6, looks: 10, odd: 0.3 });
      expect(differences).toEqual([]);
      expect(outcomes.suspect).toBeGreaterThan(0);
      expect(outcomes.ok).toBeGreaterThan(outcomes.suspect ?? 0);
    });

    test('without odd answers nothing is ever suspect', async () => {
      const { differences, outcomes } = await playStory(networkOf, { seed: 4, walls: 6, looks: 4, odd: 0 });
      expect(differences).toEqual([]);
      expect(outcomes.suspect).toBe(0);
    });
  });
}
