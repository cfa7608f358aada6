import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  choice,
  day,
  flag,
  id,
  key,
  parameter,
  queryOf,
  readSaid,
  saidParameters,
  wholeNumber,
  words,
  type Codec,
} from './search-parameters.ts';

const networks = choice(['vk', 'telegram']);
const row = key(/^row-\d{1,3}$/, 'a row such as row-12');

describe('a codec', () => {
  test.each<[string, Codec<string | number | boolean>, string, string | number | boolean]>([
    ['a choice', networks, 'vk', 'vk'],
    ['a number', wholeNumber(1, 1000), '1000', 1000],
    ['an id', id, '2147483647', 2_147_483_647],
    ['a day', day, '2026-03-31', '2026-03-31'],
    ['a flag', flag, 'false', false],
    ['a key', row, 'row-12', 'row-12'],
    ['words', words(5), 'гмпр', 'гмпр'],
  ])('reads %s, and writes it as it was', (_, codec, text, value) => {
    expect(codec.read(text)).toBe(value);
    expect(codec.write(value)).toBe(text);
  });

  test.each<[string, Codec<string | number | boolean>, string, string]>([
    ['another word', networks, 'VK', 'got "VK", wanted one of vk, telegram.'],
    ['none of its numbers', wholeNumber(1, 1000), '1001', 'wanted a whole number from 1 to 1000.'],
    ['a number of no digits', wholeNumber(1), '1e3', 'got "1e3", wanted a whole number from 1'],
    ['a number with a blank', wholeNumber(1), ' 1', 'got " 1", wanted a whole number from 1'],
    ['an id of none', id, '2147483648', 'wanted an id, a whole number.'],
    ['the id 0', id, '0', 'wanted an id, a whole number.'],
    ['no day', day, 'abc', 'got "abc", wanted a day of the calendar such as 2026-03-31, from 2000-01-01'],
    [
      'a day that is none',
      day,
      '2026-02-30',
      'got "2026-02-30", and the calendar has no such day; days from',
    ],
    [
      'a day of another age',
      day,
      '1926-02-03',
      'wanted a day from 2000-01-01 to 2089-12-31: check the year.',
    ],
    ['a number for a flag', flag, '1', 'got "1", wanted one of true, false.'],
    ['another key', row, 'row-12x', 'got "row-12x", wanted a row such as row-12.'],
  ])('does not take %s, and says what is taken', (_, codec, text, refusal) => {
    expect(codec.read(text)).toBeNull();
    expect(codec.refusal(text)).toContain(refusal);
  });

  test('takes the beginning of words that are too long, and blanks for none', () => {
    expect([words(3).read('  абвг '), words(3).read('  '), words(3).read(null)]).toEqual(['абв', null, null]);
  });
});

describe('an address', () => {
  const known = {
    network: parameter(networks, null),
    page: parameter(wholeNumber(1), 1),
    search: parameter(words(20), ''),
  } as const;

  test('is read with what holds unsaid, whatever is not understood', () => {
    expect(readSaid(known, new URLSearchParams('network=ok&page=0&other=1'))).toEqual({
      network: null,
      page: 1,
      search: '',
    });
  });

  test('leaves out what holds unsaid', () => {
    expect(queryOf(saidParameters(known, { network: null, page: 1, search: '' }))).toBe('');
    expect(queryOf(saidParameters(known, { network: 'vk', page: 2, search: 'а б' }))).toBe(
      '?network=vk&page=2&search=%D0%B0+%D0%B1',
    );
  });

  test('is read back as it was written', () => {
    const values = fc.record({
      network: fc.constantFrom(null, 'vk' as const, 'telegram' as const),
      page: fc.integer({ min: 1 }),
      search: fc.string({ maxLength: 20 }).map((text) => text.trim()),
    });
    fc.assert(
      fc.property(values, (some) => {
        const query = queryOf(saidParameters(known, some));
        expect(readSaid(known, new URLSearchParams(query))).toEqual(some);
      }),
    );
  });
});
