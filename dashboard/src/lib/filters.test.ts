import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changeFilters,
  hasFilters,
  readFilters,
  sortColumns,
  writeFilters,
  wrongDays,
  type RankingFilters,
} from './filters.ts';

const read = (query: string) => readFilters(new URLSearchParams(query));

describe('an address', () => {
  test('without anything is the last full week by index, all organisations', () => {
    expect(read('')).toEqual({
      period: null,
      unit: 'week',
      network: null,
      level: null,
      sector: '',
      league: '',
      search: '',
      sort: 'index',
      order: 'desc',
      open: null,
      page: 1,
    });
    expect(writeFilters(read(''))).toBe('');
  });

  test('says what was chosen, and nothing else', () => {
    const filters = read(
      'from=2026-11-16&to=2026-11-22&network=vk&sort=name&order=asc&open=3&page=2&lang=en',
    );
    expect(writeFilters(filters)).toBe('?from=2026-11-16&to=2026-11-22&network=vk&sort=name&open=3&page=2');
  });

  test('forgives what it does not understand', () => {
    const filters = read(
      'from=2026-02-31&to=2026-03-01&network=ok&level=x&sort=er&order=up&open=-1&page=0.5&period=day',
    );
    expect(filters).toEqual(read(''));
  });

  const wrong = (query: string) => wrongDays(new URLSearchParams(query));

  test.each(['0026-11-30', '1900-01-01', '2200-01-01', '9999-12-31', '12026-11-30'])(
    'does not pass over %s, which is a day out of range',
    (day) => {
      const said = { kind: 'day_out_of_range', found: day };
      expect(wrong(`from=${day}&to=2026-11-30`)).toEqual(said);
      expect(wrong(`to=${day}`)).toEqual(said);
      expect(read(`from=${day}&to=2026-11-30`).period).toBeNull();
    },
  );

  test('does not pass over what is no day, days in the wrong order, or one without the other', () => {
    expect(wrong('from=2026-02-30&to=2026-03-01')).toEqual({ kind: 'no_such_day', found: '2026-02-30' });
    expect(wrong('from=2026-03-01&to=abc')).toEqual({ kind: 'not_a_day', found: 'abc' });
    const [from, to] = ['2026-11-22', '2026-11-16'];
    expect(wrong(`from=${from}&to=${to}`)).toEqual({ kind: 'wrong_order', from, to });
    expect(read(`from=${from}&to=${to}`).period).toBeNull();
    expect(wrong('to=2026-11-16')).toEqual({ kind: 'one_day', found: '2026-11-16' });
    expect(wrong('from=2026-11-16&to=')).toEqual({ kind: 'one_day', found: '2026-11-16' });
  });

  test('has no wrong day when it names none, or right ones', () => {
    for (const query of ['', 'from=&to=', 'from=2000-01-01&to=2089-12-31', 'from=2026-01-01&to=2026-01-01'])
      expect(wrong(query)).toBeNull();
  });

  test('may name a period by its unit', () => {
    expect(read('period=quarter').unit).toBe('quarter');
    expect(writeFilters(read('period=quarter'))).toBe('?period=quarter');
  });

  test('is read back as it was written', () => {
    const word = fc.string({ maxLength: 30 }).map((text) => text.trim());
    const filters: fc.Arbitrary<RankingFilters> = fc.record({
      period: fc.constantFrom(null, { from: '2026-01-01', to: '2026-03-31' }),
      unit: fc.constant('week' as const),
      network: fc.constantFrom(null, 'vk' as const, 'telegram' as const),
      level: fc.constantFrom(null, 'branch' as const, 'united_primary' as const),
      sector: word,
      league: word,
      search: word,
      sort: fc.constantFrom(...sortColumns),
      order: fc.constantFrom('asc' as const, 'desc' as const),
      open: fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: null }),
      page: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(filters, (some) => {
        expect(read(writeFilters(some))).toEqual(some);
      }),
    );
  });
});

describe('changing filters', () => {
  const base = read('network=vk&open=7&page=3');

  test('to another view closes the open row and goes to the first page', () => {
    expect(changeFilters(base, { sector: 'образование' })).toMatchObject({
      open: null,
      page: 1,
      network: 'vk',
    });
  });

  test('to another page or row keeps the view', () => {
    expect(changeFilters(base, { open: 9 })).toMatchObject({ open: 9, page: 3 });
  });

  test('narrows by anything but period, order and page', () => {
    expect([hasFilters(base), hasFilters(read('sort=name&page=2')), hasFilters(read('search=гмпр'))]).toEqual(
      [true, false, true],
    );
  });
});
