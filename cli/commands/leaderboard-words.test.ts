import { expect, test } from 'vitest';
import { leaderboardColumns } from '../../analytics/leaderboard-table.ts';
import { russianCells, russianColumns } from './leaderboard-words.ts';

test('every column has a Russian heading of its own', () => {
  const headings = leaderboardColumns.map((column) => russianColumns[column]);
  expect(new Set(headings).size).toBe(leaderboardColumns.length);
  for (const heading of headings) expect(heading).toMatch(/^[а-яё, ()-]+$/);
});

test('closed words of a row are said, and texts and figures stay', () => {
  const row = {
    organisation: 'active',
    level: 'united_primary',
    status: 'dead',
    statusReason: null,
    erParts: 'likes comments',
    flags: 'few_posts history_short unheard_of',
    posts: 0,
    pages: '',
  };
  expect(russianCells(row)).toEqual({
    organisation: 'active',
    level: 'объединённая первичная организация',
    status: 'не ведётся',
    statusReason: null,
    erParts: 'реакции, комментарии',
    flags: 'мало публикаций, история неполна, unheard_of',
    posts: 0,
    pages: '',
  });
});
