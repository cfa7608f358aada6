import type { RequestListener } from 'node:http';
import { missedCauses } from '#collector/ledger.ts';
import { startSchedule, type Schedule } from '#collector/schedule.ts';
import { shownSettings } from '#domain/settings/shown.ts';
import { networksWithoutKey } from '#domain/networks/without-key.ts';
import { provideServices } from '#dashboard/src/lib/server/services.ts';
import { hasAdministrator, makeClaim } from '#accounts/claim.ts';
import { readRegisterVersion } from '#schema/operations/data-version.ts';
import { accountsOf, linkAddress } from './accounts.ts';
import { needsDataDirectory } from './data-kept.ts';
import { openKeyring } from './encryption-keys.ts';
import { serveCommandSocket } from './command-socket-server.ts';
import { readiness, wellness } from './health.ts';
import { serveHttp } from './http-server.ts';
import { erasePersonalDataDaily } from './erase-personal-data.ts';
import { logJournalHead } from './journal-head.ts';
import { keepTrying } from './keep-trying.ts';
import { projectVersion } from './project.ts';
import { watchRegister } from './register-watch.ts';
import { runTeller } from './run-teller.ts';
import type { Services } from './services.ts';
import { dataTrouble, storeTrouble } from './store-reasons.ts';
import { whileLeading, type Leading } from './worker-lease.ts';

/** What a process serves with. */
export interface ServeOptions {
  services: Services;
  signal: AbortSignal;
  /** Resolves with the dashboard's handler; absent when this process serves no dashboard (`ROLE=worker`). */
  dashboard?: (() => Promise<RequestListener>) | undefined;
  /** What the settings were read from, for who may see how they are set. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Says to whoever watches a terminal what became of each run. */
  announce?: ((text: string) => void) | undefined;
}

/** A process that serves. */
export interface Serving {
  /** The dashboard's address; `null` without one. */
  readonly url: string | null;
  /** Makes the link by which the first administrator is made; `null` once there is one, or without a dashboard. */
  claimLink(): Promise<string | null>;
  /** Ends in order: requests, commands, the schedule with its run, and what is being counted. */
  stop(): Promise<void>;
}

/**
 * Begins to take commands, to collect by the schedule, and to serve the dashboard. What was started is stopped again when
 * a later part fails.
 */
export async function serve({
  services,
  signal,
  dashboard,
  environment = {},
  announce,
}: ServeOptions): Promise<Serving> {
  const { settings, log } = services;
  const began = services.clock.now();
  const collecting = new AbortController();
  const isShared = !needsDataDirectory(settings);
  const teller = announce && runTeller(services, announce);
  let schedule: Schedule | null = null;
  const closers: (() => Promise<void>)[] = [];
  services.whenRegisterChanges(() => schedule?.collectDue());
  const stop = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };

  const collectBySchedule = async ({ signal: until, isBack }: Leading): Promise<void> => {
    await services.mend({ leads: true });
    if (await services.aggregation.countLeft()) log.info('Counted what was owed');
    // Asked before the first run looks at the register, so that nothing is entered unseen.
    const seen = await readRegisterVersion(services.operations);
    schedule = await startSchedule(services.collection, {
      cron: settings.COLLECT_CRON,
      ...(isBack ? { missedCause: missedCauses.cutOff } : {}),
      onRun: async (summary) => {
        await services.runEnds.ended();
        teller?.ended(summary);
      },
      onFailure: async (error) => {
        await services.runEnds.failed(error);
        teller?.failed(error);
      },
    });
    const watching = isShared
      ? watchRegister({ ...services, signal: until }, seen, {
          onChange: () => schedule?.collectDue(),
          bringOver: () => services.registerChanged(),
        })
      : aborted(until);
    const daily = { ...services, signal: until, zone: settings.TIMEZONE };
    await Promise.all([watching, logJournalHead(daily), erasePersonalDataDaily(daily)]);
    await schedule.stop();
    schedule = null;
  };

  // Before anything is collected: what sessions are signed with, or its key, may be wrong.
  const accounts = dashboard ? await accountsOf(services) : null;
  if (!accounts) await openKeyring(settings, services.operations, log);

  try {
    if (settings.ROLE !== 'web' && services.sources.length > 0) {
      const until = AbortSignal.any([signal, collecting.signal]);
      const { operations, clock } = services;
      const work = isShared
        ? whileLeading({ operations, clock, log, signal: until }, collectBySchedule)
        : keepTrying(() => collectBySchedule({ signal: until, isBack: false }), {
            signal: until,
            log,
            failed: 'Collecting by the schedule could not begin, and is tried again',
          });
      work.catch((error: unknown) => {
        if (!until.aborted) log.error({ err: error }, 'Collecting by the schedule ended');
      });
      closers.push(async () => {
        collecting.abort();
        await work.catch(() => undefined);
      });
    }
    if (!isShared) {
      const commandSocket = await serveCommandSocket(services);
      closers.push(() => commandSocket.close());
    }
    if (!dashboard || !accounts) return { url: null, claimLink: () => Promise.resolve(null), stop };

    const commandSocket = {
      progress: () => schedule?.progress() ?? services.progress(),
      next: () => schedule?.next() ?? null,
    };
    const provide = (publicUrl: string): void =>
      provideServices({
        observations: services.observations,
        operations: services.operations,
        accounts,
        analytics: services.analytics,
        log,
        settings: {
          zone: settings.TIMEZONE,
          locale: settings.LOCALE,
          demo: services.demo,
          publicUrl,
          publicDashboard: settings.PUBLIC_DASHBOARD,
          privacyPolicyUrl: settings.PRIVACY_POLICY_URL ?? '',
          telegram: settings.TELEGRAM_SESSIONS.length > 0 ? 'accounts' : 'web',
          networksWithoutKey: networksWithoutKey(services.sources),
          historyFrom: settings.HISTORY_FROM,
          version: projectVersion(),
        },
        environment: shownSettings(settings, environment),
        collection: commandSocket,
        registerChanged: () => services.registerChanged(),
        health: () => wellness(services, began),
        ready: () => readiness(services),
        dataTrouble: () => dataTrouble(services),
        storeTrouble: (error) => storeTrouble(services, error),
      });
    provide(settings.PUBLIC_URL ?? '');
    const server = await serveHttp({
      handler: await dashboard(),
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: settings.PUBLIC_URL,
      trustedProxies: settings.TRUSTED_PROXY,
      locale: settings.LOCALE,
      log,
    });
    closers.push(() => server.close());
    const origin = settings.PUBLIC_URL ?? server.url;
    provide(origin);
    const claimLink = async (): Promise<string | null> =>
      (await hasAdministrator(accounts)) ? null : linkAddress(origin, 'claim', await makeClaim(accounts));
    return { url: server.url, claimLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
