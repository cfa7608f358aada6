import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

const dayLength = 86_400_000;

/** An instant as people say it: «сегодня в 21:00», «завтра в 08:00», «16 нояб. в 21:00», «16 нояб. 2025 в 21:00». */
export function whenLabel(instant: Date | string, now: Date | string, format: Formatter): string {
  const time = format.time(instant);
  const day = format.dayOf(instant);
  const today = format.dayOf(now);
  const near = (days: number) => format.dayOf(new Date(new Date(now).getTime() + days * dayLength));
  if (day === today) return m.today_at({ time });
  if (day === near(-1)) return m.yesterday_at({ time });
  if (day === near(1)) return m.tomorrow_at({ time });
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return m.day_at({ day: isThisYear ? format.shortDay(day) : format.datedDay(day), time });
}
