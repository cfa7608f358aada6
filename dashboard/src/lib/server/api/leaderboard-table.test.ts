import { expect, test } from 'vitest';
import { leaderboardCells, leaderboardColumns } from '../questions.ts';
import { rowForTests } from '#tests/helpers/ranking-rows.ts';
import { csvOf } from './csv.ts';

test('an unknown number of posts is an empty cell, a known zero is a zero', () => {
  const unknown = { posts: null, originals: null, reposts: null, postsPerWeek: null };
  const rows = [
    rowForTests(1, unknown),
    rowForTests(2, { posts: 0, originals: 0, reposts: 0, postsPerWeek: 0 }),
  ];
  const table = csvOf(rows.map(leaderboardCells), Object.keys(unknown));
  expect(table).toBe('\ufeffposts,originals,reposts,postsPerWeek\r\n,,,\r\n0,0,0,0\r\n');
});

test('a row fills every column of the table', () => {
  const cells = leaderboardCells(rowForTests(1, { flags: ['few_posts', 'history_short'] }));
  expect(leaderboardColumns.filter((column) => !(column in cells))).toEqual([]);
  expect(cells).toMatchObject({
    organisation: 'Организация № 1',
    flags: 'few_posts history_short',
    growth: 3,
  });
});
