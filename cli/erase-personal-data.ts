import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import { eraseDue } from '#register/personal-data/erase-due.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { everyDay } from './every-day.ts';

/** What personal data are erased with. */
export interface ErasureContext {
  operations: Operations;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
  /** The federation's zone: where its days begin. */
  zone: string;
}

/**
 * Erases the personal data whose time is over, now and at the start of each local day, and tells of it in the log. Ends with
 * `signal`; while the store does not answer it goes on trying.
 */
export async function erasePersonalDataDaily({ operations, log, ...when }: ErasureContext): Promise<void> {
  const failed = (error: unknown): void => {
    log.warn({ err: error }, 'Personal data whose time is over could not be erased, and it is tried again');
  };
  await everyDay(
    async () => {
      const erased = await eraseDue(operations, { now: when.clock.now(), zone: when.zone });
      if (erased.people + erased.values > 0)
        log.info(erased, 'Personal data were erased: their time was over');
    },
    { ...when, failed },
  );
}
