import { describe, expect, test } from 'vitest';
import { playStory } from '../helpers/odd-answers.ts';
import { oddNetworks } from '../helpers/odd-networks.ts';

describe.each(oddNetworks)('walls of %s with odd answers now and then', (_, networkOf) => {
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
