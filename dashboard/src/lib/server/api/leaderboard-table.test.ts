import { expect, test } from 'vitest';
import { leaderboardCells, leaderboardColumns } from '../questions.ts';
import { rowForTests } from '../board-for-tests.ts';

test('a row fills every column of the table', () => {
  const cells = leaderboardCells(rowForTests(1, { flags: ['few_posts', 'history_short'] }));
  expect(leaderboardColumns.filter((column) => !(column in cells))).toEqual([]);
  expect(cells).toMatchObject({
    organisation: 'Организация № 1',
    flags: 'few_posts history_short',
    growth: 3,
  });
});
