import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import { readHead } from '#schema/operations/journal-chain.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { everyDay } from './every-day.ts';

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
export async function logJournalHead({ operations, log, ...when }: HeadContext): Promise<void> {
  const failed = (error: unknown): void => {
    log.warn({ err: error }, 'The head of the journal is not known at the moment');
  };
  await everyDay(
    async () => {
      const head = await readHead(operations.db);
      if (head) log.info({ entry: head.entryId, head: head.hash }, 'The head of the journal');
      else log.error('The journal has lost its head: ask "audit verify"');
    },
    { ...when, failed },
  );
}
