import { expect, test } from 'vitest';
import { pastSlots } from './demo-history.ts';

test('the past is looked at where weeks and months meet, and daily at the end', () => {
  const slots = pastSlots(new Date('2026-07-01T04:00:00Z'), 'Asia/Irkutsk').map((slot) => slot.toISOString());
  // 00:30 in Irkutsk is 16:30 of the day before in UTC.
  expect(slots[0]).toBe('2025-12-23T16:30:00.000Z');
  expect(slots).toContain('2025-12-31T16:30:00.000Z');
  expect(slots).toContain('2026-01-04T16:30:00.000Z');
  expect(slots.slice(-3)).toEqual([
    '2026-06-28T16:30:00.000Z',
    '2026-06-29T16:30:00.000Z',
    '2026-06-30T16:30:00.000Z',
  ]);
  expect(slots).toEqual([...slots].sort());
  expect(slots.length).toBeLessThan(50);
});

test('a slot of today that is still to come is left out', () => {
  const slots = pastSlots(new Date('2026-06-30T16:10:00Z'), 'Asia/Irkutsk');
  expect(slots.at(-1)?.toISOString()).toBe('2026-06-29T16:30:00.000Z');
});
