import { expect, test } from 'vitest';
import { dayLabel, spanLabel } from './day-labels.ts';
import { formatterFor } from '#wording/format.ts';
import { problemText } from './problem-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');

test('a day out of range is told which days are taken', () => {
  const said =
    'Дата «0026-11-30» не принимается: допускаются даты с 1 января 2000 по 31 декабря 2089. Проверьте год.';
  expect(dayLabel('0026-11-30', format)).toBe(said);
  const problem = { field: 'from', code: 'day_out_of_range' as const, found: '0026-11-30', detail: '' };
  expect(problemText(problem, format)).toBe(said);
});

test('a span is in words, and stands as it is kept where that is no days', () => {
  expect(spanLabel('2026-11-16', '2026-11-22', format)).toBe(format.days('2026-11-16', '2026-11-22'));
  expect(spanLabel('0026-11-30', '0026-12-10', format)).toContain('26');
  expect(spanLabel('soon', '2026-11-22', format)).toBe('soon – 2026-11-22');
});
