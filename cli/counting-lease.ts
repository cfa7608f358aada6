import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { acquireLease, releaseLease, renewLease } from '../schema/operations/leases.ts';

/** The lease of the one process that counts, among those that share their databases. */
const countingLease = 'counting';
const leaseMilliseconds = 60_000;
const renewEvery = 20_000;
const askEvery = 1_000;

/**
 * Does the counting while no other process counts: cells that two write at once would be those of the slower one, which
 * read the posts first. `confirm` rejects when another process has begun meanwhile, because this one stood still for long.
 */
export type Alone = <Result>(
  work: (confirm: () => Promise<void>) => Promise<Result>,
  options?: AloneOptions,
) => Promise<Result>;

/** `waits`: whether another process that counts is waited for (it is, when left out); else `CountedElsewhere` is thrown. */
export interface AloneOptions {
  waits?: boolean;
}

/** Another process counts at this moment. */
export class CountedElsewhere extends Error {
  override readonly name = 'CountedElsewhere';

  constructor() {
    super('Another process counts at this moment.');
  }
}

/** Nobody else has the databases. */
export const alone: Alone = (work) => work(() => Promise.resolve());

/** Counting of processes that share their databases: by a lease that is kept while the work goes on. */
export function aloneByLease({ operations, clock }: { operations: Operations; clock: Clock }): Alone {
  return async (work, { waits = true } = {}) => {
    const holder = `counting:${randomUUID()}`;
    while (!(await acquireLease(operations, countingLease, holder, leaseMilliseconds, clock.now()))) {
      if (!waits) throw new CountedElsewhere();
      await clock.sleep(askEvery);
    }
    const done = new AbortController();
    const keeping = keep(operations, clock, holder, done.signal);
    try {
      return await work(async () => {
        if (await renewLease(operations, countingLease, holder, leaseMilliseconds, clock.now())) return;
        throw new Error('Another process counts by now: what this one counted stays owed.');
      });
    } finally {
      done.abort();
      await keeping;
      await releaseLease(operations, countingLease, holder);
    }
  };
}

async function keep(
  operations: Operations,
  clock: Clock,
  holder: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // Woken by the end of the work; a lease that cannot be kept is found lost by `confirm`.
    await clock.sleep(renewEvery, signal).catch(() => undefined);
    if (signal.aborted) return;
    await renewLease(operations, countingLease, holder, leaseMilliseconds, clock.now()).catch(
      () => undefined,
    );
  }
}
