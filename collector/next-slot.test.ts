import { expect, test } from 'vitest';
import { nextSlot } from './next-slot.ts';

test('the next slot is in the zone, and days that never come are refused', () => {
  const next = nextSlot('30 9 * * *', 'Asia/Irkutsk');
  expect(next?.toISOString()).toMatch(/T01:30:00\.000Z$/);
  expect(nextSlot('0 0 29 2 *', 'Asia/Irkutsk')?.toISOString()).toMatch(/-02-28T16:00:00\.000Z$/);
  for (const never of ['0 0 31 2 *', '0 0 30 2 *', '0 0 31 4,6 *'])
    expect(() => nextSlot(never, 'Asia/Irkutsk')).toThrow(/impossible day of month/);
});
