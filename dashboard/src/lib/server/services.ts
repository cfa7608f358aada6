import type { Logger } from 'pino';
import type { Accounts } from '#accounts/accounts.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import type { ShownSetting } from '#domain/settings/shown.ts';
import type { Said } from '#domain/said.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { Operations } from '#schema/operations/connect.ts';

/** How far the collection of the moment is; `null` when none is running. */
export interface CollectionProgress {
  slot: Date;
  done: number;
  total: number;
}

/** Whether all is well: `reasons` is empty when it is. */
export interface Health {
  ok: boolean;
  reasons: { code: string; detail: string }[];
}

/** What the composition root hands to the dashboard, made once per process. */
export interface DashboardServices {
  observations: Observations;
  operations: Operations;
  /** Who is signed in, and who may be. */
  accounts: Accounts;
  /** What every question of `analytics/` takes first. */
  analytics: AnalyticsSources;
  log: Logger;
  settings: {
    zone: string;
    locale: 'ru' | 'en';
    /** The data are a simulation's (`npm run demo`). */
    demo: boolean;
    publicUrl: string;
    /** Everybody may read, so that contacts, edits and journals are not shown (`PUBLIC_DASHBOARD`). */
    publicDashboard: boolean;
    /** The policy on personal data (`PRIVACY_POLICY_URL`); '' without one. */
    privacyPolicyUrl: string;
    /** The networks whose key is not set: nothing is read of them. */
    networksWithoutKey: readonly MeasuredNetwork[];
    /** How Telegram is read: by accounts of its users, or its public pages without a key. */
    telegram: 'accounts' | 'web';
    historyFrom: string;
    version: string;
  };
  /** What the environment sets, as it may be shown. */
  environment: readonly ShownSetting[];
  collection: {
    progress(): CollectionProgress | null;
    /** The next planned slot. */
    next(): Date | null;
  };
  /** To be called after each edit of the register: when it resolves, screens show it. */
  registerChanged(): Promise<void>;
  health(): Promise<Health>;
  ready(): Promise<Health>;
  /** Why what is asked or written now would be lost: the data are gone (`data_gone` of `ready`), in a sentence; quick. */
  dataTrouble(): Said | null;
  /**
   * Why the stores cannot be asked, in a sentence: what `error` says of a store that it failed at, else what `ready` says, for
   * people. `null` when they can.
   */
  storeTrouble(error?: unknown): Promise<Said | null>;
}

const key = Symbol.for('profpulse.services');

/** Hands the services over to the dashboard's own copy of this module. */
export function provideServices(services: DashboardServices): void {
  (globalThis as Record<symbol, unknown>)[key] = services;
}

/** The services of this process; throws when the composition root has not provided them. */
export function useServices(): DashboardServices {
  const services = (globalThis as Record<symbol, unknown>)[key] as DashboardServices | undefined;
  if (!services)
    throw new Error('The dashboard was started without its services: start it with `npm start`.');
  return services;
}
