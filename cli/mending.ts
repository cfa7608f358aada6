import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { serialize } from '#domain/mutex.ts';
import type { Clock } from '#domain/clock.ts';
import type { Settings } from '#domain/settings.ts';
import { beginHistory } from '#schema/history.ts';
import { agreeOnInstance } from '#schema/instance.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { takeLease } from '#schema/operations/held-lease.ts';
import { oweAll } from '#schema/operations/owed-days.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { mendProgress } from '#schema/stored-posts.ts';
import { keepRevisionsAbove } from '#schema/revisions.ts';
import { setStrayedAside } from '#schema/strayed-copies.ts';
import { collectorLease } from './worker-lease.ts';

interface Stores {
  operations: Operations;
  observations: Observations;
  clock: Clock;
  log: Logger;
}

/** Posts that were found missing, and are read again. */
export interface Loss {
  /** ISO 8601, UTC. */
  at: string;
  missing: number;
  stored: number;
  pages: number;
}

const lossKey = 'stores.loss';

/** The last loss that was found and mended; `undefined` when there was none. */
export async function lastLoss(operations: Operations): Promise<Loss | undefined> {
  return await getSetting<Loss>(operations, lossKey);
}

/**
 * Opens the two stores to each other: refuses what is not of one instance (`StoresApart`), and sets aside what a register
 * restored from an older copy does not know any more. Revisions are numbered from above all that is stored, and history begins where
 * there is none.
 */
export async function joinStores(
  settings: Settings,
  { operations, observations, clock, log }: Stores,
): Promise<void> {
  const places = {
    dataDirectory: resolve(settings.DATA_DIR),
    operationsServed: settings.OPERATIONS_DATABASE_URL !== undefined,
    observationsDatabase: observations.embedded ? null : observations.database,
  };
  const about = { places, locale: settings.LOCALE, now: clock.now() };
  const agreement = await agreeOnInstance(operations, observations, about);
  if (agreement === 'observations_marked') {
    log.warn('The observations carried no id: they are new, were lost, or were set aside. They have it now');
  }
  const raised = await keepRevisionsAbove(operations, observations, clock.now());
  if (raised && !raised.wasEmpty) {
    log.warn(
      { revision: raised.number },
      'The operations store is older than the observations: revisions are numbered above those that they hold',
    );
  }
  await beginHistory(operations, observations, clock);
  const strayed = await setStrayedAside(operations, observations, clock);
  if (strayed.pages + strayed.organisations === 0) return;
  await oweAll(operations, clock.now());
  log.warn(
    strayed,
    'The register is older than the observations: what it does not know is kept, and not shown any more',
  );
}

/**
 * Gives progress back to the data it is the progress of (`mendProgress`), while no run is under way. Where databases are
 * shared and another process collects, it has done so when it began, and nothing is done. Tells whether anything was lost.
 */
export async function mendStores(
  stores: Stores & { settings: Settings },
  { leads = false }: { leads?: boolean },
): Promise<boolean> {
  const { settings } = stores;
  const isShared = settings.CLICKHOUSE_URL !== undefined && settings.OPERATIONS_DATABASE_URL !== undefined;
  if (!isShared || leads) return await mend(stores);
  const lease = await takeLease(stores, collectorLease);
  if (!lease) return false;
  try {
    return await mend(stores);
  } finally {
    await lease.release();
  }
}

async function mend({ operations, observations, clock, log }: Stores): Promise<boolean> {
  const now = clock.now();
  const found = await serialize(operations, () => mendProgress(operations, observations, now));
  const { missing, stored, pages, unseen, uncounted } = found;
  if (uncounted > 0)
    log.warn({ pages: uncounted }, 'Cells did not add up to their posts: they are counted again');
  if (pages === 0) return false;
  log.warn(
    { missing, stored, pages, unseen },
    'Posts that were stored are missing in the observations: their pages are read again from the beginning',
  );
  const loss: Loss = { at: now.toISOString(), missing, stored, pages };
  await setSetting(operations, lossKey, loss);
  return true;
}
