import { expect, test } from 'vitest';
import { measurementTable, withinLimits } from './benchmark.ts';
import { replaceSection } from './page.ts';

const measurement = { size: 'small', figures: { seconds: 3, calls: 5 }, limits: { seconds: 4 } };

test('a figure over its limit fails, and so does a limit without a figure', () => {
  expect(withinLimits(measurement)).toBe(true);
  expect(withinLimits({ ...measurement, limits: { calls: 4 } })).toBe(false);
  expect(withinLimits({ ...measurement, limits: { memory: 4 } })).toBe(false);
});

test('the table shows each figure with its limit', () => {
  expect(measurementTable(measurement)).toBe(
    '| figure | measured | limit | |\n|---|---:|---:|---|\n| seconds | 3 | 4 | within |\n| calls | 5 |  |  |',
  );
});

test('a figure under the least that is wanted fails, and so does one that was not measured', () => {
  const least = { calls: 5, seconds: 4 };
  expect(withinLimits({ ...measurement, limits: {}, least: { calls: 5 } })).toBe(true);
  expect(withinLimits({ ...measurement, limits: {}, least })).toBe(false);
  expect(withinLimits({ ...measurement, limits: {}, least: { memory: 1 } })).toBe(false);
  expect(
    measurementTable({ ...measurement, limits: {}, least })
      .split('\n')
      .slice(2),
  ).toEqual(['| seconds | 3 | at least 4 | **under** |', '| calls | 5 | at least 5 | within |']);
});

test('what could not be measured is told as that, and passes no limit', () => {
  const measured = { ...measurement, figures: { seconds: 3, findings: null } };
  expect(withinLimits(measured)).toBe(true);
  expect(withinLimits({ ...measured, limits: { findings: 0 } })).toBe(false);
  expect(measurementTable(measured)).toContain('| findings | null |  | not measured |');
});

test('a section is added once and replaced afterwards', () => {
  const first = replaceSection('# Benchmarks\n', 'collector', 'old');
  expect(first).toBe('# Benchmarks\n\n<!-- collector -->\nold\n<!-- /collector -->\n');
  const other = replaceSection(first, 'dashboard', 'other');
  expect(replaceSection(other, 'collector', 'new')).toBe(
    '# Benchmarks\n\n<!-- collector -->\nnew\n<!-- /collector -->\n\n<!-- dashboard -->\nother\n<!-- /dashboard -->\n',
  );
});
