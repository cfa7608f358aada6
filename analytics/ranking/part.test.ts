import { expect, test } from 'vitest';
import { Reach } from '#domain/reach.ts';
import { leaderboardForTests, rowForTests } from '#tests/helpers/ranking-rows.ts';
import { partOfLeaderboard } from './part.ts';

const inLeague = (id: string) => ({ league: { id, name: `Группа ${id}` } });
const whole = leaderboardForTests(
  [
    rowForTests(1, inLeague('a')),
    rowForTests(2, { ...inLeague('a'), organisation: { ...rowForTests(2).organisation, sector: 'лес' } }),
    rowForTests(3, { ...inLeague('a'), place: null, index: null, status: 'unknown' }),
    rowForTests(4, inLeague('b')),
    rowForTests(5, { league: null, place: null, index: null, status: 'none' }),
  ],
  ['a', 'b'],
);
const { coverage } = whole;
const within = new Reach('organisations 2', new Set([2, 5]));
const part = (namesOthers: boolean, filters = {}) =>
  partOfLeaderboard(whole, { within, namesOthers, coverage }, filters);
const ids = ({ rows }: ReturnType<typeof part>) => rows.map(({ organisation }) => organisation.id);

test('without names others are places in the own leagues, and nothing else', () => {
  const seen = part(false);
  expect(ids(seen)).toEqual([2, 5]);
  expect(seen.others).toEqual([
    { league: { id: 'a', name: 'Группа a' }, place: 1, placeTo: 1, placeOf: 9, movement: 0, index: 99.99 },
  ]);
  expect(seen.leagues.map(({ id }) => id)).toEqual(['a']);
  expect(JSON.stringify(seen)).not.toMatch(/Организация (?:№ )?[134]/u);
  expect(seen.totals).toMatchObject({ organisations: 2, posts: 8 });
  expect([seen.previousTotals, seen.sectors]).toEqual([null, ['лес']]);
});

test('with names the own leagues are whole, and others are not there', () => {
  const seen = part(true);
  expect([ids(seen), seen.others]).toEqual([[1, 2, 3, 5], []]);
});

test('filters choose among names alone: nothing is left of the others by one', () => {
  for (const filters of [{ search: 'Организация 1' }, { sector: 'лес' }, { level: 'branch' as const }])
    expect(part(false, filters).others).toEqual([]);
  expect(part(false, { league: 'a' }).others).toHaveLength(1);
  expect(part(false, { league: 'b' })).toMatchObject({ rows: [], others: [] });
});

test('who is told the name of nobody sees places of the leagues that filters leave, and sums of all or of none', () => {
  const nobody = new Reach('nobody by name', new Set());
  const leagues = whole.leagues.map((league) =>
    league.id === 'b' ? { ...league, level: 'primary' as const } : league,
  );
  const seenBy = (filters = {}) => {
    const ranking = partOfLeaderboard(
      { ...whole, leagues },
      { within: nobody, namesOthers: false, coverage },
      filters,
    );
    const { rows, others, totals, previousTotals } = ranking;
    const places = others.map(({ league }) => league.id);
    return { rows, places, organisations: totals.organisations, posts: totals.posts, previousTotals };
  };
  const all = { rows: [], places: ['a', 'a', 'b'], organisations: whole.totals.organisations };
  expect(seenBy()).toEqual({ ...all, posts: whole.totals.posts, previousTotals: whole.previousTotals });
  const unsummed = { rows: [], posts: null, previousTotals: null };
  // Sums of one league would tell what its few organisations have.
  expect(seenBy({ league: 'a' })).toEqual({ ...unsummed, places: ['a', 'a'], organisations: 2 });
  expect(seenBy({ level: 'primary' })).toEqual({ ...unsummed, places: ['b'], organisations: 1 });
  for (const filters of [
    { search: 'Организация 1' },
    { sector: 'лес' },
    { level: 'branch' as const, sector: 'лес' },
  ])
    expect(seenBy(filters)).toEqual({ ...unsummed, places: [], organisations: 0 });
});
