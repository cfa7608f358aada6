import { isRedirect, type RequestEvent } from '@sveltejs/kit';
import pino from 'pino';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import { readerWhere } from './readers.ts';
import { provideServices, useServices, type DashboardServices } from '#dashboard/src/lib/server/services.ts';
import { silentActions } from '#dashboard/src/lib/server/silent-actions.ts';
import type { SilentRow } from '#dashboard/src/lib/server/silent-rows.ts';
import { silentScreen, type SilentScreen } from '#dashboard/src/lib/server/silent-screen.ts';
import { readSilentFilters } from '#dashboard/src/lib/silent-filters.ts';
import { syncRegister } from '#register/sync.ts';
import { openTestRegister, type StoreOpener } from '#register/register-for-tests.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listPages, updatePage } from '#schema/operations/pages.ts';
import { dashboardServicesOver } from './dashboard-services.ts';
import { asOpenedNow } from './form-version.ts';
import { openTestObservations } from './observations.ts';
import { outcomeRow, postRow } from './observed-rows.ts';

export type Action = keyof typeof silentActions;
export type Fields = Record<string, string | string[]>;

/** «Не обновляются» over real stores, with its form actions. */
export interface SilentScreenFixture {
  observations: Observations;
  operations: Operations;
  /** What the log took as an error. */
  failures: string[];
  /** Turns the clock. */
  turnTo(instant: string): void;
  /** Opens the dashboard to everybody, or to its own people only. */
  openTo(isPublic: boolean, change?: Partial<DashboardServices>): DashboardServices;
  /** The screen at an address, while it is open so. */
  screen(query?: string, isPublic?: boolean): Promise<SilentScreen>;
  rowOf(short: string): Promise<SilentRow | undefined>;
  /** Sends a form as a browser does; gives where it leads, or what it was refused with. */
  send(action: Action, fields: Fields, query?: string): ReturnType<typeof sendForm>;
  /** Sends a form that is to be taken; gives its entry in the journal. */
  done(action: Action, fields: Fields): Promise<string>;
  undo(entry: string): Promise<string>;
  close(): Promise<void>;
}

/** A Wednesday, 9:40 in Irkutsk. */
export const morning = '2026-11-25T01:40:00Z';

const registerCsv = [
  'organisation,short,vk,chair,chair_phone,responsible,email,phone',
  'Областная организация А,А,club1001,,,Петрова Анна Ивановна,petrova@example.org,+7 914 000-00-01',
  'Областная организация Б,Б,club1002,Ким Сергей,+7 914 000-00-02,,,',
  'Областная организация В,В,club1003,,,Петрова Анна Ивановна,petrova@example.org,+7 914 000-00-01',
  'Областная организация Г,Г,,,,,,',
].join('\n');

/** Four organisations: А and Б are silent, В writes, Г has no page. */
export async function openSilentScreenFixture(openStore?: StoreOpener): Promise<SilentScreenFixture> {
  let now = new Date(morning);
  const failures: string[] = [];
  const { observations, close: closeObservations } = await openTestObservations();
  const register = await openTestRegister(openStore);
  await register.import(registerCsv);
  const { operations } = register;
  const analytics = {
    observations,
    clock: { now: () => now, sleep: () => Promise.reject(new Error('Nobody sleeps here.')) },
    zone: 'Asia/Irkutsk',
    historyFrom: '2025-01-01',
  };
  for (const { id } of await listPages(operations)) {
    await updatePage(operations, id, { state: 'ok', historyReached: '2025-01-01' });
  }
  await syncRegister(operations, observations);
  await insertPosts(observations, [
    postRow(1, 1, '2026-11-01T03:00:00Z', { text: 'Собрание' }),
    postRow(2, 1, '2026-09-01T03:00:00Z'),
    postRow(3, 1, '2026-11-24T03:00:00Z'),
  ]);
  await insertOutcomes(
    observations,
    [1, 2, 3].map((page) => outcomeRow(page, '2026-11-25T01:00:00Z')),
  );
  await refreshAllRollups(analytics);
  const services = dashboardServicesOver(
    { observations, operations, analytics },
    {
      log: pino({ level: 'error' }, { write: (row: string) => void failures.push(row) }),
      registerChanged: async () => void (await syncRegister(operations, observations)),
    },
  );
  const openTo: SilentScreenFixture['openTo'] = (isPublic, change = {}) => {
    const settings = { ...services.settings, publicDashboard: isPublic };
    const opened = { ...services, ...change, settings };
    provideServices(opened);
    return opened;
  };
  const screen: SilentScreenFixture['screen'] = (query = '', isPublic = false) =>
    silentScreen(
      openTo(isPublic),
      readerWhere({ publicDashboard: isPublic }),
      readSilentFilters(new URLSearchParams(query)),
    );
  const take = async (action: Action, fields: Fields, said: string): Promise<string> => {
    const { location, refused } = await sendForm(action, fields);
    if (!location) throw new Error(`The form was refused: ${JSON.stringify(refused)}`);
    return location.searchParams.get(said) ?? '';
  };
  openTo(false);
  return {
    observations,
    operations,
    failures,
    turnTo: (instant) => void (now = new Date(instant)),
    openTo,
    screen,
    rowOf: async (short) =>
      (await screen()).list.sections
        .flatMap(({ rows }) => rows)
        .find(({ organisation }) => organisation.short === short),
    send: sendForm,
    done: (action, fields) => take(action, fields, 'done'),
    undo: (entry) => take('undo', { entry }, 'undone'),
    close: async () => {
      await register.close();
      await closeObservations();
    },
  };
}

async function sendForm(action: Action, fields: Fields, query = '') {
  const body = new URLSearchParams();
  const sent = await asOpenedNow(useServices().operations, action, fields);
  for (const [name, values] of Object.entries(sent)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  const url = new URL(`http://localhost/silent?/${action}${query && `&${query}`}`);
  const locals = { reader: readerWhere(useServices().settings) };
  const request = new Request(url, { method: 'POST', body });
  const getClientAddress = () => '198.51.100.1';
  try {
    const event = { request, url, locals, getClientAddress } as RequestEvent;
    return { refused: await silentActions[action](event) };
  } catch (thrown) {
    if (!isRedirect(thrown)) throw thrown;
    return { status: thrown.status, location: new URL(thrown.location, url) };
  }
}
