import type { Status } from './vocabulary.ts';

/** How many organisations there are, and how many of them stand in a way that is worth a word. */
export interface StatusCounts {
  organisations: number;
  /** Whose silence is judged: neither `unknown` nor `none`, and in no agreed pause, in which nothing need be known. */
  judged: number;
  /** `stale` and `dead`. */
  silent: number;
  quiet: number;
  paused: number;
  unknown: number;
  /** Without a page that is read. */
  none: number;
}

/** Counts organisations by their statuses. */
export function countStatuses(statuses: readonly Status[]): StatusCounts {
  const count = (...wanted: Status[]): number => statuses.filter((status) => wanted.includes(status)).length;
  return {
    organisations: statuses.length,
    judged: statuses.length - count('unknown', 'none', 'paused'),
    silent: count('stale', 'dead'),
    quiet: count('quiet'),
    paused: count('paused'),
    unknown: count('unknown'),
    none: count('none'),
  };
}

/** How many are silent; `null` where nobody is judged: that is no zero. */
export function knownSilent({ judged, silent }: StatusCounts): number | null {
  return judged === 0 ? null : silent;
}
