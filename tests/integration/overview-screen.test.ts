import { isRedirect, type RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GrowthTarget } from '#domain/growth-target.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import { noEdits, readEditAddress, type EditAddress } from '#dashboard/src/lib/edit-address.ts';
import { overviewActions } from '#dashboard/src/lib/server/overview-actions.ts';
import { overviewScreen, type OverviewScreen } from '#dashboard/src/lib/server/overview-screen.ts';
import { asOpenedNow } from '../helpers/form-version.ts';
import { readerWhere } from '../helpers/readers.ts';
import { provideServices, useServices, type DashboardServices } from '#dashboard/src/lib/server/services.ts';
import { growthTargetKey, readGrowthTarget } from '#register/growth-target.ts';
import { openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { setSetting } from '#schema/operations/settings.ts';
import { savePerson, saveRole } from '#schema/operations/people.ts';
import { dashboardServicesOver } from '../helpers/dashboard-services.ts';
import { openTestObservations } from '../helpers/observations.ts';
import { fixedClock } from '../helpers/observed-rows.ts';
import { writeTwoNetworks } from '../helpers/two-networks.ts';
import { stories } from '../helpers/two-networks-stories.ts';

/** A Wednesday, 9:40 in Irkutsk. */
const now = '2026-11-25T01:40:00Z';
const next = new Date('2026-11-25T13:00:00Z');

let register: TestRegister;
let closeObservations: () => Promise<void>;
let services: DashboardServices;

/** The services of a dashboard that everybody may read, or only its own people. */
const openTo = (publicDashboard: boolean): DashboardServices => {
  const opened = { ...services, settings: { ...services.settings, publicDashboard } };
  provideServices(opened);
  return opened;
};

beforeAll(async () => {
  const { observations, close } = await openTestObservations();
  closeObservations = close;
  const analytics = { observations, clock: fixedClock(now), zone: 'Asia/Irkutsk', historyFrom: '2025-01-01' };
  await writeTwoNetworks(observations, new Date(now));
  await refreshAllRollups(analytics);
  register = await openTestRegister();
  // The same organisations under the same ids, as the register's copy has them.
  await register.import(`organisation\n${stories.map(({ name }) => `"${name}"`).join('\n')}\n`);
  services = dashboardServicesOver(
    { observations, operations: register.operations, analytics },
    { collection: { progress: () => null, next: () => next } },
  );
});
afterAll(async () => {
  await register.close();
  await closeObservations();
});

/** The overview as its reader sees it. */
const screenOf = (opened: DashboardServices, edits = noEdits): Promise<OverviewScreen> =>
  overviewScreen(opened, readerWhere(opened.settings), { posts: 1, edits });

describe('whom to call', () => {
  let silent: number;
  beforeAll(async () => {
    const { view } = await screenOf(openTo(false));
    silent = view.silent.organisations[0]?.organisation.id ?? 0;
    const person = { email: '' };
    const chair = await savePerson(register.operations, {
      ...person,
      name: 'Орлова Д. Н.',
      phone: '24-55-66',
    });
    await saveRole(register.operations, { organisationId: silent, personId: chair.id, role: 'chair' });
  });

  test('is the chair until somebody is responsible', async () => {
    expect((await screenOf(openTo(false))).calls?.[silent]).toEqual([
      { name: 'Орлова Д. Н.', phone: '24-55-66' },
    ]);
    const person = { email: '' };
    const responsible = await savePerson(register.operations, {
      ...person,
      name: 'Ким С. В.',
      phone: '8 914 000-00-01',
    });
    await saveRole(register.operations, {
      organisationId: silent,
      personId: responsible.id,
      role: 'responsible',
    });
    const { calls, view } = await screenOf(openTo(false));
    expect(calls?.[silent]).toEqual([{ name: 'Ким С. В.', phone: '8 914 000-00-01' }]);
    expect(Object.keys(calls ?? {})).toHaveLength(view.silent.organisations.length);
  });

  test('is nowhere in what everybody may read', async () => {
    const screen = await screenOf(openTo(true));
    expect(screen).toMatchObject({ calls: null, targetEdits: null });
    expect(JSON.stringify(screen)).not.toMatch(/Ким С\. В\.|Орлова|914 000/);
  });
});

test('pages that wait for a key are counted while it is not set', async () => {
  const keyless = {
    ...openTo(false),
    settings: { ...services.settings, networksWithoutKey: ['vk' as const] },
  };
  expect((await screenOf(keyless)).withoutKey).toEqual([{ network: 'vk', pages: 9 }]);
  expect((await screenOf(services)).withoutKey).toEqual([]);
});

describe('the growth target', () => {
  type Action = keyof typeof overviewActions;
  /** Sends a form as a browser does; gives the entry that it left, or what it was refused with. */
  async function send(
    action: Action,
    fields: Record<string, string> = {},
    query = '',
  ): Promise<
    Partial<
      EditAddress & { location: string; refused: Awaited<ReturnType<(typeof overviewActions)[Action]>> }
    >
  > {
    const url = new URL(`http://localhost/?/${action}${query}`);
    const sent = await asOpenedNow(register.operations, action, fields);
    const body = new URLSearchParams(sent as Record<string, string>);
    const request = new Request(url, { method: 'POST', body });
    const locals = { reader: readerWhere(useServices().settings) };
    const getClientAddress = () => '198.51.100.1';
    try {
      const event = { request, url, locals, getClientAddress } as RequestEvent;
      return { refused: await overviewActions[action](event) };
    } catch (thrown) {
      if (!isRedirect(thrown)) throw thrown;
      const { searchParams } = new URL(thrown.location, url);
      return { location: thrown.location, ...readEditAddress(searchParams) };
    }
  }
  const set = async (subscribers: string, by: string): Promise<string> =>
    String((await send('target', { subscribers, by })).done);
  const version = async (): Promise<string> => String((await screenOf(openTo(false))).targetEdits?.version);
  beforeEach(async () => {
    openTo(false);
    await send('clear');
  });
  const stored = (): Promise<GrowthTarget | null> => readGrowthTarget(register.operations);

  test('is set, drawn and stood against, and what was done is told', async () => {
    const { location, done } = await send('target', { subscribers: '7 000', by: '2026-12-31' }, '&posts=32');
    expect(location).toBe(`/?posts=32&done=${done}#growth`);
    const { view, growthSeries, tomorrow, targetEdits } = await screenOf(openTo(false), {
      ...noEdits,
      done: done ?? null,
    });
    const target = { subscribers: 7000, by: '2026-12-31', from: '2026-11-25' };
    expect(view.growth.target).toEqual(target);
    expect(view.growth.progress).not.toBeNull();
    expect(growthSeries.days.at(-1)).toBe('2026-12-31');
    expect(growthSeries.line?.at(-1)).toBe(7000);
    expect(tomorrow).toBe('2026-11-26');
    expect(targetEdits?.done).toMatchObject({ isUndone: false, summary: { kind: 'target', after: target } });
  });

  test('keeps its beginning when it is changed, and begins anew when its day is over', async () => {
    const running = { subscribers: 7000, by: '2026-12-31', from: '2026-10-01' };
    await setSetting(register.operations, growthTargetKey, running);
    await set('8000', '2027-01-31');
    expect(await stored()).toEqual({ subscribers: 8000, by: '2027-01-31', from: '2026-10-01' });
    await setSetting(register.operations, growthTargetKey, { ...running, by: '2026-11-24' });
    await set('8000', '2027-01-31');
    expect((await stored())?.from).toBe('2026-11-25');
  });

  test('is put back after it was changed, and after it was cleared; each stands in the journal', async () => {
    await set('7000', '2026-12-31');
    const first = await stored();
    const changed = await set('9000', '2026-12-31');
    const [entry] = await listJournal(register.operations, { limit: 1 });
    expect(entry).toMatchObject({
      what: 'growth_target.set',
      address: '198.51.100.1',
      subject: 'setting:growth.target',
      before: first,
      after: { subscribers: 9000 },
    });
    const { undone } = await send('undo', { entry: changed });
    expect(undone).toBe(Number(changed));
    expect(await stored()).toEqual(first);
    const { done } = await send('clear');
    expect(await stored()).toBeNull();
    await send('undo', { entry: String(done) });
    expect(await stored()).toEqual(first);
  });

  test('is not put back over another that stands by now', async () => {
    const first = await set('7000', '2026-12-31');
    await set('9000', '2026-12-31');
    expect((await send('undo', { entry: first })).refused).toMatchObject({
      status: 400,
      data: { problems: [{ code: 'changed_since' }] },
    });
    expect((await stored())?.subscribers).toBe(9000);
  });

  test('is changed by one of two who do it at the same moment; the other is told, and what they wrote is kept', async () => {
    const sent = { subscribers: '7000', by: '2026-12-31', version: await version() };
    const [one, other] = await Promise.all([send('target', sent), send('target', sent)]);
    const refused = one.refused ?? other.refused;
    expect([one.done, other.done].filter(Boolean)).toHaveLength(1);
    expect(refused).toMatchObject({
      status: 409,
      data: {
        problems: [{ code: 'edited_meanwhile', found: 'dashboard', detail: new Date(now).toISOString() }],
        values: { subscribers: ['7000'] },
      },
    });
    // Who looks at what holds now, and sends it again, is taken.
    expect(
      (await send('target', { ...sent, subscribers: '8000', version: await version() })).done,
    ).toBeTruthy();
  });

  test('is not changed by what cannot be understood, which is said and kept to be mended', async () => {
    const sent = { subscribers: 'много', by: '2026-11-25' };
    expect((await send('target', sent)).refused).toMatchObject({
      status: 400,
      data: {
        problems: [
          { field: 'subscribers', code: 'not_a_count', found: 'много' },
          { field: 'by', code: 'not_ahead', found: '2026-11-25' },
        ],
        values: { subscribers: ['много'], by: ['2026-11-25'] },
      },
    });
    await set('7000', '2026-12-31');
    const codeOf = async (sending: ReturnType<typeof send>) => (await sending).refused?.data;
    expect(await codeOf(send('undo', { entry: 'nothing' }))).toMatchObject({
      problems: [{ code: 'not_there' }],
    });
    expect(await codeOf(send('target', { subscribers: '7000', by: '2026-12-31' }))).toMatchObject({
      problems: [{ code: 'nothing_changed' }],
    });
    expect((await stored())?.subscribers).toBe(7000);
  });

  test('is nobody’s to change where everybody may read', async () => {
    openTo(true);
    const refused = { status: 403, data: { isForbidden: true } };
    for (const action of ['target', 'clear', 'undo'] as const)
      expect((await send(action, { subscribers: '1', by: '2027-01-01', entry: '1' })).refused).toMatchObject(
        refused,
      );
    expect(await stored()).toBeNull();
  });
});
