import { expect, test } from 'vitest';
import { formatterFor } from './format.ts';
import { whenLabel } from './when-labels.ts';

/** Half past nine in the morning in Irkutsk. */
const now = new Date('2026-01-03T01:30:00Z');

test.each([
  ['2026-01-02T16:00:00Z', 'сегодня в 00:00'],
  ['2026-01-02T15:59:00Z', 'вчера в 23:59'],
  ['2026-01-04T00:00:00Z', 'завтра в 08:00'],
  ['2026-01-01T02:00:00Z', '1 янв. в 10:00'],
  ['2025-12-31T02:00:00Z', '31 дек. 2025 в 10:00'],
])('%s is said as «%s»', (instant, words) => {
  expect(whenLabel(instant, now, formatterFor('ru', 'Asia/Irkutsk'))).toBe(words);
});
