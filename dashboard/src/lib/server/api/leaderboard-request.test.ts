import { expect, test } from 'vitest';
import { leaderboardForTests, rowForTests } from '#tests/helpers/ranking-rows.ts';
import { leaderboardAnswer, leaderboardPeriod } from './leaderboard-request.ts';

const monday = '2026-11-23';

test('without days it is the last full week', () => {
  expect(leaderboardPeriod({}, monday)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(leaderboardPeriod({}, '2026-11-22')).toEqual({ from: '2026-11-09', to: '2026-11-15' });
});

test('from alone goes on to today', () => {
  expect(leaderboardPeriod({ from: '2026-10-01' }, monday)).toEqual({ from: '2026-10-01', to: monday });
});

test('a unit is the last full one, but the year that runs', () => {
  expect(leaderboardPeriod({ period: 'month' }, monday)).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  expect(leaderboardPeriod({ period: 'quarter' }, monday)).toEqual({ from: '2026-07-01', to: '2026-09-30' });
  expect(leaderboardPeriod({ period: 'year' }, monday)).toEqual({ from: '2026-01-01', to: '2026-12-31' });
});

test.each([
  ['from', { from: '2027-01-01' }],
  ['from', { to: '2026-01-01' }],
  ['to', { from: '2026-02-01', to: '2026-01-01' }],
  ['period', { from: '2026-01-01', to: '2026-01-31', period: 'month' as const }],
])('a wrong "%s" is named', (name, parameters) => {
  expect(() => leaderboardPeriod(parameters, monday)).toThrow(new RegExp(`^${name}: `));
});

test('explanations are given when asked for', () => {
  const ranking = leaderboardForTests([rowForTests(1)]);
  expect(leaderboardAnswer(ranking, false).data[0]).not.toHaveProperty('explanation');
  expect(leaderboardAnswer(ranking, true).data[0]).toHaveProperty('explanation', null);
  expect(leaderboardAnswer(ranking, false).meta).toMatchObject({
    formulaVersion: ranking.formulaVersion,
    zone: 'Asia/Irkutsk',
    nextCursor: null,
  });
});
