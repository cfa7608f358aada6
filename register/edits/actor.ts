import type { Day } from '#domain/period.ts';
import type { Reach } from '#domain/reach.ts';

/** Who edits the register, and when. */
export interface Actor {
  /** A login, or where it was done. */
  who: string;
  /** The address that it comes from over HTTP; without it, not known. */
  address?: string;
  now: Date;
  /** The federation's day of `now`. */
  today: Day;
  /** The organisations that they may edit; without it, or `null`, all of them. */
  within?: Reach | null;
}

/** Who edits in the dashboard while nobody signs in: no person can be named. */
export const unnamedActor = 'dashboard';
