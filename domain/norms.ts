import { overlap } from './period.ts';
import type { Day, Period } from './period.ts';
import type { Tier } from './vocabulary.ts';

/** What is expected of the pages of a tier, and from when on silence has which name (`metrics.md`). */
export interface TierNorm {
  /** Counted posts expected in every block of `blockDays` days. */
  posts: number;
  /** 7: ISO weeks. 28: blocks of four weeks, counted back from the end of what is looked at. */
  blockDays: 7 | 28;
  /** Over how many local days the status looks at frequency. */
  statusDays: number;
  /** Posts a week from which a page that is not silent is active; `null`: not being silent is enough. */
  statusPostsPerWeek: number | null;
  /** Days silent from which the status is quiet, stale, dead. */
  quietFrom: number;
  staleFrom: number;
  deadFrom: number;
}

export type Norms = Readonly<Record<Tier, TierNorm>>;

const weekly = { blockDays: 7, statusDays: 28, quietFrom: 7, staleFrom: 14, deadFrom: 30 } as const;

/** The norms of Russian practice for official pages: at least 3 posts a week, 5 for the most important ones. */
export const defaultNorms: Norms = {
  flagship: { ...weekly, posts: 5, statusPostsPerWeek: 5 },
  active: { ...weekly, posts: 3, statusPostsPerWeek: 3 },
  card: {
    posts: 1,
    blockDays: 28,
    statusDays: 90,
    statusPostsPerWeek: null,
    quietFrom: 31,
    staleFrom: 45,
    deadFrom: 90,
  },
};

/** The posts a week a norm comes to: a card page's one in 28 days is 0.25. */
export function normPerWeek(norm: TierNorm): number {
  return (norm.posts * 7) / norm.blockDays;
}

/** Days of every year that stop the clock of the status and are no tracked days. */
export interface Holiday {
  id: string;
  /** First and last day of the year, `MM-DD`; a last day before the first one lies in the next year. */
  from: string;
  to: string;
  /** Only for organisations of this sector; without it, for all. */
  sector?: string;
}

/** The federal New Year holidays, the only ones on which nobody is expected to write. */
export const defaultHolidays: readonly Holiday[] = [{ id: 'new_year', from: '01-01', to: '01-08' }];

/** The holidays of a sector that touch a period, cut to it, in order of their years. */
export function holidaysIn(
  period: Period,
  sector: string,
  holidays: readonly Holiday[] = defaultHolidays,
): Period[] {
  const years = { first: yearOf(period.from) - 1, last: yearOf(period.to) };
  const found: Period[] = [];
  for (let year = years.first; year <= years.last; year += 1) {
    for (const { from, to, sector: only } of holidays) {
      const whole = { from: `${year}-${from}`, to: `${to < from ? year + 1 : year}-${to}` };
      const shared = only === undefined || only === sector ? overlap(whole, period) : null;
      if (shared) {
        found.push(shared);
      }
    }
  }
  return found;
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
