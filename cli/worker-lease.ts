import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { acquireLease, releaseLease, renewLease } from '../schema/operations/leases.ts';

/** The lease of the one process that collects, among those that share their databases. */
export const collectorLease = 'collector';
const leaseMilliseconds = 60_000;
const renewEvery = 20_000;

/**
 * Does `work` while this process has the collector's lease, and stands by while another has it: a worker that dies is
 * followed by the next within a minute. The signal given to `work` is aborted when the lease is lost. Ends with `signal`.
 */
export async function whileLeading(
  context: { operations: Operations; clock: Clock; log: Logger; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { operations, clock, log, signal } = context;
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  let toldOfWaiting = false;
  while (!signal.aborted) {
    const isOurs = await acquireLease(operations, collectorLease, holder, leaseMilliseconds, clock.now());
    if (isOurs) {
      toldOfWaiting = false;
      log.info('This process collects');
      await lead(context, holder, work);
    } else if (!toldOfWaiting) {
      toldOfWaiting = true;
      log.info('Another process collects; this one stands by');
    }
    await wait(clock, signal);
  }
}

async function lead(
  { operations, clock, log, signal }: Parameters<typeof whileLeading>[0],
  holder: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const both = AbortSignal.any([signal, lost.signal]);
  const working = work(both);
  working.catch(() => lost.abort());
  while (!both.aborted) {
    await wait(clock, both);
    if (both.aborted) break;
    try {
      if (await renewLease(operations, collectorLease, holder, leaseMilliseconds, clock.now())) continue;
      log.warn('The lease went to another process: this one stops collecting');
      lost.abort();
    } catch (error) {
      log.error({ err: error }, 'The lease could not be renewed: this process stops collecting');
      lost.abort();
    }
  }
  try {
    await working;
  } finally {
    await releaseLease(operations, collectorLease, holder);
  }
}

async function wait(clock: Clock, signal: AbortSignal): Promise<void> {
  await clock.sleep(renewEvery, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
