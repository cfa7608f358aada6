import { expect, test } from 'vitest';
import { openTestObservations } from '#tests/helpers/observations.ts';

test('the embedded engine makes machine code of nothing but what is asked often', async () => {
  const { observations, close } = await openTestObservations();
  const found = await observations.rows<{ name: string; value: string }>(
    "SELECT name, value FROM system.settings WHERE name LIKE 'min_count_to_compile_%' ORDER BY name",
  );
  expect(found).toEqual(
    ['aggregate_expression', 'expression', 'regular_expression', 'sort_description'].map((of) => ({
      name: `min_count_to_compile_${of}`,
      value: '100',
    })),
  );
  await close();
});
