import type { Day, Period } from '#analytics/types.ts';

const hour = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The local day of an instant, by the platform's own calendar. */
export function localDay(instant: Date, zone: string): Day {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, format);
  return format.format(instant);
}

/** The day after or before. */
export function shiftDay(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 24 * hour).toISOString().slice(0, 10);
}

/** Every day from the first to the last, both inclusive. */
export function daysOfPeriod({ from, to }: Period): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = shiftDay(day, 1)) days.push(day);
  return days;
}

/** The first instant of a local day, found by looking. */
export function startOf(day: Day, zone: string): Date {
  for (let instant = Date.parse(`${shiftDay(day, -1)}T00:00:00Z`); ; instant += hour / 4) {
    if (localDay(new Date(instant), zone) === day) return new Date(instant);
  }
}
