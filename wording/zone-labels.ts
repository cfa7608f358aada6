import type { Locale } from './locale.ts';

/** How people in Russia name the time they live by. */
const russianNames: Record<string, string> = {
  'Europe/Kaliningrad': 'калининградское',
  'Europe/Moscow': 'московское',
  'Europe/Samara': 'самарское',
  'Asia/Yekaterinburg': 'екатеринбургское',
  'Asia/Omsk': 'омское',
  'Asia/Novosibirsk': 'новосибирское',
  'Asia/Krasnoyarsk': 'красноярское',
  'Asia/Irkutsk': 'иркутское',
  'Asia/Yakutsk': 'якутское',
  'Asia/Vladivostok': 'владивостокское',
  'Asia/Magadan': 'магаданское',
  'Asia/Kamchatka': 'камчатское',
};

/** Minutes that a zone's clocks are ahead of UTC at an instant. */
function offsetMinutes(zone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? '');
  if (!match?.[1]) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

const hours = (minutes: number): string => {
  const sign = minutes < 0 ? '\u2212' : '+';
  const rest = Math.abs(minutes) % 60;
  return `${sign}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
};

/**
 * The zone in which days are counted, for the head of a report: «время иркутское (МСК+5)», "Irkutsk time (UTC+8)".
 * A zone without a name of its own in Russian is named by its place.
 */
export function zoneLabel(zone: string, locale: Locale, at: Date): string {
  const offset = offsetMinutes(zone, at);
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  if (locale === 'en') return `${place} time (UTC${hours(offset)})`;
  const name = russianNames[zone];
  const fromMoscow = offset - offsetMinutes('Europe/Moscow', at);
  if (!name) return `время по зоне ${zone} (UTC${hours(offset)})`;
  return `время ${name} (МСК${fromMoscow === 0 ? '' : hours(fromMoscow)})`;
}
