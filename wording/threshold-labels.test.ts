import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultNorms } from '#domain/norms.ts';
import { intervalsMissed } from '#domain/status.ts';
import { statuses } from '#domain/vocabulary.ts';
import { formatterFor } from './format.ts';
import { normText, statusThresholds } from './threshold-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');
const numbersIn = (text: string): number[] => [...text.matchAll(/\d+/gu)].map(([number]) => Number(number));

test('every status has its rule, by the numbers that pages are judged by', () => {
  const rules = statusThresholds(defaultNorms, format);
  expect(rules.map(({ status }) => status).sort()).toEqual([...statuses].sort());
  const { active, card } = defaultNorms;
  const numbersOf = (status: string, column: 'usual' | 'card') =>
    numbersIn(rules.find((rule) => rule.status === status)?.[column] ?? '');
  for (const [column, norm] of [
    ['usual', active],
    ['card', card],
  ] as const) {
    expect(numbersOf('active', column)).toEqual([norm.quietFrom]);
    expect(numbersOf('quiet', column)).toEqual([norm.quietFrom, norm.staleFrom - 1]);
    expect(numbersOf('stale', column)).toEqual([norm.staleFrom, norm.deadFrom - 1]);
    expect(new Set(numbersOf('dead', column))).toEqual(new Set([norm.deadFrom]));
  }
  expect(numbersOf('unknown', 'usual')).toEqual([intervalsMissed]);
  expect(numbersIn(normText(defaultNorms, format)).slice(0, 4)).toEqual([
    active.posts,
    defaultNorms.flagship.posts,
    card.blockDays,
    active.statusDays,
  ]);
});

test('the document says the same numbers', () => {
  const text = readFileSync(new URL('../docs/metrics.md', import.meta.url), 'utf8');
  const rowOf = (status: string) =>
    numbersIn(text.match(new RegExp(`^\\| ${status} \\|([^|]*)`, 'mu'))?.[1] ?? '');
  const { active, card, flagship } = defaultNorms;
  expect(rowOf('active')).toEqual([active.quietFrom, flagship.posts, active.posts, card.quietFrom - 1]);
  expect(rowOf('slow')).toEqual([active.quietFrom]);
  for (const [status, from, to] of [
    ['quiet', 'quietFrom', 'staleFrom'],
    ['stale', 'staleFrom', 'deadFrom'],
  ] as const)
    expect(rowOf(status)).toEqual([active[from], active[to] - 1, card[from], card[to] - 1]);
  expect(rowOf('dead')).toEqual([active.deadFrom, card.deadFrom]);
  expect(rowOf('unknown')[0]).toBe(intervalsMissed);
});

test('days agree with their number: the last of a range, and the genitive of «меньше»', () => {
  const said = statusThresholds(defaultNorms, format).flatMap(({ usual, card }) => [usual, card]);
  const days = said.flatMap((text) => [...text.matchAll(/(меньше )?(?:\d+–)?(\d+)\s(д[а-я]+)/gu)]);
  expect(days.length).toBeGreaterThan(8);
  for (const [text, less, number, word] of days) {
    const last = Number(number) % 10;
    const isTeen = Number(number) % 100 >= 11 && Number(number) % 100 <= 14;
    const nominative = isTeen || last === 0 || last > 4 ? 'дней' : last === 1 ? 'день' : 'дня';
    const genitive = !isTeen && last === 1 ? 'дня' : 'дней';
    expect(word, text).toBe(less ? genitive : nominative);
  }
});
