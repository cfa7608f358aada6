import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeSilentFilters,
  hasSilentFilters,
  readSilentFilters,
  silentGroups,
  silentSorts,
  silentViews,
  writeSilentFilters,
} from './silent-filters.ts';

const read = (query: string) => readSilentFilters(new URLSearchParams(query));

test('an address without anything is all organisations, the longest silence first', () => {
  expect(read('')).toMatchObject({
    view: 'organisations',
    group: null,
    sort: 'silence',
    order: 'desc',
    page: 1,
    open: null,
    done: null,
  });
  expect(writeSilentFilters(read(''))).toBe('');
});

test('what is not understood is passed over', () => {
  const query =
    'view=x&group=all&network=ok&level=x&sort=index&order=up&page=0&form=remind&at=organisation-1&done=-1';
  expect(read(query)).toEqual(read(''));
  expect(read('form=burn-5').open).toBeNull();
  expect(read('form=remind-0').open).toBeNull();
  expect(read('form=remind-5&at=javascript').open).toEqual({ action: 'remind', id: 5, at: '' });
});

test('it is read back as it was written', () => {
  const word = fc.string({ maxLength: 30 }).map((text) => text.trim());
  const filters = fc.record({
    view: fc.constantFrom(...silentViews),
    group: fc.constantFrom(null, ...silentGroups),
    network: fc.constantFrom(null, 'vk' as const, 'telegram' as const),
    level: fc.constantFrom(null, 'branch' as const),
    sector: word,
    league: word,
    council: word,
    search: word,
    sort: fc.constantFrom(...silentSorts),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    page: fc.integer({ min: 1, max: 999 }),
    open: fc.constantFrom(
      null,
      { action: 'pause' as const, id: 7, at: 'organisation-7' },
      { action: 'contacts' as const, id: 3, at: '' },
      { action: 'add' as const, id: 9, at: '' },
    ),
    done: fc.constantFrom(null, 12),
    undone: fc.constantFrom(null, 13),
  });
  fc.assert(
    fc.property(filters, (each) => {
      expect(read(writeSilentFilters(each))).toEqual(each);
    }),
  );
});

test('another list begins at its first page; a form and what was done do not stay open', () => {
  const filters = read('page=3&form=pause-1&at=organisation-1&done=5&search=а');
  expect(changeSilentFilters(filters, { group: 'quiet' })).toMatchObject({
    page: 1,
    open: null,
    done: null,
  });
  expect(changeSilentFilters(filters, { page: 4 })).toMatchObject({ page: 4, open: null, search: 'а' });
  expect(changeSilentFilters(filters, { done: 6 })).toMatchObject({ page: 3, open: null, done: 6 });
  expect(hasSilentFilters(filters)).toBe(true);
  expect(hasSilentFilters(read('view=people&group=quiet&sort=name'))).toBe(false);
});
