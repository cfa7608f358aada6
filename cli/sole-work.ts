import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { takeLease } from '#schema/operations/held-lease.ts';

/** What one process does at a time, among those that share their databases: its lease, and how often that is asked for. */
export interface SoleWork {
  lease: string;
  askEvery: number;
  /** What is said when another process has taken the work over. */
  lost: string;
}

/** Counting. */
export const soleAggregation: SoleWork = {
  lease: 'counting',
  askEvery: 1_000,
  lost: 'Another process counts by now: what this one counted stays owed.',
};

/** Bringing the register over to the statistics, which somebody may wait for before a screen. */
export const soleCopying: SoleWork = {
  lease: 'register-copy',
  askEvery: 200,
  lost: 'Another process brings the register over by now: this one leaves it.',
};

/**
 * Does the work while no other process does it. When two count at once, the cells would be those of the slower one, which
 * read the posts first; and so with copies of the register. `confirm` rejects when another process has begun meanwhile,
 * because this one stood still for long.
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

/** Work of processes that share their databases: by a lease that is kept while it goes on. */
export function aloneByLease(
  stores: { operations: Operations; clock: Clock },
  { lease: name, askEvery, lost }: SoleWork,
): Alone {
  return async (work, { waits = true } = {}) => {
    let lease = await takeLease(stores, name);
    while (!lease) {
      if (!waits) throw new CountedElsewhere();
      await stores.clock.sleep(askEvery);
      lease = await takeLease(stores, name);
    }
    const held = lease;
    try {
      return await work(async () => {
        if (await held.isOurs()) return;
        throw new Error(lost);
      });
    } finally {
      await held.release();
    }
  };
}
