import { expect, test } from 'vitest';
import { countStatuses, type StatusCounts } from '#domain/status-counts.ts';
import type { Status } from '#domain/vocabulary.ts';
import { formatterFor } from './format.ts';
import { nobodySilentText } from './status-counts-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');
const words = (counts: StatusCounts, isChosen = false) => nobodySilentText(counts, isChosen, format);
const of = (...statuses: Status[]) => countStatuses(statuses);

test.each([
  [of(), 'В реестре пока нет организаций.', 'Под этот отбор никто не попал.'],
  [of('active', 'slow'), 'Все организации обновляются.', 'Среди выбранных организаций обновляются все.'],
  [
    of('active', 'quiet'),
    'Организаций, которые не обновляются, нет.',
    'Среди выбранных организаций таких, которые не обновляются, нет.',
  ],
  [
    of('active', 'slow', 'unknown'),
    'Организаций, которые не обновляются, нет среди тех, о ком есть данные: 2 из 3.',
    'Среди выбранных организаций нет таких, которые не обновляются; данные есть о 2 из 3.',
  ],
  [
    of('unknown', 'none'),
    'Ни об одной организации нет данных: кто не обновляется, неизвестно.',
    'Среди выбранных организаций данных нет ни об одной: кто не обновляется, неизвестно.',
  ],
  [
    of('none', 'none'),
    'В реестре ни у кого нет страницы, которую читает программа.',
    'Среди выбранных организаций ни у кого нет страницы, которую читает программа.',
  ],
  [
    of('paused', 'none'),
    'У всех, у кого есть страницы, согласованная пауза.',
    'Среди выбранных организаций у всех, у кого есть страницы, согласованная пауза.',
  ],
  [of('active', 'stale'), '', ''],
])('%o', (counts, all, chosen) => {
  expect([words(counts), words(counts, true)]).toEqual([all, chosen]);
});

test('pages that could not be read are said beside the good news, under filters too, and not beside bad news', () => {
  const beside = (counts: StatusCounts, unread: number) => nobodySilentText(counts, true, format, unread);
  expect(beside(of('active'), 1)).toBe(
    'Среди выбранных организаций обновляются все, но 1 страницу прочитать не удалось.',
  );
  expect(beside(of('active', 'quiet'), 2)).toMatch(/нет, но 2 страницы прочитать не удалось\.$/u);
  expect(beside(of('active'), 5)).toMatch(/но 5 страниц прочитать не удалось\.$/u);
  expect(beside(of('active'), 0)).toBe('Среди выбранных организаций обновляются все.');
  expect(beside(of('active', 'stale'), 1)).toBe('');
});

/** Every mixture of up to two organisations of each status. */
const mixtures = (['active', 'quiet', 'stale', 'paused', 'unknown', 'none'] as const).reduce<Status[][]>(
  (before, status) =>
    before.flatMap((mixture) => [0, 1, 2].map((n) => [...mixture, ...Array<Status>(n).fill(status)])),
  [[]],
);

test('over every mixture, no sentence claims more than is known', () => {
  for (const mixture of mixtures) {
    for (const isChosen of [false, true]) {
      const counts = countStatuses(mixture);
      const said = words(counts, isChosen);
      const claimsAll = /все|всех/iu.test(said);
      expect(claimsAll && counts.unknown > 0, `${mixture.join()}: ${said}`).toBe(false);
      // «Нет» of those not updated needs somebody who is judged.
      if (/не обновляются/.test(said)) expect(counts.judged, mixture.join()).toBeGreaterThan(0);
      if (counts.silent > 0) expect(said === '' || mixture.length === 0).toBe(true);
      else expect(said).toMatch(/\.$/);
      if (said !== '') expect(/выбранн|отбор/.test(said), said).toBe(isChosen);
    }
  }
});
