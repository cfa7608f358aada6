import pRetry from 'p-retry';
import type { Logger } from 'pino';

/** How something is tried again until it is done. */
export interface Persistence {
  /** Ends the trying: what it was tried for is not wanted any more. */
  signal: AbortSignal;
  log: Logger;
  /** What is said in the log of each failure. */
  failed: string;
  /** Milliseconds before the second try, and at most between two; twice as long each time, with jitter. */
  pauses?: { first: number; longest: number };
  /** How long it is tried, in milliseconds; for ever when left out. */
  patience?: number;
}

/** One try that failed: whatever it was, it is tried again. */
class Failed extends Error {
  override readonly name = 'Failed';
}

/**
 * Does the work, and tries again with growing pauses when it fails. Rejects with the signal's reason, or when `patience` has
 * ended, with what the last try failed by.
 */
export async function keepTrying<Result>(
  work: () => Promise<Result>,
  { signal, log, failed, pauses = { first: 1_000, longest: 30_000 }, patience = Infinity }: Persistence,
): Promise<Result> {
  try {
    return await pRetry(
      async () => {
        try {
          return await work();
        } catch (error) {
          // What is a mistake in the program is not tried again by `p-retry`; here it may pass, and has to be told each time.
          throw new Failed(failed, { cause: error });
        }
      },
      {
        retries: Infinity,
        minTimeout: pauses.first,
        maxTimeout: pauses.longest,
        maxRetryTime: patience,
        randomize: true,
        signal,
        onFailedAttempt: ({ error, retryDelay }) => {
          // Told to end meanwhile: nothing is tried again.
          if (signal.aborted) return;
          log.error({ err: error.cause, again: `in ${Math.round(retryDelay / 1000)} s` }, failed);
        },
      },
    );
  } catch (error) {
    throw error instanceof Failed ? error.cause : error;
  }
}
