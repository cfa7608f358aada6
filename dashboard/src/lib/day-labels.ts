import { allowedDays, isDay } from '#domain/allowed-days.ts';
import type { WrongDays } from './filters.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';

/** Why a day is refused that is none of those taken, with what was got and which are. */
export function dayLabel(found: string, format: Formatter): string {
  return m.day_out_of_range({ found, from: format.day(allowedDays.from), to: format.day(allowedDays.to) });
}

/** What is wrong with the days of an address, with what was got, and which are taken. */
export function wrongDaysText(wrong: WrongDays, format: Formatter): string {
  const span = { first: format.day(allowedDays.from), last: format.day(allowedDays.to) };
  switch (wrong.kind) {
    case 'day_out_of_range':
      return dayLabel(wrong.found, format);
    case 'no_such_day':
      return m.day_no_such({ found: wrong.found, ...span });
    case 'not_a_day':
      return m.day_is_none({ found: wrong.found, ...span });
    case 'wrong_order':
      return m.days_in_wrong_order({ from: format.day(wrong.from), to: format.day(wrong.to), ...span });
    case 'one_day':
      return m.day_alone({ found: format.day(wrong.found), ...span });
  }
}

/** The first and last day of something, as a text; as they are kept when they are no days. */
export function spanLabel(from: string, to: string, format: Formatter): string {
  return isDay(from) && isDay(to) ? format.days(from, to) : `${from} – ${to}`;
}
