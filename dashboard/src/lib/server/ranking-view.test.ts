import { describe, expect, test } from 'vitest';
import { readFilters } from '../filters.ts';
import { leaderboardForTests, rowForTests } from '#tests/helpers/ranking-rows.ts';
import { rankingSeries } from './ranking-series.ts';
import { rankingView } from './ranking-view.ts';

const filters = (query = '') => readFilters(new URLSearchParams(query));
const shown = (view: ReturnType<typeof rankingView>) =>
  view.leagues.map(({ lines }) => lines.map((line) => ('id' in line ? line.id : line.key)));

describe('sorting', () => {
  const rows = [
    rowForTests(1, { subscribers: null }),
    rowForTests(2, { subscribers: 10 }),
    rowForTests(3, { subscribers: 30 }),
    rowForTests(4, { subscribers: 30 }),
  ];

  test('puts the unknown last in either order, and equals by place', () => {
    expect(shown(rankingView(leaderboardForTests(rows), filters('sort=subscribers')))).toEqual([
      [3, 4, 2, 1],
    ]);
    expect(shown(rankingView(leaderboardForTests(rows), filters('sort=subscribers&order=asc')))).toEqual([
      [2, 3, 4, 1],
    ]);
  });

  test('by a median sets those with few posts apart', () => {
    const [view] = [
      rankingView(
        leaderboardForTests([rowForTests(1, { flags: ['few_posts'] }), rowForTests(2)]),
        filters('sort=medianViews'),
      ),
    ];
    expect(shown(view)).toEqual([[2]]);
    expect(view.leagues[0]?.few.map(({ id }) => id)).toEqual([1]);
  });

  test('keeps the status order, the longer silent later', () => {
    const some = [
      rowForTests(1, { status: 'stale', daysSilent: 20 }),
      rowForTests(2, { status: 'stale', daysSilent: 15 }),
      rowForTests(3, { status: 'slow' }),
    ];
    expect(shown(rankingView(leaderboardForTests(some), filters('sort=status')))).toEqual([[3, 2, 1]]);
  });
});

describe('lines without names', () => {
  const league = { id: 'a', name: 'Группа a' };
  const other = (place: number) => ({
    ...{ league, place, placeTo: place, placeOf: 4, movement: 1, index: 100 - place },
  });
  const ranking = {
    ...leaderboardForTests([rowForTests(3, { posts: 1 }), rowForTests(4, { posts: 9 })]),
    others: [other(1), other(2)],
  };

  test('stand at their places, in either order of them', () => {
    expect(shown(rankingView(ranking, filters()))).toEqual([['other-0', 'other-1', 3, 4]]);
    expect(shown(rankingView(ranking, filters('sort=place&order=desc')))).toEqual([
      [4, 3, 'other-1', 'other-0'],
    ]);
    expect(rankingView(ranking, filters()).leagues[0]).toMatchObject({ total: 4, first: null });
  });

  test('stand behind, in order of places, where anything else decides', () => {
    for (const order of ['asc', 'desc'])
      expect(shown(rankingView(ranking, filters(`sort=posts&order=${order}`)))).toEqual([
        [...(order === 'asc' ? [3, 4] : [4, 3]), 'other-0', 'other-1'],
      ]);
  });

  test('have nothing in them but where they stand', () => {
    const [line] = rankingView(ranking, filters()).leagues[0]?.lines ?? [];
    expect(line).toEqual({
      ...{ key: 'other-0', place: 1, placeTo: 1, placeOf: 4, movement: 1, index: 99 },
    });
  });
});

describe('leagues', () => {
  test('without rows are left out; the unplaced stand apart and wait for attention', () => {
    const rows = [
      rowForTests(1),
      rowForTests(2, { status: 'dead', daysSilent: 90 }),
      rowForTests(3, { place: null, league: null, status: 'unknown', statusReason: 'closed' }),
      rowForTests(4, { place: null, index: null, status: 'active' }),
    ];
    const view = rankingView(leaderboardForTests(rows, ['a', 'b']), filters());
    expect(shown(view)).toEqual([[1, 2]]);
    expect(view.outside).toBe(2);
    expect(view.attention.map(({ id }) => id)).toEqual([2, 3, 4]);
  });

  test('of thousands show their top, one of them alone is read in pages', () => {
    const leagues = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const rows = Array.from({ length: 3500 }, (_, index) =>
      rowForTests(index + 1, { league: { id: leagues[index % 7] ?? 'a', name: '' } }),
    );
    const all = rankingView(leaderboardForTests(rows, leagues), filters());
    expect(shown(all).map((ids) => ids.length)).toEqual([10, 10, 10, 10, 10, 10, 10]);
    expect(all.leagues[0]).toMatchObject({ total: 500 });
    expect(JSON.stringify(all).length).toBeLessThan(80_000);

    const one = leaderboardForTests(
      rows.filter((row) => row.league?.id === 'a'),
      leagues,
    );
    const second = rankingView(one, filters('league=a&page=2'));
    expect([second.page, second.pages, shown(second)[0]?.length]).toEqual([2, 3, 200]);
    expect(rankingView(one, filters('league=a&page=99')).page).toBe(3);
  });
});

test('unknown numbers of posts stand behind known zeros in either order', () => {
  const rows = [rowForTests(1, { posts: null }), rowForTests(2, { posts: 0 }), rowForTests(3, { posts: 7 })];
  expect(shown(rankingView(leaderboardForTests(rows), filters('sort=posts')))).toEqual([[3, 2, 1]]);
  expect(shown(rankingView(leaderboardForTests(rows), filters('sort=posts&order=asc')))).toEqual([[2, 3, 1]]);
});

test('a line of unknown status says what its page is when it is none of publications', () => {
  const page = {
    ...{ id: 1, network: 'telegram' as const, url: 'https://t.me/chat', nativeId: null, title: 'chat' },
    ...{ state: 'unresolved' as const, status: 'unknown' as const, statusReason: 'unresolved' as const },
    ...{ foundAs: 'group_chat' as const, daysSilent: null, subscribers: null, precision: null },
    ...{ lastPost: null, lastOutcome: 'error' as const, lastCause: 't.me/chat is a group' },
  };
  const outside = { place: null, league: null, pages: [page] };
  const { attention } = rankingView(
    leaderboardForTests([
      rowForTests(1, { ...outside, status: 'unknown', statusReason: 'unresolved' }),
      rowForTests(2, { ...outside, status: 'dead' }),
    ]),
    filters(),
  );
  expect(attention.map(({ id, foundAs }) => [id, foundAs])).toEqual([
    [2, null],
    [1, 'group_chat'],
  ]);
});

test('only the opened line carries what stands behind it', () => {
  const view = rankingView(leaderboardForTests([rowForTests(1), rowForTests(2)]), filters('open=2'));
  expect(view.opened).toMatchObject({ id: 2, place: 2, measures: { posts: 4, reposts: 1 } });
  expect(rankingView(leaderboardForTests([rowForTests(1)]), filters('open=9')).opened).toBeNull();
});

test('a line names the network of its pages only when it is one', () => {
  const both = rowForTests(2);
  const vk = both.networks.vk;
  const lines = rankingView(
    leaderboardForTests([
      rowForTests(1),
      { ...both, networks: vk ? { vk, telegram: vk } : {} },
      rowForTests(3, { networks: {} }),
    ]),
    filters(),
  ).leagues.flatMap(({ lines: all }) => all);
  expect(lines.map((line) => ('id' in line ? line.network : line.key))).toEqual(['vk', null, null]);
});

describe('series', () => {
  test('sum the weeks, and date them back from the last full one', () => {
    const { weeks } = rankingSeries(
      leaderboardForTests([rowForTests(1), rowForTests(2, { weeks: [null, 1, null] })]),
    );
    expect(weeks).toEqual([
      { from: '2026-11-02', posts: 1 },
      { from: '2026-11-09', posts: 3 },
      { from: '2026-11-16', posts: 3 },
    ]);
  });

  test('are empty without rows', () => {
    expect(rankingSeries(leaderboardForTests([]))).toEqual({ weeks: [], index: null });
  });
});
