import { describe, expect, it } from 'vitest';
import {
  day,
  bool,
  instant,
  list,
  mapOf,
  nullable,
  float64,
  signed64,
  text,
  unsigned32,
  unsigned64,
} from './codecs.ts';
import { prepareParameters } from './parameters.ts';

describe('codecs refuse what their column would change', () => {
  it.each([
    ['a negative count', unsigned32, -1],
    ['a count over 32 bits', unsigned32, 4_294_967_296],
    ['a fraction', unsigned32, 1.5],
    ['NaN', unsigned32, Number.NaN],
    ['a rounded id', unsigned64, 2 ** 53],
    ['a rounded negative id', signed64, -(2 ** 53)],
    ['an infinite index', float64, Number.POSITIVE_INFINITY],
    ['a number as text', text, 5 as unknown as string],
    ['an invalid date', instant, new Date(Number.NaN)],
    ['a date before 1900', instant, new Date('1899-12-31T23:59:59.999Z')],
    ['a date after 2299', instant, new Date('2300-01-01T00:00:00Z')],
    ['a text as date', instant, '2026-01-01' as unknown as Date],
    ['a day that is none', day, '2026-02-30'],
    ['a day with a time', day, '2026-02-01T00:00:00Z'],
    ['a day before 1900', day, '1899-12-31'],
    ['an unknown day', day, null as unknown as string],
    ['null in a list', list(unsigned32), [1, null as unknown as number]],
    ['null in a map', mapOf(unsigned32), { a: null as unknown as number }],
    ['undefined', nullable(unsigned32), undefined as unknown as null],
  ])('%s', (_, codec, value) => {
    expect(() => (codec as { encode(value: unknown): unknown }).encode(value)).toThrow(RangeError);
  });

  it('writes instants in UTC and days as they are', () => {
    expect(instant.encode(new Date('2026-01-31T16:00:00.007Z'))).toBe('2026-01-31 16:00:00.007');
    expect(day.encode('2024-02-29')).toBe('2024-02-29');
    expect(bool.encode(true)).toBe(true);
  });
});

describe('prepareParameters', () => {
  it.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['a rounded number', 2 ** 53],
    ['an invalid date', new Date(Number.NaN)],
    ['a function', () => 1],
    ['undefined in a list', [1, undefined]],
  ])('refuses %s, naming the parameter', (_, value) => {
    expect(() => prepareParameters({ from: value })).toThrow(/^The parameter from was refused/);
  });
});
