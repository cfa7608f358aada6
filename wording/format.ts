import type { Locale } from './locale.ts';

const minus = '\u2212';
const noBreak = '\u00a0';

/** A proper minus, and spaces inside figures that do not break. */
const typeset = (text: string): string => text.replaceAll('-', minus).replaceAll(/[ \u202f]/g, noBreak);

/** «16 ноября 2026 г.» is written without its «г.» on these screens. */
const withoutYearWord = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]г\.?(?=$|[\s,–])/gu, '');

/** Midday UTC of a local day: formatted in UTC it stays that day everywhere. */
const instantOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** Whether the year of a day has less than four figures, as of one that was mistyped. */
const isEarlyYear = (day: string): boolean => day.slice(0, 4) < '1000';

/** The year of a day as it was written: `Intl` says the year 0026 as «26», which is read as 2026. */
const inFullYear = (text: string, day: string): string =>
  isEarlyYear(day) ? text.replace(/\d+(?=\D*$)/u, day.slice(0, 4)) : text;

/** The words of figures, days and instants in one language and one time zone. */
export interface Formatter {
  readonly locale: Locale;
  /** `1 320`. */
  whole(value: number): string;
  /** `5,3`, with exactly that many digits after the comma. */
  decimal(value: number, digits?: number): string;
  /** How much of something there is: `5,3`, and `5` where it is whole; in a column figures are `decimal`. */
  amount(value: number, digits?: number): string;
  /** A fraction as per cent: `0.036` is `3,6 %`. */
  percent(fraction: number, digits?: number): string;
  /** With its sign: `+7`, `−6`, `0`. */
  signed(value: number): string;
  /** A fraction as signed per cent: `+0,9 %`. */
  signedPercent(fraction: number, digits?: number): string;
  /** `16 ноября 2026`. */
  day(day: string): string;
  /** `16 нояб.`. */
  shortDay(day: string): string;
  /** `16 нояб. 2025`. */
  datedDay(day: string): string;
  /** `16–22 ноября 2026`. */
  days(from: string, to: string): string;
  /** `ноябрь 2026`. */
  month(day: string): string;
  /** `ноябрь`, by its number from 0. */
  monthName(month: number, width?: 'long' | 'short'): string;
  /** `пн`, Monday is 0. */
  weekday(index: number, width?: 'long' | 'short'): string;
  /** `понедельник`, of a local day. */
  weekdayOf(day: string): string;
  /** `23 ноября 2026, 21:00` in the federation's zone. */
  instant(instant: Date | string): string;
  /** `21:00` in the federation's zone. */
  time(instant: Date | string): string;
  /** The local day of an instant, `YYYY-MM-DD`. */
  dayOf(instant: Date | string): string;
}

const made = new Map<string, Formatter>();

/** The formatter of a language and a zone; made once and kept, because `Intl` objects are dear. */
export function formatterFor(locale: Locale, zone: string): Formatter {
  const key = `${locale} ${zone}`;
  const known = made.get(key) ?? makeFormatter(locale, zone);
  made.set(key, known);
  return known;
}

function makeFormatter(locale: Locale, zone: string): Formatter {
  const tag = locale === 'ru' ? 'ru-RU' : 'en-GB';
  const numbers = new Map<string, Intl.NumberFormat>();
  const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = numbers.get(key) ?? new Intl.NumberFormat(tag, options);
    numbers.set(key, known);
    return known;
  };
  const dates = (options: Intl.DateTimeFormatOptions, timeZone = 'UTC') =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone });
  const day = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDay = dates({ day: 'numeric', month: 'short' });
  const datedDay = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const month = dates({ month: 'long', year: 'numeric' });
  const longWeekday = dates({ weekday: 'long' });
  const instant = dates(
    { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    zone,
  );
  const time = dates({ hour: '2-digit', minute: '2-digit' }, zone);
  const localDay = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const fixed = (digits: number): Intl.NumberFormatOptions => ({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const whole = (value: string): string => inFullYear(withoutYearWord(day.format(instantOf(value))), value);
  const rangeText = (text: string): string => withoutYearWord(text).replaceAll(/\s+–\s+/g, `${noBreak}– `);

  return {
    locale,
    whole: (value) => typeset(number({ maximumFractionDigits: 0 }).format(value)),
    decimal: (value, digits = 1) => typeset(number(fixed(digits)).format(value)),
    amount: (value, digits = 1) => typeset(number({ maximumFractionDigits: digits }).format(value)),
    percent: (fraction, digits = 1) =>
      typeset(number({ style: 'percent', ...fixed(digits) }).format(fraction)),
    signed: (value) => typeset(number({ maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value)),
    signedPercent: (fraction, digits = 1) =>
      typeset(number({ style: 'percent', signDisplay: 'exceptZero', ...fixed(digits) }).format(fraction)),
    day: whole,
    shortDay: (value) => shortDay.format(instantOf(value)),
    datedDay: (value) => inFullYear(withoutYearWord(datedDay.format(instantOf(value))), value),
    days: (from, to) => {
      if (from === to) return whole(from);
      return isEarlyYear(from) || isEarlyYear(to)
        ? `${whole(from)}${noBreak}– ${whole(to)}`
        : rangeText(day.formatRange(instantOf(from), instantOf(to)));
    },
    month: (value) => inFullYear(withoutYearWord(month.format(instantOf(value))), value),
    monthName: (index, width = 'long') => dates({ month: width }).format(new Date(Date.UTC(2026, index, 15))),
    weekday: (index, width = 'short') =>
      dates({ weekday: width }).format(new Date(Date.UTC(2026, 0, 5 + index))),
    weekdayOf: (value) => longWeekday.format(instantOf(value)),
    instant: (value) =>
      withoutYearWord(instant.format(new Date(value)).replace(' в ', ', ').replace(' at ', ', ')),
    time: (value) => time.format(new Date(value)),
    dayOf: (value) => localDay.format(new Date(value)),
  };
}
