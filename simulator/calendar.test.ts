import { describe, expect, it } from 'vitest';
import { addDays, Calendar, daysBetween, daysOf, mondayOf, monthOf } from './calendar.ts';

describe('local days', () => {
  const calendar = new Calendar('Asia/Irkutsk');

  it('end at 16:00 UTC in Irkutsk', () => {
    expect(calendar.dayOf(Date.parse('2025-12-31T15:59:59.999Z'))).toBe('2025-12-31');
    expect(calendar.dayOf(Date.parse('2025-12-31T16:00:00Z'))).toBe('2026-01-01');
    expect(calendar.startOf('2026-01-01')).toBe(Date.parse('2025-12-31T16:00:00Z'));
    expect(calendar.endOf('2026-01-01')).toBe(calendar.startOf('2026-01-02'));
  });

  it('make ISO weeks from Monday to Sunday', () => {
    const week = calendar.weekOf(Date.parse('2026-01-04T12:00:00Z'));
    expect(calendar.daysOfWeek(week)).toEqual([
      '2025-12-29',
      '2025-12-30',
      '2025-12-31',
      '2026-01-01',
      '2026-01-02',
      '2026-01-03',
      '2026-01-04',
    ]);
    expect(calendar.weekOf(Date.parse('2026-01-04T16:00:00Z'))).toBe(week + 1);
  });

  it('are counted across months and leap days', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysBetween('2025-12-31', '2026-03-01')).toBe(60);
    expect(daysOf({ from: '2026-02-27', to: '2026-03-02' })).toHaveLength(4);
    expect(daysOf({ from: '2026-03-02', to: '2026-03-01' })).toEqual([]);
    expect(mondayOf('2026-03-01')).toBe('2026-02-23');
    expect(monthOf('2026-07-05')).toBe(7);
  });
});
