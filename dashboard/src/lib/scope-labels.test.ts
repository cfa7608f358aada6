import { expect, test } from 'vitest';
import { readFilters } from './filters.ts';
import { scopeText } from './scope-labels.ts';

const words = (query: string) => scopeText(readFilters(new URLSearchParams(query)));

test('it is said of what place and index are where filters leave out some of a group, or a network', () => {
  const network =
    'Место и индекс — среди всей группы и по всем сетям; состояние и остальные столбцы — только Telegram.';
  expect(words('network=telegram&sector=оборона')).toBe(network);
  expect(words('network=telegram')).toBe(network);
  const places = 'Место и индекс — среди всей группы, а не только выбранных организаций.';
  expect([words('sector=оборона'), words('search=горком')]).toEqual([places, places]);
  // A group, or a level, is shown whole.
  expect([words(''), words('level=branch'), words('league=branch-1')]).toEqual(['', '', '']);
});
