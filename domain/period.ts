import { Temporal } from 'temporal-polyfill';
import { dayProblem, dayRefusal, isDay } from './allowed-days.ts';

export { isDay } from './allowed-days.ts';

/** A local day, `YYYY-MM-DD`, in the federation's zone. Two of them compare as text. */
export type Day = string;

/** First to last local day, both inclusive. */
export interface Period {
  from: Day;
  to: Day;
}

/** A calendar period's unit. Weeks are ISO weeks (Monday to Sunday). */
export const units = ['week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof units)[number];

/** A day or a period that cannot be one; the message says what was got and what is wanted. */
export class PeriodError extends Error {
  override readonly name = 'PeriodError';
}

/** The number of full ISO weeks the activity index looks at. */
const indexWindowWeeks = 13;

function plainDate(day: Day): Temporal.PlainDate {
  if (isDay(day)) return Temporal.PlainDate.from(day);
  throw new PeriodError(`Not a day: got "${day}", wanted a date of the calendar such as 2026-03-31.`);
}

function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}

/**
 * A period that somebody asks for; throws `PeriodError` for what is no day or none of `allowedDays`, or when the end lies
 * before the start.
 */
export function periodOf(from: string, to: string): Period {
  for (const day of [from, to]) {
    const problem = dayProblem(day);
    if (problem === 'day_out_of_range' || problem === 'no_such_day') {
      throw new PeriodError(`Not a day that is taken: ${dayRefusal(day, 'en')}.`);
    }
    plainDate(day);
  }
  if (to < from) {
    throw new PeriodError(
      `The period ends before it starts: got ${from} to ${to}, wanted "from" not after "to".`,
    );
  }
  return { from, to };
}

/** The local day an instant falls on in that zone. */
export function dayOf(instant: Date, zone: string): Day {
  const minute = Math.floor(instant.getTime() / 60_000);
  const known = recallIn(daysOfMinutes, zone);
  return known.get(minute) ?? keep(known, minute, zoned(instant, zone).toPlainDate().toString());
}

/** The local hour (0-23) and weekday (1 Monday to 7 Sunday) of an instant in that zone. */
export function hourAndWeekdayOf(instant: Date, zone: string): { hour: number; weekday: number } {
  const local = zoned(instant, zone);
  return { hour: local.hour, weekday: local.dayOfWeek };
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}

/** The first instant of a local day: midnight, or the first hour there is where clocks skip midnight. */
export function startOfDay(day: Day, zone: string): Date {
  const known = recallIn(startsOfDays, zone);
  return new Date(
    known.get(day) ?? keep(known, day, plainDate(day).toZonedDateTime({ timeZone: zone }).epochMilliseconds),
  );
}

/** The instant a local day ends at, exclusive: the start of the next one. */
export function endOfDay(day: Day, zone: string): Date {
  return startOfDay(addDays(day, 1), zone);
}

/** The day that many days later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumberOf(day) + days);
}

/** How many days `to` lies after `from` (negative when before). */
export function daysBetween(from: Day, to: Day): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

/** How many days a period has, both ends included. */
export function daysIn(period: Period): number {
  return daysBetween(period.from, period.to) + 1;
}

/** Every day of a period, in order. */
export function eachDay(period: Period): Day[] {
  const first = dayNumberOf(period.from);
  return Array.from({ length: daysIn(period) }, (_, index) => dayOfNumber(first + index));
}

/** Whether the day lies in the period. */
export function contains(period: Period, day: Day): boolean {
  return period.from <= day && day <= period.to;
}

/** The days two periods share, or `null` when there are none. */
export function overlap(one: Period, other: Period): Period | null {
  const from = one.from > other.from ? one.from : other.from;
  const to = earlier(one.to, other.to);
  return from <= to ? { from, to } : null;
}

/** The calendar period of that unit which holds the day. */
export function calendarPeriod(unit: Unit, day: Day): Period {
  const known = recallIn(calendarPeriods, unit);
  const { from, to } = known.get(day) ?? keep(known, day, calendarPeriodOf(unit, day));
  return { from, to };
}

function calendarPeriodOf(unit: Unit, day: Day): Period {
  const date = plainDate(day);
  if (unit === 'week') {
    const monday = date.subtract({ days: date.dayOfWeek - 1 });
    return { from: monday.toString(), to: monday.add({ days: 6 }).toString() };
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  const first = date.with({ day: 1, month: date.month - ((date.month - 1) % months) });
  return { from: first.toString(), to: first.add({ months }).subtract({ days: 1 }).toString() };
}

/** The unit of a period that is exactly a calendar week, month, quarter or year; else `null`. */
export function unitOf(period: Period): Unit | null {
  const found = units.find((unit) => {
    const calendar = calendarPeriod(unit, period.from);
    return calendar.from === period.from && calendar.to === period.to;
  });
  return found ?? null;
}

/** The preceding calendar unit; with `null` the preceding period of equal length. */
export function previousPeriod(period: Period, unit: Unit | null): Period {
  const to = addDays(period.from, -1);
  return unit ? calendarPeriod(unit, to) : { from: addDays(period.from, -daysIn(period)), to };
}

/** The ISO weeks that lie wholly inside the period, in order. */
export function isoWeeks(period: Period): Period[] {
  const first = calendarPeriod('week', period.from);
  const weeks: Period[] = [];
  let from = first.from === period.from ? first.from : addDays(first.from, 7);
  for (let to = addDays(from, 6); to <= period.to; from = addDays(from, 7), to = addDays(from, 6)) {
    weeks.push({ from, to });
  }
  return weeks;
}

/** The period without what is today or later: its last day is yesterday at most; `null` when nothing is left. */
export function pastPart(period: Period, today: Day): Period | null {
  const to = earlier(period.to, addDays(today, -1));
  return period.from <= to ? { from: period.from, to } : null;
}

/**
 * What the activity index of a period is made over: the 13 full ISO weeks that end at the last Sunday not after
 * the period's end and not after yesterday; or the period itself up to yesterday, when that is longer.
 */
export function indexWindow(period: Period, today: Day): Period {
  const past = pastPart(period, today);
  if (past && daysIn(past) > indexWindowWeeks * 7) {
    return past;
  }
  const end = earlier(period.to, addDays(today, -1));
  const week = calendarPeriod('week', end);
  const to = week.to === end ? end : addDays(week.from, -1);
  return { from: addDays(to, 1 - indexWindowWeeks * 7), to };
}

// Pure, so that a page in a browser that needs the units alone does not load a calendar with them.
const epoch = /* @__PURE__ */ Temporal.PlainDate.from('1970-01-01');
/** The same few thousand days come again and again, and a calendar costs more than looking them up. */
const numbers = new Map<Day, number>();
const days = new Map<number, Day>();
const rememberedDays = 100_000;
/** By zone. Thousands of pages are looked at in the same minute, and a zone changes its clocks at a whole minute. */
const daysOfMinutes = new Map<string, Map<number, Day>>();
const startsOfDays = new Map<string, Map<Day, number>>();
/** By unit: rows of rankings ask for those of the same few days. */
const calendarPeriods = new Map<Unit, Map<Day, Period>>();
const rememberedInstants = 10_000;

function recallIn<Kind, Key, Value>(all: Map<Kind, Map<Key, Value>>, kind: Kind): Map<Key, Value> {
  const known = all.get(kind) ?? new Map<Key, Value>();
  all.set(kind, known);
  return known;
}

function keep<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  if (known.size >= rememberedInstants) known.clear();
  known.set(key, value);
  return value;
}

/** Days since 1970-01-01, for arithmetic over many days. Throws `PeriodError` for what is no day. */
export function dayNumberOf(day: Day): number {
  const known = numbers.get(day);
  if (known !== undefined) {
    return known;
  }
  const number = epoch.until(plainDate(day), { largestUnit: 'day' }).days;
  remember(day, number);
  return number;
}

/** The day that many days after 1970-01-01. */
export function dayOfNumber(dayNumber: number): Day {
  const known = days.get(dayNumber);
  if (known !== undefined) {
    return known;
  }
  const day = epoch.add({ days: dayNumber }).toString();
  remember(day, dayNumber);
  return day;
}

function remember(day: Day, number: number): void {
  if (numbers.size >= rememberedDays) {
    numbers.clear();
    days.clear();
  }
  numbers.set(day, number);
  days.set(number, day);
}

/** How many days of a period lie in none of the others (which may overlap each other). */
export function countDaysWithout(period: Period | null, others: readonly Period[]): number {
  if (period === null) {
    return 0;
  }
  let left = daysIn(period);
  let counted = addDays(period.from, -1);
  for (const other of [...others].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const rest = counted < period.to ? { from: addDays(counted, 1), to: period.to } : null;
    const shared = rest && overlap(rest, other);
    if (shared) {
      left -= daysIn(shared);
      counted = shared.to;
    }
  }
  return left;
}
