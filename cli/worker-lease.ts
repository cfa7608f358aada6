import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { acquireLease, releaseLease, renewLease } from '#schema/operations/leases.ts';
import { keepTrying, type Persistence } from './keep-trying.ts';

/** The lease of the one process that collects, among those that share their databases. */
export const collectorLease = 'collector';

/** What a process needs to lead. */
export interface LeadingContext {
  operations: Operations;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
  /** Between two tries to reach the store. */
  pauses?: NonNullable<Persistence['pauses']>;
}

/** How a process came to lead. */
export interface Leading {
  /** Aborted when the lease is lost, and by the end of the process. */
  signal: AbortSignal;
  /** It could not reach the store before: what was missed was missed for that. */
  isBack: boolean;
}

/**
 * Does `work` while this process has the collector's lease, and stands by while another has it: a worker that dies is
 * followed by the next as soon as its lease has run out. A store that does not answer ends nothing: it is asked again with
 * growing pauses. The lease is given up when it could not be renewed for as long as it lasts. Ends with `signal`.
 */
export async function whileLeading(
  context: LeadingContext,
  work: (leading: Leading) => Promise<void>,
): Promise<void> {
  const { operations, clock, log, signal } = context;
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  const lasts = operations.leaseMilliseconds;
  let toldOfWaiting = false;
  let isBack = false;

  const ask = async (): Promise<boolean> => {
    try {
      return await acquireLease(operations, collectorLease, holder, lasts, clock.now());
    } catch (error) {
      isBack = true;
      throw error;
    }
  };
  while (!signal.aborted) {
    const isOurs = await keepTrying(ask, {
      ...context,
      failed: 'It cannot be asked who collects: this process does not, and asks again',
    }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return false;
    });
    if (isOurs) {
      toldOfWaiting = false;
      log.info('This process collects');
      isBack = !(await lead(context, holder, (inner) => work({ signal: inner, isBack })));
    } else if (!toldOfWaiting && !signal.aborted) {
      toldOfWaiting = true;
      log.info('Another process collects; this one stands by');
    }
    await wait(clock, lasts / 3, signal);
  }
}

/** Works until the lease is lost or the signal comes. Tells whether the store could be reached all the time. */
async function lead(
  context: LeadingContext,
  holder: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const { operations, clock, log, signal } = context;
  const lasts = operations.leaseMilliseconds;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  /** The lease is kept for as long as there is work, which takes its time to end in order. */
  const released = new AbortController();
  let isHeld = true;
  let isReached = true;
  const lose = (why: string): void => {
    if (!isHeld) return;
    isHeld = false;
    log.warn(why);
    over.abort(new DOMException(why, 'AbortError'));
    released.abort();
  };
  const expiry = runOut(clock, () => {
    isReached = false;
    lose('The lease could not be renewed and has run out: this process stops collecting');
  });
  expiry.after(lasts);
  const working = work(both)
    .catch((error: unknown) => {
      isReached = false;
      log.error({ err: error }, 'Collecting ended, and begins again');
    })
    .finally(() => released.abort());
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    if (!(await renewLease(operations, collectorLease, holder, lasts, clock.now())))
      lose('The lease went to another process: this one stops collecting');
    else expiry.after(lasts - (performance.now() - asked));
  };
  while (!released.signal.aborted) {
    await wait(clock, lasts / 3, released.signal);
    if (released.signal.aborted) break;
    await keepTrying(renew, {
      ...context,
      signal: released.signal,
      failed: 'The lease could not be renewed: this process asks again while it lasts',
    }).catch((error: unknown) => {
      if (!released.signal.aborted) throw error;
    });
  }
  await working;
  expiry.stop();
  // One that has run out needs no giving back; asked for now, it could be carried out when this process has it again.
  if (isHeld) {
    await releaseLease(operations, collectorLease, holder).catch((error: unknown) => {
      log.warn({ err: error }, 'The lease could not be given back: it runs out by itself');
    });
  }
  return isReached;
}

/** Calls `end` when a lease has run out by the time of this process, which began no later than the store's. */
function runOut(clock: Clock, end: () => void): { after(milliseconds: number): void; stop(): void } {
  let waiting = new AbortController();
  const stop = (): void => waiting.abort();
  return {
    stop,
    after: (milliseconds) => {
      stop();
      waiting = new AbortController();
      clock.sleep(Math.max(0, milliseconds), waiting.signal).then(end, () => undefined);
    },
  };
}

async function wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(milliseconds, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
