/**
 * The days that people may say, wherever they do: of pauses, member counts, periods and settings. No network of today has
 * older posts. What is computed of such days (the period of equal length before the longest one, windows and statuses
 * before that, the instants of a day in any zone) stays within the years 1900 to 2299, which the store of observations
 * holds.
 */
export const allowedDays = { from: '2000-01-01', to: '2089-12-31' } as const;

/** What is wrong with a text as a day: it is written otherwise, the calendar has no such day, or it is none of `allowedDays`. */
export type DayProblem = 'not_a_day' | 'no_such_day' | 'day_out_of_range';

/** Whether the text is a day of the calendar in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, text.length) === text
  );
}

/** What is wrong with a text as a day that somebody says; `null` when nothing is. */
export function dayProblem(text: string): DayProblem | null {
  // Date fields of browsers let through years of six digits.
  if (/^[+-]?\d{5,6}-\d{2}-\d{2}$/.test(text)) return 'day_out_of_range';
  if (!isDay(text)) return /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'no_such_day' : 'not_a_day';
  return text < allowedDays.from || text > allowedDays.to ? 'day_out_of_range' : null;
}

/** Whether the text is one of `allowedDays`. */
export function isAllowedDay(text: string): boolean {
  return dayProblem(text) === null;
}

/** Why a day is refused that the calendar has not, or that is none of `allowedDays`: a clause that names what is taken. */
export function dayRefusal(found: string, locale: 'ru' | 'en'): string {
  const { from, to } = allowedDays;
  const russian = (day: string): string => day.split('-').reverse().join('.');
  if (dayProblem(found) === 'no_such_day')
    return locale === 'ru'
      ? `дня «${russian(found)}» в календаре нет`
      : `got "${found}", and the calendar has no such day`;
  return locale === 'ru'
    ? `дата «${found}» не принимается: допускаются даты с ${russian(from)} по ${russian(to)}, проверьте год`
    : `got "${found}", wanted a day from ${from} to ${to}: check the year`;
}
