import type { Clock } from '../domain/clock.ts';
import type { Observations } from '../schema/observations/connect.ts';
import type { Day } from './types.ts';

/** What every question takes first: where the data are, what the federation has set, and the time. */
export interface AnalyticsSources {
  observations: Observations;
  clock: Clock;
  /** The federation's time zone, e.g. `Asia/Irkutsk`. */
  zone: string;
  /** The first local day of the wanted history. */
  historyFrom: Day;
}
