import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#domain/clock.ts';
import { systemClock } from '#domain/clock.ts';

/** A clock that stands where it is set, for what is recorded. */
export interface SetClock extends Clock {
  set(instant: Date | string): void;
}

export function setClock(instant: Date | string): SetClock {
  let at = new Date(instant);
  return {
    now: () => new Date(at),
    sleep: async (milliseconds) => {
      at = new Date(at.getTime() + milliseconds);
    },
    set: (later) => {
      at = new Date(later);
    },
  };
}

/** The machine's time, with pauses and deadlines so many times as short. */
export function hastyTimer(times: number): Clock {
  return {
    now: systemClock.now,
    sleep: async (milliseconds, signal) => {
      await delay(milliseconds / times, undefined, signal ? { signal } : {});
    },
  };
}
