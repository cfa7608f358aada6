import { expect, test } from 'vitest';
import { fittingLabel } from './fitting-label.ts';

test('a name is cut at its end, and only where it does not fit', () => {
  const within = (most: number) => (text: string) => text.length <= most;
  const name = 'Профсоюз жизнеобеспечения';
  expect(fittingLabel(name, within(30))).toBe(name);
  expect(fittingLabel(name, within(12))).toBe('Профсоюз жи…');
  expect(fittingLabel(name, within(10))).toBe('Профсоюз…');
  expect(fittingLabel(name, within(0))).toBe('П…');
});
