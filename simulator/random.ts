/**
 * Seeded chance: every value of the world comes from a stream named by the seed and a key, so that the same seed gives
 * the same world whatever is asked for first.
 */

/** One part of a stream's key. */
export type KeyPart = string | number;

function mix(state: number, value: number): number {
  let mixed = Math.imul(state ^ value, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A 32-bit number made of the parts; the same parts give the same number. */
export function hashOf(...parts: readonly KeyPart[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    if (typeof part === 'number') {
      state = mix(state, part | 0);
      state = mix(state, Math.floor(part / 4294967296) | 0);
    } else {
      for (let index = 0; index < part.length; index += 1) {
        state = mix(state, part.charCodeAt(index) + 0x100);
      }
      state = mix(state, 0x1f);
    }
  }
  return mix(state, parts.length);
}

/** A stream of chance (mulberry32). */
export class Random {
  #state: number;

  constructor(state: number) {
    this.#state = state >>> 0;
  }

  /** The next fraction, from 0 inclusive to 1 exclusive. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  /** A fraction between the bounds. */
  between(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  /** A whole number between the bounds, both inclusive. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True with that probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items; throws `RangeError` when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) {
      throw new RangeError('Cannot pick from an empty list.');
    }
    return item;
  }

  /** An index chosen with the probability of its weight. */
  weighted(weights: readonly number[]): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let left = this.next() * total;
    for (const [index, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) {
        return index;
      }
    }
    return weights.length - 1;
  }

  /** A normally distributed number, mean 0 and deviation 1. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** A count of independent events with that mean (Poisson). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let product = this.next();
    let count = 0;
    while (product > limit) {
      product *= this.next();
      count += 1;
    }
    return count;
  }

  /** The items in a new order. */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const keyed = items.map((item) => ({ item, key: this.next() }));
    keyed.sort((left, right) => left.key - right.key);
    return keyed.map((entry) => entry.item);
  }
}

/** The stream with this key. */
export function randomFor(...parts: readonly KeyPart[]): Random {
  return new Random(hashOf(...parts));
}
