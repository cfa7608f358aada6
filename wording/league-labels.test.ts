import { expect, onTestFinished, test } from 'vitest';
import { assignLeagues } from '#domain/league.ts';
import type { Level, Tier } from '#domain/vocabulary.ts';
import { formatterFor } from './format.ts';
import { leagueName, leagueTitle } from './league-labels.ts';
import { getLocale, overwriteGetLocale } from './paraglide/runtime.js';

let lastId = 0;
const several = (count: number, level: Level, tier: Tier, members: number, hand = '') =>
  Array.from({ length: count }, () => ({
    organisationId: (lastId += 1),
    level,
    tier,
    members: [{ on: '2026-01-01', count: members }],
    subscriptions: null,
    handSet: hand,
  }));
const { leagues } = assignLeagues(
  [
    ...several(1, 'federation', 'flagship', 170_000),
    ...several(5, 'branch', 'flagship', 9000),
    ...several(6, 'branch', 'active', 6000),
    ...several(5, 'branch', 'active', 100),
    ...several(9, 'primary', 'card', 100),
    ...several(2, 'branch', 'active', 100, 'Особая'),
  ],
  '2026-03-31',
);

test('a group is named by its level and its number there, then by what its organisations have in common', () => {
  const format = formatterFor('ru', 'Asia/Irkutsk');
  const plain = (text: string) => text.replaceAll('\u2060', '').replaceAll('\u00a0', ' ');
  expect(leagues.map((league) => plain(leagueTitle(league, format)))).toEqual([
    'Федерация: повышенная норма',
    'Членские организации, 1-я группа: повышенная норма',
    'Членские организации, 2-я группа: от 5 000 членов профсоюза',
    'Членские организации, 3-я группа: до 5 000 членов профсоюза',
    'Первичные организации: страницы-визитки',
    'Особая',
  ]);
});

test('in English likewise; a name given by hand stays', () => {
  const before = getLocale;
  onTestFinished(() => overwriteGetLocale(before));
  overwriteGetLocale(() => 'en');
  expect(leagues.map(leagueName)).toEqual([
    'Federation',
    'Member organisations, group 1',
    'Member organisations, group 2',
    'Member organisations, group 3',
    'Primary organisations',
    'Особая',
  ]);
});
