import type { Clock } from '#domain/clock.ts';

/** The pause before the try after `attempt` (from 1 on): `first` doubled each time, half as long to half as long again. */
export function backOff(first: number, attempt: number): number {
  return growing(first, attempt - 1) * (0.5 + Math.random());
}

/** `first`, doubled so many times, at most `longest`. */
export function growing(first: number, times: number, longest = Number.POSITIVE_INFINITY): number {
  return Math.min(longest, first * 2 ** times);
}

/** Sleeps for so many milliseconds of the timer. Throws what `stopped` makes when the signal ends the sleep. */
export async function pause(
  timer: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  stopped: () => Error,
): Promise<void> {
  await timer.sleep(milliseconds, signal).catch(() => {
    throw stopped();
  });
}
