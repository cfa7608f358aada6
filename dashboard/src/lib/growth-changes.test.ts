import { expect, test } from 'vitest';
import { growthChanges } from './growth-changes.ts';

const page = (id: number, first: string | null, last: string | null) => ({
  id,
  network: 'vk' as const,
  title: `Страница ${id}`,
  url: `https://vk.com/club${id}`,
  count: null,
  precision: null,
  first,
  last,
});
const points = (begins: string, ends: string, pages: number) => [
  { day: begins, count: 10, pages: 1 },
  { day: ends, count: 20, pages },
];

test('pages that joined later, fell out or were never seen are named', () => {
  const changes = growthChanges({
    pages: [
      page(1, '2026-10-01', '2026-11-25'),
      page(2, '2026-11-10', '2026-11-25'),
      page(3, '2026-10-01', '2026-11-02'),
      page(4, null, null),
    ],
    points: points('2026-10-01', '2026-11-25', 2),
  });
  expect(changes.map(({ kind, page: { title }, day }) => [kind, title, day])).toEqual([
    ['joined', 'Страница 2', '2026-11-10'],
    ['fell', 'Страница 3', '2026-11-02'],
    ['unseen', 'Страница 4', '2026-11-25'],
  ]);
});

test('a page last seen yesterday is still counted', () => {
  const pages = [page(1, '2026-10-01', '2026-11-25'), page(2, '2026-10-01', '2026-11-24')];
  expect(growthChanges({ pages, points: points('2026-10-01', '2026-11-25', 2) })).toEqual([]);
});

test('without a line there is nothing to explain', () => {
  expect(growthChanges({ pages: [page(1, null, null)], points: [] })).toEqual([]);
});
