import type { Day } from '#domain/period.ts';

/** Who edits the register, and when. */
export interface Actor {
  /** A login, or where it was done. */
  who: string;
  /** The address that it comes from over HTTP; without it, not known. */
  address?: string;
  now: Date;
  /** The federation's day of `now`. */
  today: Day;
}

/** Who edits in the dashboard while nobody signs in: no person can be named. */
export const unnamedActor = 'dashboard';
