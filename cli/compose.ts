import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { AnalyticsSources } from '../analytics/sources.ts';
import type { CollectionRequest, RunProgress, RunSummary } from '../collector/context.ts';
import { CollectionRefused } from '../collector/context.ts';
import { runLeases } from '../collector/run-lease.ts';
import { runCollection } from '../collector/run.ts';
import type { Source } from '../collector/source.ts';
import type { QuotaStore } from '../collector/sources/kit/quota-store.ts';
import { createTelegramSource } from '../collector/sources/telegram/source.ts';
import { createTelegramWebSource } from '../collector/sources/telegram-web/source.ts';
import { createVkSource } from '../collector/sources/vk/source.ts';
import type { Clock } from '../domain/clock.ts';
import { dayOf } from '../domain/period.ts';
import type { Settings } from '../domain/settings.ts';
import { setAsideLog } from '../register/set-aside.ts';
import { holdDataDirectory, type DataDirectoryHold } from '../schema/data-directory.ts';
import { connectObservations, type Observations } from '../schema/observations/connect.ts';
import { relaxDurability } from '../schema/observations/durability.ts';
import { connectOperations, type Operations } from '../schema/operations/connect.ts';
import { dropLeases } from '../schema/operations/leases.ts';
import { addUsage, usageOn } from '../schema/operations/quotas.ts';
import { listTelegramEntities, saveTelegramEntity } from '../schema/operations/telegram-entities.ts';
import { prepareDataDirectory } from '../schema/usable-directory.ts';
import { createCounting } from './counting.ts';
import { alone, aloneByLease, soleCopying, soleCounting, type Alone, type SoleWork } from './sole-work.ts';
import { handoverSocket } from './handover-socket.ts';
import { joinStores, mendStores } from './mending.ts';
import { createRegisterCopying } from './register-copying.ts';
import { createRunEnds } from './run-ends.ts';
import type { CollectOptions, Services } from './services.ts';

/** How a process opens its services. */
export interface OpenOptions {
  /** What it is started as, for whoever finds the data directory in use. */
  command: string;
  clock: Clock;
  log: Logger;
  /** The data are a simulation's. */
  demo?: boolean;
  /** The networks are simulated: they take no fast reader for a flood, and need not be spared. */
  simulatedNetworks?: boolean;
  /** What the networks' clients measure pauses by, when `clock` is a simulation's. */
  timer?: Clock;
  /** Whether a socket takes commands for this process. */
  takesCommands?: boolean;
}

/** Whether anything is kept in the data directory, so that one process must hold it. */
export function needsDataDirectory(settings: Settings): boolean {
  return settings.CLICKHOUSE_URL === undefined || settings.OPERATIONS_DATABASE_URL === undefined;
}

/**
 * Opens everything by the settings: holds the data directory, opens both stores and migrates them, makes the clients of
 * the networks. What was opened is closed again when a later part fails. Rejects with `DataDirectoryUnusable`,
 * `DataDirectoryInUse`, `ObservationsUnavailable`, `OperationsUnavailable`, `StoresApart` or an error of the migrations.
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
    return assemble(settings, options, operations, observations, close);
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
    socket: takesCommands ? handoverSocket(dataDirectory) : null,
  });
  return () => held.release();
}

function sourcesOf(settings: Settings, operations: Operations, options: OpenOptions): Source[] {
  const { clock, timer, log } = options;
  const quotas: QuotaStore = {
    used: async (fingerprint, method, day) => await usageOn(operations, fingerprint, method, day),
    add: async (fingerprint, method, day, calls) => {
      await addUsage(operations, fingerprint, method, day, calls);
    },
  };
  const sources: Source[] = [];
  if (settings.VK_TOKENS.length > 0) {
    sources.push(
      createVkSource({
        tokens: settings.VK_TOKENS,
        url: settings.VK_API_URL,
        requestsPerSecond: settings.VK_RPS,
        dailyQuota: settings.VK_DAILY_QUOTA,
        quotas,
        clock,
        ...(timer ? { timer } : {}),
        log: log.child({ network: 'vk' }),
      }),
    );
  }
  const { TELEGRAM_API_ID: apiId, TELEGRAM_API_HASH: apiHash, TELEGRAM_SESSIONS: sessions } = settings;
  if (sessions.length > 0 && apiId !== undefined && apiHash !== undefined) {
    sources.push(
      createTelegramSource({
        apiId,
        apiHash,
        sessions,
        proxy: settings.TELEGRAM_PROXY,
        quotas,
        entities: {
          list: async (account) => await listTelegramEntities(operations, account),
          save: async (entity, now) => await saveTelegramEntity(operations, entity, now),
        },
        clock,
        ...(timer ? { timer } : {}),
        ...(options.simulatedNetworks ? { pause: 0 } : {}),
        log: log.child({ network: 'telegram' }),
      }),
    );
  } else {
    sources.push(
      createTelegramWebSource({
        url: settings.TELEGRAM_WEB_URL,
        proxy: settings.TELEGRAM_WEB_PROXY,
        clock,
        ...(timer ? { timer } : {}),
        ...(options.simulatedNetworks ? { requestsPerSecond: 200 } : {}),
        log: log.child({ network: 'telegram' }),
      }),
    );
  }
  return sources;
}

function assemble(
  settings: Settings,
  options: OpenOptions,
  operations: Operations,
  observations: Observations,
  close: () => Promise<void>,
): Services {
  const { clock, log } = options;
  const sources = sourcesOf(settings, operations, options);
  const zone = settings.TIMEZONE;
  const historyFrom = settings.HISTORY_FROM;
  const analytics: AnalyticsSources = { observations, clock, zone, historyFrom };
  const aloneFor = (work: SoleWork): Alone =>
    needsDataDirectory(settings) ? alone : aloneByLease({ operations, clock }, work);
  const counting = createCounting({ operations, analytics, alone: aloneFor(soleCounting) });
  const runEnds = createRunEnds({ operations, counting, clock, log });
  const collection = { sources, observations, operations, clock, settings: { zone, historyFrom }, log };
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
      if (!how.uncounted) await runEnds.ended();
      return summary;
    } finally {
      progress = null;
    }
  };

  const copyOver = createRegisterCopying({
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
    sources,
    analytics,
    collection,
    counting,
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
    copyRegister: async () => {
      if (!(await copyOver())) return;
      await counting.count();
      tellListeners();
    },
    registerChanged: async () => {
      if (!(await copyOver())) return;
      tellListeners();
      counting
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
      await counting.idle();
      await close();
    },
  };
}
