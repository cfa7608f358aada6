import { expect, test } from 'vitest';
import { longestLookBack, slotsBetween } from './missed-slots.ts';

const iso = (slots: Date[]) => slots.map((slot) => slot.toISOString());

test('slots lie between two instants, both left out', () => {
  const slots = slotsBetween(
    '0 * * * *',
    'Asia/Irkutsk',
    new Date('2026-03-10T01:00:00Z'),
    new Date('2026-03-10T04:00:00Z'),
  );
  expect(iso(slots)).toEqual(['2026-03-10T02:00:00.000Z', '2026-03-10T03:00:00.000Z']);
});

test('hours are the zone’s', () => {
  const slots = slotsBetween(
    '30 9 * * 1',
    'Asia/Irkutsk',
    new Date('2026-03-01T00:00:00Z'),
    new Date('2026-03-10T00:00:00Z'),
  );
  expect(iso(slots)).toEqual(['2026-03-02T01:30:00.000Z', '2026-03-09T01:30:00.000Z']);
});

test('no further back than 14 days', () => {
  const before = new Date('2026-03-10T00:00:00Z');
  const slots = slotsBetween('0 0 * * *', 'UTC', new Date(0), before);
  expect(slots).toHaveLength(13);
  expect(before.getTime() - (slots[0]?.getTime() ?? 0)).toBeLessThan(longestLookBack);
});
