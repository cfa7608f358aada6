import { allowedDays, isDay } from '../../../domain/allowed-days.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/** Why a day is refused that is none of those taken, with what was got and which are. */
export function dayWords(found: string, format: Formatter): string {
  return m.day_out_of_range({ found, from: format.day(allowedDays.from), to: format.day(allowedDays.to) });
}

/** The first and last day of something, as a text; as they are kept when they are no days. */
export function spanWords(from: string, to: string, format: Formatter): string {
  return isDay(from) && isDay(to) ? format.days(from, to) : `${from} – ${to}`;
}
