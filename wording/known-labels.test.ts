import { expect, test } from 'vitest';
import { formatterFor } from './format.ts';
import { knownLabel } from './known-labels.ts';

test('what is not known is said, and is not zero', () => {
  const format = formatterFor('ru', 'Asia/Irkutsk');
  expect([null, 0, 1320].map((value) => knownLabel(value, format))).toEqual([
    'нет данных',
    '0',
    '1\u00a0320',
  ]);
});
