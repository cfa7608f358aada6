import { expect, test } from 'vitest';
import { lookDays } from '#domain/look-days.ts';
import {
  collectionText,
  coverageText,
  failedPages,
  waitingPages,
  type PageCounts,
} from './coverage-labels.ts';
import { formatterFor } from './format.ts';
import { m } from './paraglide/messages.js';

const format = formatterFor('ru', 'Asia/Irkutsk');
const slot = new Date('2026-11-25T01:20:00Z');
/** `never`: of those that wait, all unless it is said. */
const counts = (
  pages: number,
  read: number,
  waiting = 0,
  { never = waiting, ...change }: Partial<PageCounts> & { never?: number } = {},
): PageCounts => ({
  slot,
  pages,
  read,
  waiting,
  registered: [
    { network: 'telegram', pages, waiting: 0, never: 0 },
    { network: 'vk', pages: waiting, waiting, never },
  ],
  unread:
    pages > read
      ? [{ network: 'vk', outcome: 'suspect', cause: 'no posts', foundAs: null, pages: pages - read }]
      : [],
  ...change,
});
const words = (...parts: Parameters<typeof counts>) => coverageText(counts(...parts), format);

test.each([
  [counts(0, 0), 'Страниц, которые читает программа, в реестре нет.'],
  [counts(0, 0, 1, { slot: null }), 'Сбор ещё не проводился. Первого сбора ждёт 1 страница.'],
  [counts(0, 0, 73, { slot: null }), 'Сбор ещё не проводился. Первого сбора ждут 73 страницы.'],
  [counts(73, 73), 'Прочитаны все страницы: 73.'],
  [counts(1, 1), 'Прочитана 1 страница из 1.'],
  [counts(73, 66), 'Прочитано 66 страниц из 73. Не удалось прочитать 7 страниц.'],
  [counts(5, 0), 'Не прочитана ни одна страница из 5. Не удалось прочитать 5 страниц.'],
  [
    counts(21, 20, 2),
    'Прочитано 20 страниц из 23. Не удалось прочитать 1 страницу. Ещё не читались 2 страницы.',
  ],
  [
    counts(21, 20, 3, { never: 1 }),
    'Прочитано 20 страниц из 24. Не удалось прочитать 1 страницу. Ещё не читалась 1 страница. 2 страницы последний раз читались больше 40 дней назад.',
  ],
  [
    counts(3, 2, 1, { slot: null }),
    'Прочитаны 2 страницы из 4. Не удалось прочитать 1 страницу. Первого сбора ждёт 1 страница.',
  ],
])('%o', (given, said) => {
  expect(coverageText(given, format)).toBe(said);
});

test('the reasons stand beside the number of those that could not be read', () => {
  expect(coverageText(counts(45, 43), format, { isCaused: true })).toBe(
    'Прочитаны 43 страницы из 45. Не удалось прочитать 2 страницы: сомнительный ответ — 2.',
  );
});

test('a missing key is named with the pages that wait for it, which are not said to wait a second time', () => {
  const said = (given: PageCounts) =>
    coverageText(given, format, { withoutKey: [{ network: 'vk', pages: 4 }] });
  expect(said(counts(2, 2, 4))).toBe(
    'Прочитаны 2 страницы из 6. Без ключа ВКонтакте не читаются 4 страницы реестра.',
  );
  expect(said(counts(0, 0, 4, { slot: null }))).toBe(
    'Сбор ещё не проводился. Без ключа ВКонтакте не читаются 4 страницы реестра.',
  );
  const others = counts(2, 2, 4);
  const registered = [
    { network: 'telegram' as const, pages: 3, waiting: 1, never: 0 },
    ...others.registered.slice(1),
  ];
  expect(waitingPages({ registered }, [{ network: 'vk', pages: 4 }])).toEqual({ never: 0, longAgo: 1 });
  expect(waitingPages({ registered }, [])).toEqual({ never: 4, longAgo: 1 });
});

test('the days after which a look is of long ago agree with their number', () => {
  expect(m.pages_waiting({ count: 2, days: lookDays })).toBe(
    `2 страницы последний раз читались больше ${lookDays} дней назад.`,
  );
  expect(m.pages_waiting({ count: 1, days: 41 })).toBe(
    '1 страница последний раз читалась больше 41 дня назад.',
  );
  expect(m.verdict_waiting_pages({ count: 5, days: 31 })).toBe('5 страниц не читались больше 31 дня');
  expect(m.verdict_waiting_pages({ count: 5, days: 40 }, { locale: 'en' })).toBe(
    '5 pages have not been looked at for more than 40 days',
  );
});

test('where filters leave only some, it is said to be of the whole register', () => {
  expect(coverageText(counts(73, 66), format, { isWhole: true })).toBe(
    'Во всём реестре прочитано 66 страниц из 73. Не удалось прочитать 7 страниц.',
  );
});

test('over every mixture, all are said to be read only when they were, and every number is one of those counted', () => {
  for (const pages of [0, 1, 2, 5, 21]) {
    for (const read of [0, 1, 2, 5, 21].filter((each) => each <= pages)) {
      for (const waiting of [0, 1, 3]) {
        for (const change of [{}, { slot: null }]) {
          const said = words(pages, read, waiting, change);
          const total = pages + waiting;
          expect(said.includes('все страницы')).toBe(total > 1 && read === total);
          const known = [read, total, failedPages({ pages, read }), waiting, 40];
          for (const [number] of said.matchAll(/\d+/g)) expect(known, said).toContain(Number(number));
          expect(/не удалось/iu.test(said)).toBe(pages > read);
        }
      }
    }
  }
});

test.each([
  [0, 0, 0, 'Последний сбор вчера: ни у одной страницы не подошёл срок.'],
  [2, 0, 0, 'Последний сбор вчера: проверены 2 страницы, но прочитать ничего не удалось.'],
  [5, 3, 0, 'Последний сбор вчера: проверено 5 страниц, прочитано: 3; на прочитанных 0 новых публикаций.'],
  [2, 2, 0, 'Последний сбор вчера: проверены 2 страницы, 0 новых публикаций.'],
])('a run of %i pages, %i of them read, with %i new posts', (pages, read, newPosts, said) => {
  expect(collectionText({ pages, read, newPosts }, 'вчера', format)).toBe(said);
});
