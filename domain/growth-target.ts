import type { Day } from './period.ts';

/** What a federation wants of its own pages: so many subscriptions by a day, counted from the day it was set. */
export interface GrowthTarget {
  subscribers: number;
  by: Day;
  from: Day;
}
