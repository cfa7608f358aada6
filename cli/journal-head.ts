import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import { addDays, dayOf, startOfDay } from '#domain/period.ts';
import { readHead } from '#schema/operations/journal-chain.ts';
import type { Operations } from '#schema/operations/connect.ts';

/** How soon a store that did not answer is asked again, in milliseconds. */
const retryAfter = 5 * 60_000;

/** What the head of the journal is logged with. */
export interface HeadContext {
  operations: Operations;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
  /** The federation's zone: where its days begin. */
  zone: string;
}

/**
 * Logs the head of the journal now and at the start of each local day, so that whoever keeps the log can show later that
 * nothing was cut off (`audit verify --head`). Ends with `signal`; while the store does not answer it goes on asking.
 */
export async function logJournalHead({ operations, clock, log, signal, zone }: HeadContext): Promise<void> {
  let isAway = false;
  while (!signal.aborted) {
    let pause = retryAfter;
    try {
      const head = await readHead(operations.db);
      if (head) log.info({ entry: head.entryId, head: head.hash }, 'The head of the journal');
      else log.error('The journal has lost its head: ask "audit verify"');
      isAway = false;
      pause = untilNextDay(clock.now(), zone);
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'The head of the journal is not known at the moment');
      isAway = true;
    }
    await clock.sleep(pause, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Milliseconds to a second after the next local midnight: a timer may fire a little early. */
function untilNextDay(now: Date, zone: string): number {
  return startOfDay(addDays(dayOf(now, zone), 1), zone).getTime() - now.getTime() + 1000;
}
