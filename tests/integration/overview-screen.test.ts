import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GrowthTarget } from '../../analytics/overview/growth-target.ts';
import { refreshAllRollups } from '../../analytics/rollups/rollups.ts';
import { growthTargetActions } from '../../dashboard/src/lib/server/growth-target-actions.ts';
import { readGrowthTarget } from '../../dashboard/src/lib/server/growth-target.ts';
import { overviewScreen } from '../../dashboard/src/lib/server/overview-screen.ts';
import { provideServices, type DashboardServices } from '../../dashboard/src/lib/server/services.ts';
import { openTestRegister, type TestRegister } from '../../register/register-for-tests.ts';
import { savePerson, saveRole } from '../../schema/operations/people.ts';
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
  const well = { ok: true, reasons: [] };
  services = {
    observations,
    operations: register.operations,
    analytics,
    log: pino({ level: 'silent' }),
    settings: {
      zone: 'Asia/Irkutsk',
      locale: 'ru',
      demo: false,
      publicUrl: '',
      publicDashboard: false,
      vkConfigured: true,
      telegram: 'web',
      historyFrom: '2025-01-01',
      version: '0.0.0',
    },
    collection: { progress: () => null, next: () => next },
    registerChanged: () => Promise.resolve(),
    health: () => Promise.resolve(well),
    ready: () => Promise.resolve(well),
    dataTrouble: () => null,
    storeTrouble: () => Promise.resolve(null),
  };
});
afterAll(async () => {
  await register.close();
  await closeObservations();
});

describe('whom to call', () => {
  let silent: number;
  beforeAll(async () => {
    const { view } = await overviewScreen(openTo(false), 1);
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
    expect((await overviewScreen(openTo(false), 1)).calls?.[silent]).toEqual([
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
    const { calls, view } = await overviewScreen(openTo(false), 1);
    expect(calls?.[silent]).toEqual([{ name: 'Ким С. В.', phone: '8 914 000-00-01' }]);
    expect(Object.keys(calls ?? {})).toHaveLength(view.silent.organisations.length);
  });

  test('is nowhere in what everybody may read', async () => {
    const screen = await overviewScreen(openTo(true), 1);
    expect(screen).toMatchObject({ calls: null, canChange: false });
    expect(JSON.stringify(screen)).not.toMatch(/Ким С\. В\.|Орлова|914 000/);
  });
});

test('pages that wait for a key are counted while it is not set', async () => {
  const keyless = { ...openTo(false), settings: { ...services.settings, vkConfigured: false } };
  expect((await overviewScreen(keyless, 1)).withoutKey).toBe(9);
  expect((await overviewScreen(services, 1)).withoutKey).toBe(0);
});

describe('the growth target', () => {
  const send = (fields: Record<string, string>) => ({
    request: new Request('http://localhost/?/target', { method: 'POST', body: new URLSearchParams(fields) }),
  });
  beforeEach(async () => {
    openTo(false);
    await growthTargetActions.clear(send({}));
  });
  const stored = (): Promise<GrowthTarget | null> => readGrowthTarget(register.operations);

  test('is set, drawn and stood against', async () => {
    expect(await growthTargetActions.target(send({ subscribers: '7 000', by: '2026-12-31' }))).toEqual({
      done: 'saved',
      before: null,
      after: { subscribers: 7000, by: '2026-12-31', from: '2026-11-25' },
    });
    const { view, growthSeries, tomorrow, canChange } = await overviewScreen(openTo(false), 1);
    expect(view.growth.target).toEqual({ subscribers: 7000, by: '2026-12-31', from: '2026-11-25' });
    expect(view.growth.progress).not.toBeNull();
    expect(growthSeries.days.at(-1)).toBe('2026-12-31');
    expect(growthSeries.line?.at(-1)).toBe(7000);
    expect({ tomorrow, canChange }).toEqual({ tomorrow: '2026-11-26', canChange: true });
  });

  test('keeps its beginning when it is changed, and begins anew when its day is over', async () => {
    const running = { subscribers: 7000, by: '2026-12-31', from: '2026-10-01' };
    await growthTargetActions.undo(send({ before: JSON.stringify(running) }));
    await growthTargetActions.target(send({ subscribers: '8000', by: '2027-01-31' }));
    expect(await stored()).toEqual({ subscribers: 8000, by: '2027-01-31', from: '2026-10-01' });
    await growthTargetActions.undo(send({ before: JSON.stringify({ ...running, by: '2026-11-24' }) }));
    await growthTargetActions.target(send({ subscribers: '8000', by: '2027-01-31' }));
    expect((await stored())?.from).toBe('2026-11-25');
  });

  test('is put back after it was changed, and after it was cleared', async () => {
    await growthTargetActions.target(send({ subscribers: '7000', by: '2026-12-31' }));
    const first = await stored();
    const changed = await growthTargetActions.target(send({ subscribers: '9000', by: '2026-12-31' }));
    expect(changed).toMatchObject({ done: 'saved', before: first });
    await growthTargetActions.undo(send({ before: JSON.stringify(first) }));
    expect(await stored()).toEqual(first);
    expect(await growthTargetActions.clear(send({}))).toEqual({
      done: 'cleared',
      before: first,
      after: null,
    });
    expect(await stored()).toBeNull();
    expect(await growthTargetActions.undo(send({ before: JSON.stringify(first) }))).toMatchObject({
      done: 'undone',
    });
    expect(await stored()).toEqual(first);
  });

  test('is changed by one of two who do it at the same moment; the other is told, and what they wrote is kept', async () => {
    const sent = { subscribers: '7000', by: '2026-12-31' };
    const told = { status: 409, data: { changed: true } };
    const twice = async (send: () => Promise<unknown>): Promise<unknown[]> =>
      await Promise.all([send(), send()]);
    const saved = await twice(() => growthTargetActions.target(send({ ...sent, shown: 'null' })));
    expect(saved).toMatchObject([{ done: 'saved' }, { ...told, data: { changed: true, sent } }]);
    const shown = JSON.stringify(await stored());
    expect(await twice(() => growthTargetActions.clear(send({ shown })))).toMatchObject([
      { done: 'cleared' },
      told,
    ]);
    const undo = { before: shown, shown: 'null' };
    expect(await twice(() => growthTargetActions.undo(send(undo)))).toMatchObject([{ done: 'undone' }, told]);
    expect(JSON.stringify(await stored())).toBe(shown);
  });

  test('is not changed by what cannot be understood, which is said and kept to be mended', async () => {
    const sent = { subscribers: 'много', by: '2026-11-25' };
    expect(await growthTargetActions.target(send(sent))).toMatchObject({
      status: 400,
      data: {
        problems: [
          { field: 'subscribers', got: 'много' },
          { field: 'by', got: '2026-11-25' },
        ],
        sent,
      },
    });
    await growthTargetActions.target(send({ subscribers: '7000', by: '2026-12-31' }));
    const unclear = { status: 400, data: { unclear: true } };
    expect(await growthTargetActions.undo(send({ before: 'nothing' }))).toMatchObject(unclear);
    expect(await growthTargetActions.undo(send({}))).toMatchObject(unclear);
    expect((await stored())?.subscribers).toBe(7000);
  });

  test('is nobody’s to change where everybody may read', async () => {
    openTo(true);
    const refused = { status: 403, data: { refused: true } };
    expect(await growthTargetActions.target(send({ subscribers: '1', by: '2027-01-01' }))).toMatchObject(
      refused,
    );
    expect(await growthTargetActions.undo(send({ before: 'null' }))).toMatchObject(refused);
    expect(await growthTargetActions.clear(send({}))).toMatchObject(refused);
    expect(await stored()).toBeNull();
  });
});
