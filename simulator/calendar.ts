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

/** So many days later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Days from the first to the second: 1 from a day to the next one. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/** Every day of the period, in order; empty when it ends before it begins. */
export function daysOf(period: Period): Day[] {
  const days: Day[] = [];
  for (
    let day = Temporal.PlainDate.from(period.from);
    day.toString() <= period.to;
    day = day.add({ days: 1 })
  ) {
    days.push(day.toString());
  }
  return days;
}

/** The day's month, 1-12. */
export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}

/** The Monday of the day's ISO week. */
export function mondayOf(day: Day): Day {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

/** Local days and weeks of one time zone, remembered once worked out. */
export class Calendar {
  readonly zone: string;
  #starts = new Map<Day, number>();
  #days = new Map<number, Day>();
  #weeks = new Map<number, readonly Day[]>();

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
    return Math.floor(firstMonday.until(this.dayOf(instant), { largestUnit: 'days' }).days / 7);
  }

  /** The seven local days of a week by its number, Monday first. */
  daysOfWeek(week: number): readonly Day[] {
    let days = this.#weeks.get(week);
    if (days === undefined) {
      const monday = firstMonday.add({ days: week * 7 });
      days = [0, 1, 2, 3, 4, 5, 6].map((offset) => monday.add({ days: offset }).toString());
      this.#weeks.set(week, days);
    }
    return days;
  }
}
