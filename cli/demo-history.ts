import { addDays, calendarPeriod, dayOf, startOfDay, type Day } from '#domain/period.ts';

/** How large a demo's world is. */
export interface DemoSize {
  organisations: number;
  /** How far back its history goes. */
  historyWeeks: number;
  /** How far back it is looked at weekly. */
  weeklyWeeks: number;
}

/** The demo that people see. It is looked at weekly over the index window of the last full week and of the one before it. */
export const demoSize: DemoSize = { organisations: 45, historyWeeks: 27, weeklyWeeks: 15 };

const minute = 60_000;

/**
 * The slots at which the demo's past is collected, oldest first, half an hour before the midnight that begins: the first
 * day, then every first of a month, every Monday of the last weeks, and each of the last 7 days. A snapshot counts for a
 * bound when it was taken before it, so subscribers at the ends of weeks and months, and the growth in between, are observations and
 * not guesses. The present is collected besides.
 */
export function pastSlots(anchor: Date, zone: string, size: DemoSize = demoSize): Date[] {
  const today = dayOf(anchor, zone);
  const first = firstDay(anchor, zone, size);
  const days = new Set<Day>([first]);
  for (let day = first; day <= today; day = addDays(day, 1)) {
    const isMonday = calendarPeriod('week', day).from === day && day > addDays(today, -7 * size.weeklyWeeks);
    const isFirstOfMonth = calendarPeriod('month', day).from === day;
    if (isMonday || isFirstOfMonth || day > addDays(today, -7)) days.add(day);
  }
  const slots = [...days].map((day) => new Date(startOfDay(day, zone).getTime() - 30 * minute));
  return slots.filter((slot) => slot < anchor);
}

/** The local day on which the demo's history begins. */
export function firstDay(anchor: Date, zone: string, size: DemoSize = demoSize): Day {
  return addDays(dayOf(anchor, zone), -7 * size.historyWeeks);
}
