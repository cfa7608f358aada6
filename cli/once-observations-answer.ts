import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { ObservationsAway } from '../schema/observations/errors.ts';

/** How long is waited before it is tried again; what a server is that is away is asked in the meantime by the store. */
const again = 10_000;

/**
 * Does `work`; when the server of the observations is away, waits and does it again until it is there, for as long as
 * `signal` lasts. Rejects with any other error of the work.
 */
export async function onceObservationsAnswer(
  { clock, log, signal }: { clock: Clock; log: Logger; signal: AbortSignal },
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof ObservationsAway)) throw error;
      log.error({ err: error }, 'Collecting waits for the observations: it is tried again');
    }
    await clock.sleep(again, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
