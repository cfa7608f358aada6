/** A bar of a sparkline, in the units of its picture. */
export interface Bar {
  x: number;
  y: number;
  height: number;
  /** A known zero is a hairline of its own; what is not known is paler. */
  kind: 'value' | 'zero' | 'unknown';
}

/** Bars 5 wide and 2 apart; `top` is the value that fills the height, less one for the eye. */
export function sparklineBars(values: readonly (number | null)[], top: number, height: number): Bar[] {
  return values.map((value, index) => {
    const x = index * 7;
    if (value === null) return { x, y: height - 1, height: 1, kind: 'unknown' };
    if (value === 0) return { x, y: height - 1, height: 1, kind: 'zero' };
    const tall = Math.max(2, Math.round(((height - 1) * value * 10) / Math.max(top, 1)) / 10);
    return { x, y: Math.round((height - tall) * 10) / 10, height: tall, kind: 'value' };
  });
}

/** Sums series position by position; a position is `null` only where no series knows it. */
export function sumSeries(series: readonly (readonly (number | null)[])[]): (number | null)[] {
  const length = Math.max(0, ...series.map((one) => one.length));
  return Array.from({ length }, (_, index) => {
    const known = series.map((one) => one[index] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
}

/** Steps of a heatmap, 0 (a known zero) to 4 (near the greatest), by share of the greatest; `null` stays unknown. */
export function heatStep(value: number | null, greatest: number): 0 | 1 | 2 | 3 | 4 | null {
  if (value === null) return null;
  if (value <= 0 || greatest <= 0) return 0;
  return Math.min(4, Math.ceil((value / greatest) * 4)) as 1 | 2 | 3 | 4;
}

/** A day of the calendar heatmap at its column (week) and row (weekday, Monday 0). */
export interface CalendarCell {
  day: string;
  column: number;
  row: number;
  posts: number | null;
}

/** Where months begin over the columns of the heatmap. */
export interface CalendarMonth {
  day: string;
  column: number;
}

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
/** 1 January 1970 was a Thursday: Monday is 0. */
const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

/** Lays consecutive days out in weeks of seven rows, and says where each month begins. */
export function calendarCells(days: readonly { day: string; posts: number | null }[]): {
  cells: CalendarCell[];
  months: CalendarMonth[];
  columns: number;
} {
  const first = days[0];
  if (!first) return { cells: [], months: [], columns: 0 };
  const start = dayNumber(first.day) - weekdayOf(dayNumber(first.day));
  const cells = days.map(({ day, posts }) => {
    const offset = dayNumber(day) - start;
    return { day, posts, column: Math.floor(offset / 7), row: offset % 7 };
  });
  const months: CalendarMonth[] = [];
  for (const cell of cells) {
    const opens = cell.day.endsWith('-01') || cell === cells[0];
    const last = months.at(-1);
    if (opens && (!last || cell.column - last.column >= 3))
      months.push({ day: cell.day, column: cell.column });
    else if (opens && last) months[months.length - 1] = { day: cell.day, column: cell.column };
  }
  return { cells, months, columns: (cells.at(-1)?.column ?? 0) + 1 };
}

/** Several series by day on one axis of days: a day that a series does not know is `null` in it. */
export function alignSeries(series: readonly (readonly { day: string; count: number }[])[]): {
  days: string[];
  values: (number | null)[][];
} {
  const days = [...new Set(series.flatMap((points) => points.map(({ day }) => day)))].sort();
  const values = series.map((points) => {
    const counts = new Map(points.map(({ day, count }) => [day, count] as const));
    return days.map((day) => counts.get(day) ?? null);
  });
  return { days, values };
}

/** Posts of days summed by calendar month; a month with no tracked day is `null`. `day` is the month's first one given. */
export function monthSums(
  days: readonly { day: string; posts: number | null }[],
): { day: string; posts: number | null }[] {
  const months = new Map<string, { day: string; posts: number | null }>();
  for (const { day, posts } of days) {
    const month = months.get(day.slice(0, 7)) ?? { day, posts: null };
    months.set(day.slice(0, 7), {
      ...month,
      posts: posts === null ? month.posts : (month.posts ?? 0) + posts,
    });
  }
  return [...months.values()];
}
