import { describe, expect, it } from 'vitest';

import { components, movementOf, rankLeague, roundedIndex } from './activity-index.ts';
import type { IndexFacts, Weights } from './activity-index.ts';

type Values = Partial<Record<'reach' | 'engagement' | 'growth', number | null>>;

function facts(
  organisationId: number,
  perWeek: number | null,
  weeksAtNorm: number,
  vk: Values = {},
  changes: Partial<IndexFacts> = {},
): IndexFacts {
  return {
    organisationId,
    stands: true,
    posts: perWeek === 0 ? 0 : 10,
    counted: { countedPosts: (perWeek ?? 0) * 13, perWeek, weeks: 13, weeksAtNorm, norm: 3 },
    networks: { vk: { reach: null, engagement: null, growth: null, ...vk } },
    ...changes,
  };
}

const placesIn = (results: { place: number | null; placeTo: number | null }[]) =>
  results.map(({ place, placeTo }) => [place, placeTo]);

describe('the activity index', () => {
  it('is the weighted mean of its components, rounded to 0.1', () => {
    const [best, middle, last] = rankLeague([
      facts(1, 3, 13, { reach: 0.5, engagement: 0.03, growth: 0.02 }),
      facts(2, 1.5, 4, { reach: 0.4, engagement: 0.05, growth: 0.01 }),
      facts(3, 6, 0, { reach: 0.1, engagement: 0.01, growth: 0 }),
    ]);
    expect(best?.components).toEqual({
      frequency: 100,
      regularity: 100,
      reach: 100,
      engagement: 50,
      growth: 100,
    });
    expect(best?.index).toBe(90);
    expect(middle?.components.regularity).toBeCloseTo(30.769, 3);
    expect(middle?.index).toBe(56.2);
    expect(last?.index).toBe(30);
    expect([best?.place, middle?.place, last?.place, last?.placeOf]).toEqual([1, 2, 3, 3]);
    expect(best?.parts.engagement).toEqual([
      { network: 'vk', value: 0.03, percentile: 50, below: 1, others: 2 },
    ]);
  });

  it('leaves out what is unknown and weights the rest anew', () => {
    const results = rankLeague([
      facts(1, 3, 13),
      facts(2, 1.5, 13),
      facts(3, 3, 0, {}, { counted: { countedPosts: 3, perWeek: 3, weeks: 0, weeksAtNorm: 0, norm: 3 } }),
    ]);
    expect(results[0]?.components).toEqual({
      frequency: 100,
      regularity: 100,
      reach: null,
      engagement: null,
      growth: null,
    });
    expect(results.map(({ index }) => index)).toEqual([100, 70, 100]);
    expect(results[2]?.components.regularity).toBeNull();
    expect(placesIn(results)).toEqual([
      [1, 2],
      [3, 3],
      [1, 2],
    ]);
  });

  it('averages percentiles over the networks of an organisation, each within its network', () => {
    const both = (id: number, vk: number, telegram: number | null) =>
      facts(
        id,
        3,
        13,
        {},
        {
          networks: {
            vk: { reach: vk, engagement: null, growth: null },
            telegram: { reach: telegram, engagement: null, growth: null },
          },
        },
      );
    const results = rankLeague([both(1, 0.3, 0.1), both(2, 0.2, 0.9), both(3, 0.1, null)]);
    expect(results.map(({ components: { reach } }) => reach)).toEqual([50, 75, 0]);
    expect(results[0]?.parts.reach.map(({ network, percentile }) => [network, percentile])).toEqual([
      ['vk', 100],
      ['telegram', 0],
    ]);
  });

  it('a known zero has zeros and ranks last, growth or not; it does not raise the reach of others', () => {
    const results = rankLeague([
      facts(1, 0, 0, { growth: 0.5 }),
      facts(2, 0.1, 0, { reach: 0.1, engagement: 0.1, growth: 0.1 }),
      facts(3, 0.1, 0, { reach: 0.2, engagement: 0.2, growth: 0.2 }),
      facts(4, 0, 0, { reach: 5, growth: 0 }),
    ]);
    expect(results[0]?.components).toEqual({
      frequency: 0,
      regularity: 0,
      reach: 0,
      engagement: 0,
      growth: 100,
    });
    expect(results[0]).toMatchObject({ index: 10, zero: true, place: 3 });
    expect(results[1]).toMatchObject({ index: 4.3, place: 2 });
    expect(results[3]).toMatchObject({ index: 0, place: 4 });
    expect(results[1]?.parts.reach[0]).toMatchObject({ percentile: 0, others: 1 });
  });

  it('those unknown, without pages or never tracked stand outside and change nothing', () => {
    const inside = [facts(1, 3, 13, { reach: 0.5 }), facts(2, 2, 13, { reach: 0.4 })];
    const outside = [facts(3, 3, 13, { reach: 0.45 }, { stands: false }), facts(4, null, 0, { reach: 0.45 })];
    const results = rankLeague([...outside, ...inside]);
    expect(results.slice(2)).toEqual(rankLeague(inside));
    expect(results[0]).toMatchObject({
      organisationId: 3,
      index: null,
      place: null,
      placeTo: null,
      placeOf: 2,
      gap: null,
      alternatives: [],
    });
    expect(results[1]?.index).toBeNull();
    expect(rankLeague([])).toEqual([]);
  });

  it('takes other weights; without any there is no index', () => {
    const two = [facts(1, 3, 0), facts(2, 1.5, 13)];
    const only = (component: string) =>
      Object.fromEntries(components.map((name) => [name, name === component ? 1 : 0])) as Weights;
    expect(rankLeague(two, only('frequency')).map(({ index }) => index)).toEqual([100, 50]);
    expect(rankLeague(two, only('regularity')).map(({ place }) => place)).toEqual([2, 1]);
    expect(rankLeague(two, only('nothing')).map(({ index, place }) => [index, place])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('is rounded a half up, whatever the last binary digit says', () => {
    expect([
      roundedIndex(1.25),
      roundedIndex(0.35),
      roundedIndex(64.249_999_999),
      roundedIndex(1.2499),
    ]).toEqual([1.3, 0.4, 64.3, 1.2]);
  });
});

describe('places', () => {
  it('are shared by a tie', () => {
    const results = rankLeague([facts(1, 3, 13), facts(2, 1.5, 0), facts(3, 1.5, 0), facts(4, 0.3, 0)]);
    expect(placesIn(results)).toEqual([
      [1, 1],
      [2, 3],
      [2, 3],
      [4, 4],
    ]);
    expect(results.every(({ placeOf }) => placeOf === 4)).toBe(true);
  });

  it('move against an earlier place in the same league', () => {
    const place = (leagueId: string, number: number | null) => ({ leagueId, place: number });
    expect(movementOf(place('a', 2), place('a', 5))).toBe(3);
    expect(movementOf(place('a', 5), place('a', 2))).toBe(-3);
    expect(movementOf(place('a', 5), place('b', 2))).toBeNull();
    expect(movementOf(place('a', 5), place('a', null))).toBeNull();
    expect(movementOf(place('a', null), place('a', 5))).toBeNull();
    expect(movementOf(place('a', 5), null)).toBeNull();
  });

  it('stand beside those of other formulas', () => {
    const results = rankLeague([
      facts(1, 3, 13, { reach: 0.5, engagement: 0.01, growth: 0.1 }),
      facts(2, 2, 13, { reach: 0.4, engagement: 0.05, growth: 0.1 }),
      facts(3, 1, 0),
      facts(4, 0, 0, { growth: 0.9 }),
    ]);
    const places = (index: number) =>
      Object.fromEntries(results[index]?.alternatives.map(({ formula, place }) => [formula, place]) ?? []);
    expect(places(0)).toEqual({ rank_sum: 1, frequency: 1, engagement: 2 });
    expect(places(1)).toEqual({ rank_sum: 2, frequency: 2, engagement: 1 });
    expect(places(2)).toEqual({ rank_sum: 3, frequency: 3 });
    expect(places(3)).toEqual({ rank_sum: 4, frequency: 4, engagement: 3 });
  });
});

describe('the gap to the next better place', () => {
  it('names the points and the single changes that would be enough', () => {
    const results = rankLeague([
      facts(1, 3, 12, { reach: 0.5, engagement: 0.03, growth: 0.01 }),
      facts(2, 2.5, 12, { reach: 0.4, engagement: 0.05, growth: 0.02 }),
      facts(3, 1, 10, { reach: 0.1, engagement: 0.01, growth: 0 }),
    ]);
    expect(results.map(({ index }) => index)).toEqual([83.5, 83.5, 25.4]);
    expect(results[0]?.gap).toBeNull();
    const gap = results[2]?.gap;
    expect(gap).toMatchObject({ place: 1, points: 58.1 });
    expect(gap?.steps).toEqual([]);
  });

  it('changes are in the unit of their component', () => {
    const results = rankLeague([
      facts(1, 3, 12, { growth: 0 }),
      facts(2, 2.4, 12, { growth: 0.01 }),
      facts(3, 1, 1, { growth: 0.02 }),
    ]);
    const gap = results[1]?.gap;
    expect(gap).toMatchObject({ place: 1, points: 1.7 });
    expect(gap?.steps).toEqual([
      { component: 'frequency', network: null, value: expect.closeTo(2.502, 3) as number },
      { component: 'regularity', network: null, value: 1 },
      { component: 'growth', network: 'vk', value: 0.02 },
    ]);
  });

  it('a percentile between two others is reached just above the lower one', () => {
    const results = rankLeague([
      facts(1, 2.4, 12, { growth: 0.04 }),
      facts(2, 2.4, 12, { growth: 0.01 }),
      facts(3, 1, 1, { growth: 0.02 }),
      facts(4, 1, 1, { growth: 0.03 }),
    ]);
    const growth = results[1]?.gap?.steps.find(({ component }) => component === 'growth');
    expect(growth?.value).toBeCloseTo(0.040_04, 9);
  });

  it('of a known zero has no steps: what its first posts would bring is not known', () => {
    const results = rankLeague([facts(1, 1, 0), facts(2, 0, 0)]);
    expect(results[1]?.gap).toEqual({ place: 1, points: 20, steps: [] });
  });
});
