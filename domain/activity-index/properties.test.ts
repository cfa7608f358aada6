import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rankLeague } from '../activity-index.ts';
import type { GapStep, IndexFacts } from '../activity-index.ts';

describe('the index of any league', () => {
  const value = fc.option(fc.integer({ min: 0, max: 20 }).map((number) => number / 100));
  const network = fc.record({ reach: value, engagement: value, growth: value });
  const league: fc.Arbitrary<IndexFacts[]> = fc
    .array(
      fc.record({
        perWeek: fc.option(
          fc.integer({ min: 0, max: 20 }).map((number) => number / 4),
          { freq: 9 },
        ),
        weeksAtNorm: fc.integer({ min: 0, max: 13 }),
        stands: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
        vk: network,
        telegram: fc.option(network, { nil: undefined }),
      }),
      { maxLength: 12 },
    )
    .map((all) =>
      all.map(({ perWeek, weeksAtNorm, stands, vk, telegram }, index) => ({
        organisationId: index + 1,
        stands,
        posts: perWeek === 0 ? 0 : 10,
        counted: {
          countedPosts: (perWeek ?? 0) * 13,
          perWeek,
          weeks: 13,
          weeksAtNorm: perWeek === 0 ? 0 : weeksAtNorm,
          norm: 3,
        },
        networks: telegram ? { vk, telegram } : { vk },
      })),
    );

  it('places follow the index, ties share them, and the order of the input says nothing', () => {
    fc.assert(
      fc.property(league, (given) => {
        const results = rankLeague(given);
        const placed = results.filter(({ place }) => place !== null);
        expect(
          placed
            .map(({ place, placeTo }) => (placeTo ?? 0) - (place ?? 0) + 1)
            .reduce((sum, width) => sum + 1 / width, 0),
        ).toBeCloseTo(new Set(placed.map(({ place }) => place)).size, 9);
        for (const one of placed) {
          expect(one.index).toBeGreaterThanOrEqual(0);
          expect(one.index).toBeLessThanOrEqual(100);
          expect(one.place).toBe(
            1 +
              placed.filter(
                (other) =>
                  Number(other.zero) < Number(one.zero) ||
                  (other.zero === one.zero && (other.index ?? 0) > (one.index ?? 0)),
              ).length,
          );
        }
        expect(rankLeague(given.toReversed()).toReversed()).toEqual(results);
      }),
    );
  });

  it('every step named reaches the place it names', () => {
    fc.assert(
      fc.property(league, (given) => {
        for (const { organisationId, gap } of rankLeague(given)) {
          for (const step of gap?.steps ?? []) {
            const changed = given.map((one) =>
              one.organisationId === organisationId ? withStep(one, step) : one,
            );
            const after = rankLeague(changed).find((one) => one.organisationId === organisationId);
            expect(after?.place).toBeLessThanOrEqual(gap?.place ?? 0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  function withStep(one: IndexFacts, step: GapStep): IndexFacts {
    if (step.component === 'frequency') {
      return { ...one, posts: Math.max(1, one.posts), counted: { ...one.counted, perWeek: step.value } };
    }
    if (step.component === 'regularity') {
      return { ...one, counted: { ...one.counted, weeksAtNorm: Math.round(step.value * one.counted.weeks) } };
    }
    const own = step.network ? one.networks[step.network] : undefined;
    return own && step.network
      ? { ...one, networks: { ...one.networks, [step.network]: { ...own, [step.component]: step.value } } }
      : one;
  }
});
