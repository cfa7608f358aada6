import { Temporal } from 'temporal-polyfill';

/** A local day, `YYYY-MM-DD`. */
export type Day = string;

/** First to last local day, both inclusive. */
export interface Period {
  from: Day;
  to: Day;
}

/** Offsets of zones are whole quarters of an hour, so all instants of one quarter have the same local day. */
const quarter = 15 * 60_000;

const firstMonday = Temporal.PlainDate.from('1970-01-05');

/** Days by their numbers and back: questions ask for the same days thousands of times, and a calendar takes its time. */
const numbers = new Map<Day, number>();
const days = new Map<number, Day>();

/** Days from Monday, 5 January 1970; throws `RangeError` where there is no such day. */
function numberOf(day: Day): number {
  let number = numbers.get(day);
  if (number === undefined) {
    number = firstMonday.until(day, { largestUnit: 'days' }).days;
    numbers.set(day, number);
  }
  return number;
}

function numbered(number: number): Day {
  let day = days.get(number);
  if (day === undefined) {
    day = firstMonday.add({ days: number }).toString();
    days.set(number, day);
  }
  return day;
}

/** So many days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return numbered(numberOf(day) + count);
}

/** Days from the first to the second: 1 from a day to the next one. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** Every day of the period, in order; empty when it ends before it begins. */
export function daysOf(period: Period): Day[] {
  const first = numberOf(period.from);
  const count = Math.max(0, numberOf(period.to) - first + 1);
  return Array.from({ length: count }, (_unused, index) => numbered(first + index));
}

/** The day's month, 1-12. */
export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}

/** The Monday of the day's ISO week. */
export function mondayOf(day: Day): Day {
  return numbered(Math.floor(numberOf(day) / 7) * 7);
}

/** Local days and weeks of one time zone, remembered once worked out. */
export class Calendar {
  readonly zone: string;
  #starts = new Map<Day, number>();
  #days = new Map<number, Day>();

  constructor(zone: string) {
    this.zone = zone;
  }

  /** The first instant of the local day, in milliseconds since 1970. */
  startOf(day: Day): number {
    let start = this.#starts.get(day);
    if (start === undefined) {
      start = Temporal.PlainDate.from(day).toZonedDateTime(this.zone).epochMilliseconds;
      this.#starts.set(day, start);
    }
    return start;
  }

  /** The first instant after the local day. */
  endOf(day: Day): number {
    return this.startOf(addDays(day, 1));
  }

  /** The local day of an instant. */
  dayOf(instant: number): Day {
    const key = Math.floor(instant / quarter);
    let day = this.#days.get(key);
    if (day === undefined) {
      day = Temporal.Instant.fromEpochMilliseconds(key * quarter)
        .toZonedDateTimeISO(this.zone)
        .toPlainDate()
        .toString();
      this.#days.set(key, day);
    }
    return day;
  }

  /** The number of an instant's local ISO week, counted from the week of 5 January 1970. */
  weekOf(instant: number): number {
    return Math.floor(numberOf(this.dayOf(instant)) / 7);
  }

  /** The seven local days of a week by its number, Monday first. */
  daysOfWeek(week: number): readonly Day[] {
    return [0, 1, 2, 3, 4, 5, 6].map((offset) => numbered(week * 7 + offset));
  }
}
