import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ascendingOrder, forEachRun } from './ranked-order.ts';

const compared = (values: Float64Array): number[] =>
  [...values.keys()]
    .filter((index) => !Number.isNaN(values[index]))
    .sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0) || one - other);

const number = fc.oneof(
  fc.double({ noDefaultInfinity: true }),
  fc.constantFrom(0, -0, NaN, 1, -1, 1e-310, -1e-310, Number.MAX_VALUE, -Number.MAX_VALUE),
  fc.integer({ min: -5, max: 5 }),
);

it('orders few and many values as comparing them does, equal ones in their order', () => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 40 }), fc.constantFrom(1, 60), (some, times) => {
      const values = Float64Array.from(Array.from({ length: times }, () => some).flat());
      expect([...ascendingOrder(values)]).toEqual(compared(values));
    }),
  );
});

it('orders a large list of numbers no two of which are alike', () => {
  const values = Float64Array.from({ length: 5000 }, (_, index) => Math.sin(index) * 10 ** (index % 30));
  expect([...ascendingOrder(values)]).toEqual(compared(values));
});

it('tells runs of equal values, each once', () => {
  const values = Float64Array.from([2, 1, NaN, 2, 3, 1]);
  const runs: [number, number][] = [];
  forEachRun(ascendingOrder(values), values, (from, end) => runs.push([from, end]));
  expect(runs).toEqual([
    [0, 2],
    [2, 4],
    [4, 5],
  ]);
  forEachRun(new Uint32Array(0), values, () => expect.unreachable());
});
