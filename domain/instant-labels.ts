import { dayOf } from './period.ts';

/** A local day as the terminal writes it: `10.03.2026` in Russian, `2026-03-10` in English. */
export function dayLabel(day: string, locale: 'ru' | 'en'): string {
  return locale === 'ru' ? day.split('-').reverse().join('.') : day;
}

/** An instant in a zone, to the minute: `10.03.2026, 14:05` in Russian, `2026-03-10, 14:05` in English. */
export function whenLabel(instant: Date, zone: string, locale: 'ru' | 'en'): string {
  const { hour, minute } = timeOf(instant, zone);
  return `${dayLabel(dayOf(instant, zone), locale)}, ${hour}:${minute}`;
}

function timeOf(instant: Date, zone: string): { hour: string; minute: string } {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const [hour = '', minute = ''] = format.format(instant).split(':');
  return { hour, minute };
}
