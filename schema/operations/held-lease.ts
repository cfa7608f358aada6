import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Operations } from './connect.ts';
import { acquireLease, keepLease, releaseLease } from './leases.ts';

/** How long a lease lasts without being renewed, and how often it is; as parts of the time that the store's leases last. */
export interface LeaseTimes {
  lasts: number;
  renewed: number;
}

const usualTimes: LeaseTimes = { lasts: 1, renewed: 1 / 3 };

/** A lease that this process has, renewed until it is given back. */
export interface HeldLease {
  /**
   * Whether nobody else has taken it meanwhile, as somebody may when this process has stood still for longer than it
   * lasts. Rejects with what the store throws.
   */
  isOurs(): Promise<boolean>;
  /** Gives it back; another's is left alone. Rejects with what the store throws. */
  release(): Promise<void>;
}

/** Takes a lease and keeps it; `null` when another has it. Rejects with what the store throws. */
export async function takeLease(
  { operations, clock }: { operations: Operations; clock: Clock },
  name: string,
  { lasts, renewed }: LeaseTimes = usualTimes,
): Promise<HeldLease | null> {
  const milliseconds = Math.round(lasts * operations.leaseMilliseconds);
  const renewEvery = Math.round(renewed * operations.leaseMilliseconds);
  const holder = `${process.pid}:${randomUUID()}`;
  if (!(await acquireLease(operations, name, holder, milliseconds, clock.now()))) return null;
  const isOurs = async (): Promise<boolean> =>
    await keepLease(operations, name, holder, milliseconds, clock.now());
  const done = new AbortController();
  const keeping = keep();
  return {
    isOurs,
    release: async () => {
      done.abort();
      await keeping;
      await releaseLease(operations, name, holder);
    },
  };

  async function keep(): Promise<void> {
    for (;;) {
      // Woken by the end of the work; a lease that cannot be kept is found lost by `isOurs`.
      await clock.sleep(renewEvery, done.signal).catch(() => undefined);
      if (done.signal.aborted) return;
      await isOurs().catch(() => undefined);
    }
  }
}
