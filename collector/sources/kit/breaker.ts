/** Why nothing is asked, and until when, in milliseconds. */
export interface Rest<Failure> {
  readonly until: number;
  readonly failure: Failure;
}

export interface BreakerSettings {
  /** Milliseconds. */
  now: () => number;
  /** So many failures in a row are reason to rest. */
  inARow: number;
  /** Whether one failure after a rest is enough for the next one; else it takes as many as before. */
  isWaryAfterRest?: boolean;
}

/**
 * Counts failures in a row, and holds calls back while a rest lasts. What is a failure, how long the rest is and what is
 * told of it is for the network to say.
 */
export interface Breaker<Failure> {
  /** The rest of now; `null` when calls may be made. */
  resting(): Rest<Failure> | null;
  /** Failures in a row, as far as they still count. */
  failures(): number;
  /** Counts a failure; `true` when there were enough in a row to rest. */
  failed(): boolean;
  /** Something was answered: failures before it count no more. A rest goes on. */
  answered(): void;
  /** No calls for so many milliseconds; a rest of before is replaced. */
  rest(milliseconds: number, failure: Failure): void;
  /** Calls may be made at once. Failures of before count all the same. */
  endRest(): void;
}

/** Makes a breaker that has counted nothing. */
export function createBreaker<Failure>({
  now,
  inARow,
  isWaryAfterRest = false,
}: BreakerSettings): Breaker<Failure> {
  let failures = 0;
  let rest: Rest<Failure> | null = null;
  return {
    resting: () => (rest !== null && rest.until > now() ? rest : null),
    failures: () => failures,
    failed: () => {
      failures += 1;
      if (failures < inARow) return false;
      if (!isWaryAfterRest) failures = 0;
      return true;
    },
    answered: () => {
      failures = 0;
    },
    rest: (milliseconds, failure) => {
      rest = { until: now() + milliseconds, failure };
    },
    endRest: () => {
      rest = null;
    },
  };
}
