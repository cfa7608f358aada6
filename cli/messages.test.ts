import { expect, test } from 'vitest';
import { SaidError } from '#domain/said.ts';
import { slotAt } from './commands/collect.ts';
import { counted, localeOf, whenLabel } from './messages.ts';

function saidIn(locale: 'ru' | 'en', work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SaidError) return error.said[locale];
  }
  return '';
}

test('numbers with their nouns', () => {
  expect([1, 2, 5, 11, 21, 1000].map((count) => counted(count, 'page', 'ru'))).toEqual([
    '1 страница',
    '2 страницы',
    '5 страниц',
    '11 страниц',
    '21 страница',
    '1\u00a0000 страниц',
  ]);
  expect([1, 2].map((count) => counted(count, 'row', 'en'))).toEqual(['1 row', '2 rows']);
});

test('an instant is said in the federation’s zone, in one form for each language', () => {
  const instant = new Date('2026-03-10T16:30:00Z');
  expect(whenLabel(instant, 'Asia/Irkutsk', 'ru')).toBe('11.03.2026, 00:30');
  expect(whenLabel(instant, 'Asia/Irkutsk', 'en')).toBe('2026-03-11, 00:30');
});

test('the language is told before the settings are checked', () => {
  expect([localeOf({}), localeOf({ LOCALE: ' en ' }), localeOf({ LOCALE: 'fr' })]).toEqual([
    'ru',
    'en',
    'ru',
  ]);
});

test('the time of a slot is local without an offset, and never to come', () => {
  const now = new Date('2026-07-01T00:00:00Z');
  expect(slotAt('2026-06-30T09:00', 'Asia/Irkutsk', now).toISOString()).toBe('2026-06-30T01:00:00.000Z');
  expect(slotAt('2026-06-30T09:00Z', 'Asia/Irkutsk', now).toISOString()).toBe('2026-06-30T09:00:00.000Z');
  expect(slotAt('2026-06-30T09:00+03:00', 'Asia/Irkutsk', now).toISOString()).toBe(
    '2026-06-30T06:00:00.000Z',
  );
  expect(() => slotAt('soon', 'Asia/Irkutsk', now)).toThrow(/--slot wants a time like/);
  expect(() => slotAt('2026-07-02', 'Asia/Irkutsk', now)).toThrow(/in the future/);
  for (const far of [
    '0026-11-30T09:00',
    '1900-01-01T00:00Z',
    '-271821-04-20T00:00Z',
    '-000001-01-01T00:00',
  ]) {
    expect(() => slotAt(far, 'Asia/Irkutsk', now)).toThrow(
      `--slot: got "${far}", wanted a day from 2000-01-01 to 2089-12-31`,
    );
    expect(saidIn('ru', () => slotAt(far, 'Asia/Irkutsk', now))).toContain(
      'допускаются даты с 01.01.2000 по 31.12.2089',
    );
  }
});
