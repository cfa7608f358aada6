import type { Clock } from '#domain/clock.ts';
import type { Holiday, Norms } from '#domain/norms.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { Components, Day } from './types.ts';

/** What every question takes first: where the data are, what the federation has set, and the time. */
export interface AnalyticsSources {
  observations: Observations;
  /** The same observations by `rememberAnswers`, while several rankings are computed that ask for much the same. */
  once?: Observations | undefined;
  clock: Clock;
  /** The federation's time zone, e.g. `Asia/Irkutsk`. */
  zone: string;
  /** The first local day of the wanted history. */
  historyFrom: Day;
  /** What is expected of the tiers; the defaults of `domain/norms.ts` when not said. */
  norms?: Norms | undefined;
  /** Days that stop the clock; the defaults of `domain/norms.ts` when not said. */
  holidays?: readonly Holiday[] | undefined;
  /** Weights of the index's components; the defaults of `domain/activity-index.ts` when not said. */
  weights?: Record<keyof Components, number> | undefined;
}
