import { describe, expect, it } from 'vitest';
import { hashOf, type Random, randomFor } from './random.ts';

describe('seeded chance', () => {
  it('gives the same stream for the same key and another for another', () => {
    const take = (random: Random): number[] => [random.next(), random.next(), random.next()];
    expect(take(randomFor(1, 'post', 5))).toEqual(take(randomFor(1, 'post', 5)));
    expect(take(randomFor(1, 'post', 5))).not.toEqual(take(randomFor(2, 'post', 5)));
  });

  it('tells keys apart whose parts run together, and instants that share their low half', () => {
    expect(hashOf('a', 'bc')).not.toBe(hashOf('ab', 'c'));
    expect(hashOf(1)).not.toBe(hashOf(1 + 2 ** 32));
  });

  it('is fair enough', () => {
    const random = randomFor(7, 'fair');
    const values = Array.from({ length: 20_000 }, () => random.next());
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const counts = Array.from({ length: 5_000 }, () => random.poisson(3));
    expect(counts.reduce((sum, value) => sum + value, 0) / counts.length).toBeCloseTo(3, 0);
    const normal = Array.from({ length: 5_000 }, () => random.normal());
    expect(normal.reduce((sum, value) => sum + value, 0) / normal.length).toBeCloseTo(0, 0);
  });

  it('picks within bounds, by weight, and nothing from nothing', () => {
    const random = randomFor(3);
    for (let turn = 0; turn < 200; turn += 1) {
      expect(random.integer(2, 4)).toBeOneOf([2, 3, 4]);
      expect(random.weighted([0, 1, 0])).toBe(1);
    }
    expect(random.shuffle([1, 2, 3]).sort()).toEqual([1, 2, 3]);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
