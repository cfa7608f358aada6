import { expect, test } from 'vitest';
import { formatterFor } from '#wording/format.ts';
import { formStateOf } from './form-state.ts';

test('which dates are taken is said once, at the first that is not', () => {
  const problem = (field: string, found: string) =>
    ({ code: 'day_out_of_range', field, found, detail: '' }) as const;
  const state = formStateOf(
    { problems: [problem('from', '0026-11-30'), problem('to', '0026-12-10')], values: {} },
    formatterFor('ru', 'Asia/Irkutsk'),
    {
      level: 4,
      action: (name) => name,
      close: '',
      opener: () => null,
      send: () => undefined,
      isSending: () => false,
    },
  );
  expect(state.problem('from')).toMatch(
    /^Дата «0026-11-30» не принимается: допускаются даты с .* Проверьте год\.$/,
  );
  expect(state.problem('to')).toBe('Дата «0026-12-10» тоже не принимается.');
  expect(state.problem('reason')).toBeUndefined();
});
