import type { Clock } from '#domain/clock.ts';
import { addDays, dayOf, startOfDay } from '#domain/period.ts';

/** How soon what failed is tried again, in milliseconds. */
const retryAfter = 5 * 60_000;

/** When something is done each day. */
export interface EveryDay {
  clock: Clock;
  signal: AbortSignal;
  /** The federation's zone: where its days begin. */
  zone: string;
  /** Told once of what failed, until it is done again. */
  failed(error: unknown): void;
}

/** Does something now and at the start of each local day, until `signal`; what fails is tried again every few minutes. */
export async function everyDay(
  work: () => Promise<void>,
  { clock, signal, zone, failed }: EveryDay,
): Promise<void> {
  let isAway = false;
  while (!signal.aborted) {
    let pause = retryAfter;
    try {
      await work();
      isAway = false;
      pause = untilNextDay(clock.now(), zone);
    } catch (error) {
      if (!isAway) failed(error);
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
