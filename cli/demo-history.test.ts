import { expect, test } from 'vitest';
import { pastSlots } from './demo-history.ts';

test('the past is looked at where weeks and months meet, and daily at the end', () => {
  const slots = pastSlots(new Date('2026-07-01T04:00:00Z'), 'Asia/Irkutsk').map((slot) => slot.toISOString());
  // 23:30 in Irkutsk is 15:30 in UTC; midnight follows half an hour later.
  expect(slots[0]).toBe('2025-12-23T15:30:00.000Z');
  expect(slots).toContain('2025-12-31T15:30:00.000Z');
  expect(slots).not.toContain('2026-01-04T15:30:00.000Z');
  expect(slots).toContain('2026-03-22T15:30:00.000Z');
  expect(slots.slice(-3)).toEqual([
    '2026-06-28T15:30:00.000Z',
    '2026-06-29T15:30:00.000Z',
    '2026-06-30T15:30:00.000Z',
  ]);
  expect(slots).toEqual([...slots].sort());
  expect(slots.length).toBeLessThan(30);
});

test('no slot lies in the future, however young the day is', () => {
  const anchor = new Date('2026-06-30T16:10:00Z');
  expect(pastSlots(anchor, 'Asia/Irkutsk').at(-1)?.toISOString()).toBe('2026-06-30T15:30:00.000Z');
});
