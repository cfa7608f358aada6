import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/** An instant as people say it: «сегодня в 21:00», «вчера в 21:00», «16 ноября 2026 в 21:00». */
export function whenWords(instant: Date | string, now: Date | string, format: Formatter): string {
  const time = format.time(instant);
  const day = format.dayOf(instant);
  const yesterday = new Date(new Date(now).getTime() - 86_400_000);
  if (day === format.dayOf(now)) return m.today_at({ time });
  return day === format.dayOf(yesterday)
    ? m.yesterday_at({ time })
    : m.day_at({ day: format.day(day), time });
}
