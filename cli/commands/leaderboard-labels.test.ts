import { expect, test } from 'vitest';
import type { PageSummary } from '#analytics/types.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import { leaderboardColumns } from '#analytics/ranking/leaderboard-table.ts';
import { rowForTests } from '#tests/helpers/ranking-rows.ts';
import { russianCells, russianColumns, russianRow } from './leaderboard-labels.ts';

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

test('a row of which nothing is known says why, as the dashboard does', () => {
  const page = (network: 'vk' | 'telegram', lastOutcome: 'error' | null) =>
    ({ network, status: 'unknown', statusReason: 'unresolved', lastOutcome }) as PageSummary;
  const measures = { ...rowForTests(1), flags: [], weeks: [] };
  const row = (...pages: PageSummary[]) =>
    rowForTests(1, {
      status: 'unknown',
      statusReason: 'unresolved',
      pages,
      networks: { vk: measures, telegram: measures },
    });
  const said = (networksWithoutKey: readonly MeasuredNetwork[], ...pages: PageSummary[]) =>
    russianRow(row(...pages), networksWithoutKey)['statusReason'];
  expect(said(['vk'], page('vk', null))).toBe('нет ключа ВКонтакте');
  expect(said([], page('vk', null))).toBe('адрес ещё не проверен');
  expect(said(['vk'], page('vk', null), page('telegram', 'error'))).toBe(
    'нет ключа ВКонтакте; Telegram: сеть не ответила или ответила ошибкой',
  );
});
