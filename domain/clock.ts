import { setTimeout as delay } from 'node:timers/promises';

/** Where the time comes from, so that a simulation can bring its own. */
export interface Clock {
  /** The present instant. */
  now(): Date;
  /** Waits that many milliseconds of this clock; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  },
};
