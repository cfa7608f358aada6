import { resolve } from 'node:path';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { CollectionRequest, RunProgress, RunSummary } from '#collector/context.ts';
import { CollectionRefused } from '#collector/context.ts';
import { runLeases } from '#collector/run-lease.ts';
import { runCollection } from '#collector/run.ts';
import type { Source } from '#collector/source.ts';
import { dayOf } from '#domain/period.ts';
import type { Settings } from '#domain/settings.ts';
import { setAsideLog } from '#register/set-aside.ts';
import { holdDataDirectory, type DataDirectoryHold } from '#schema/data-directory.ts';
import { connectObservations, type Observations } from '#schema/observations/connect.ts';
import { relaxDurability } from '#schema/observations/durability.ts';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { dropLeases } from '#schema/operations/leases.ts';
import { prepareDataDirectory } from '#schema/usable-directory.ts';
import { createAggregation } from './aggregation.ts';
import { needsDataDirectory } from './data-kept.ts';
import { refuseWrongKey } from './encryption-keys.ts';
import { alone, aloneByLease, soleCopying, soleAggregation, type Alone, type SoleWork } from './sole-work.ts';
import { commandSocketPath } from './command-socket.ts';
import { joinStores, mendStores } from './mending.ts';
import { createRegisterSync } from './register-sync.ts';
import { createRunEnds } from './run-ends.ts';
import type { CollectOptions, Services } from './services.ts';
import { networksRead, openSources, type SourcesOptions } from './sources.ts';

/** How a process opens its services. */
export interface OpenOptions extends SourcesOptions {
  /** What it is started as, for whoever finds the data directory in use. */
  command: string;
  /** The data are a simulation's. */
  demo?: boolean;
  /** Whether a socket takes commands for this process. */
  takesCommands?: boolean;
  /** Whether it reads the networks, as most do: what reads none is open in half the time, and cannot collect. */
  reads?: boolean;
  /** Whether it seals or opens secrets: without their key it is refused before anything is changed. */
  opensSecrets?: boolean;
}

/**
 * Opens everything by the settings: holds the data directory, opens both stores and migrates them, makes the clients of
 * the networks. What was opened is closed again when a later part fails. Rejects with `DataDirectoryUnusable`,
 * `DataDirectoryInUse`, `WrongEncryptionKey`, `UnusableKeyFile`, `ObservationsUnavailable`, `OperationsUnavailable`, `StoresApart` or an error of the migrations.
 */
export async function openServices(settings: Settings, options: OpenOptions): Promise<Services> {
  const { log } = options;
  const dataDirectory = resolve(settings.DATA_DIR);
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    if (needsDataDirectory(settings)) closers.push(hold(dataDirectory, settings.TIMEZONE, options));
    const operations = await connectOperations({
      url: settings.OPERATIONS_DATABASE_URL,
      poolSize: settings.OPERATIONS_DATABASE_CONNECTIONS,
      leaseSeconds: settings.LEASE_SECONDS,
      dataDirectory,
      disposable: options.demo,
      log,
    });
    closers.push(() => operations.close());
    if (options.opensSecrets) await refuseWrongKey(settings, operations);
    await operations.migrate();
    // Whoever had runs under way in these stores has ended: the directory is ours.
    if (needsDataDirectory(settings)) await dropLeases(operations, runLeases);
    const observations = await connectObservations({
      url: settings.CLICKHOUSE_URL,
      dataDirectory,
      database: settings.CLICKHOUSE_DATABASE,
      cluster: settings.CLICKHOUSE_CLUSTER,
      clock: options.clock,
      numbered: true,
      log,
    });
    closers.push(() => observations.close());
    await observations.migrate();
    await joinStores(settings, { operations, observations, clock: options.clock, log });
    if (options.demo) await relaxDurability(observations);
    const sources = options.reads === false ? null : await openSources(settings, operations, options);
    return assemble(settings, options, { operations, observations, sources }, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function hold(dataDirectory: string, zone: string, { command, takesCommands }: OpenOptions): () => void {
  prepareDataDirectory(dataDirectory);
  const held: DataDirectoryHold = holdDataDirectory(dataDirectory, {
    command,
    zone,
    socket: takesCommands ? commandSocketPath(dataDirectory) : null,
  });
  return () => held.release();
}

interface Opened {
  operations: Operations;
  observations: Observations;
  /** `null`: the networks are not read. */
  sources: Source[] | null;
}

function assemble(
  settings: Settings,
  options: OpenOptions,
  { operations, observations, sources }: Opened,
  close: () => Promise<void>,
): Services {
  const { clock, log } = options;
  const zone = settings.TIMEZONE;
  const historyFrom = settings.HISTORY_FROM;
  const analytics: AnalyticsSources = { observations, clock, zone, historyFrom };
  const aloneFor = (work: SoleWork): Alone =>
    needsDataDirectory(settings) ? alone : aloneByLease({ operations, clock }, work);
  const aggregation = createAggregation({ operations, analytics, alone: aloneFor(soleAggregation) });
  const runEnds = createRunEnds({ operations, aggregation, clock, log });
  const collection = {
    sources: sources ?? [],
    observations,
    operations,
    clock,
    settings: { zone, historyFrom },
    log,
  };
  const running = new Set<Promise<unknown>>();
  const registerListeners = new Set<() => void>();
  let progress: RunProgress | null = null;

  const collect = async (request: CollectionRequest, how: CollectOptions): Promise<RunSummary> => {
    const onProgress = (now: RunProgress): void => {
      progress = now;
      how.onProgress?.(now);
    };
    try {
      const run = { ...collection, onProgress, signal: how.signal };
      const summary = await runCollection(run, request).catch(async (error: unknown) => {
        if (!(error instanceof CollectionRefused)) await runEnds.failed(error);
        throw error;
      });
      if (!how.skipAggregation) await runEnds.ended();
      return summary;
    } finally {
      progress = null;
    }
  };

  const copyOver = createRegisterSync({
    operations,
    observations,
    clock,
    alone: aloneFor(soleCopying),
    onSetAside: setAsideLog(log),
  });
  const tellListeners = (): void => {
    for (const listener of registerListeners) listener();
  };

  return {
    settings,
    clock,
    log,
    operations,
    observations,
    sources: sources ?? networksRead(settings),
    analytics,
    collection,
    aggregation,
    runEnds,
    demo: options.demo ?? false,
    today: () => dayOf(clock.now(), zone),
    collect: async (request, how = {}) => {
      const run = collect(request, how);
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    progress: () => progress,
    syncRegister: async () => {
      if (!(await copyOver())) return;
      await aggregation.count();
      tellListeners();
    },
    registerChanged: async () => {
      if (!(await copyOver())) return;
      tellListeners();
      aggregation
        .countSoon()
        .catch((error: unknown) => log.error({ err: error }, 'An edit of the register was not counted yet'));
    },
    whenRegisterChanges: (listener) => {
      registerListeners.add(listener);
    },
    mend: async (how = {}) => {
      const mended = await mendStores({ settings, operations, observations, clock, log }, how);
      // What a page knows of its past is in the copy too; and the copy may have been lost with the rest.
      if ((await copyOver()) || mended) tellListeners();
    },
    close: async () => {
      await Promise.allSettled(running);
      await aggregation.idle();
      await close();
    },
  };
}
