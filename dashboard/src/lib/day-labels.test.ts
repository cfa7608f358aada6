import { expect, test } from 'vitest';
import { dayWords, spanWords } from './day-labels.ts';
import { formatterFor } from '#wording/format.ts';
import { problemWords } from './problem-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');

test('a day out of range is told which days are taken', () => {
  const said =
    'Дата «0026-11-30» не принимается: допускаются даты с 1 января 2000 по 31 декабря 2089. Проверьте год.';
  expect(dayWords('0026-11-30', format)).toBe(said);
  const problem = { field: 'from', code: 'day_out_of_range' as const, found: '0026-11-30', detail: '' };
  expect(problemWords(problem, format)).toBe(said);
});

test('a span is in words, and stands as it is kept where that is no days', () => {
  expect(spanWords('2026-11-16', '2026-11-22', format)).toBe(format.days('2026-11-16', '2026-11-22'));
  expect(spanWords('0026-11-30', '0026-12-10', format)).toContain('26');
  expect(spanWords('soon', '2026-11-22', format)).toBe('soon – 2026-11-22');
});
