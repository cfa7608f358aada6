import { pino } from 'pino';
import type { DashboardServices } from '#dashboard/src/lib/server/services.ts';
import { accountsForTests } from './accounts-for-tests.ts';

type Given = Pick<DashboardServices, 'observations' | 'operations' | 'analytics'>;

/** The services of a dashboard over stores, as the composition root hands them over: all is well, and nothing runs. */
export function dashboardServicesOver(
  { observations, operations, analytics }: Given,
  {
    settings,
    ...change
  }: Partial<Omit<DashboardServices, 'settings'>> & {
    settings?: Partial<DashboardServices['settings']>;
  } = {},
): DashboardServices {
  const well = { ok: true, reasons: [] };
  return {
    observations,
    operations,
    accounts: accountsForTests(operations, analytics.clock),
    analytics,
    log: pino({ level: 'silent' }),
    settings: {
      zone: analytics.zone,
      locale: 'ru',
      demo: false,
      publicUrl: '',
      publicDashboard: false,
      privacyPolicyUrl: '',
      networksWithoutKey: [],
      telegram: 'web',
      historyFrom: analytics.historyFrom,
      version: '0.0.0',
      ...settings,
    },
    environment: [],
    collection: { progress: () => null, next: () => null },
    registerChanged: () => Promise.resolve(),
    health: () => Promise.resolve(well),
    ready: () => Promise.resolve(well),
    dataTrouble: () => null,
    storeTrouble: () => Promise.resolve(null),
    ...change,
  };
}
