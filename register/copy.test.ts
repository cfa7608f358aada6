import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOrganisations, removeOrganisation } from '../schema/operations/organisations.ts';
import { addPause } from '../schema/operations/pauses.ts';
import { listPages, removePage, updatePage } from '../schema/operations/pages.ts';
import { openTestObservations } from '../tests/helpers/observations.ts';
import { copyRegister, type CopyResult } from './copy.ts';
import { importTime, openTestRegister, type TestRegister } from './register-for-tests.ts';

let observed: Awaited<ReturnType<typeof openTestObservations>>;
let register: TestRegister;

beforeAll(async () => {
  observed = await openTestObservations();
  register = await openTestRegister();
});
afterAll(async () => {
  await observed.close();
  await register.close();
});

const copy = async (whole = false): Promise<CopyResult> =>
  await copyRegister(register.operations, observed.observations, { whole });
const rows = async (table: 'organisations' | 'pages'): Promise<Record<string, unknown>[]> =>
  await observed.observations.rows(
    `SELECT * FROM ${observed.observations.tables[table]} FINAL WHERE is_deleted = 0`,
  );

test('the copy follows the register, and only what differs gets a new version', async () => {
  await register.import('organisation,members,members_on,vk\nA,500,2026-01-01,club5 club6\nB,,,\n');
  const [a] = await listOrganisations(register.operations);
  await addPause(register.operations, {
    organisationId: a?.id ?? 0,
    from: '2026-07-01',
    to: '2026-07-31',
    reason: '',
  });
  expect(await copy()).toEqual({ organisations: 2, pages: 2 });
  expect(await rows('organisations')).toMatchObject([
    {
      name: 'A',
      members_on: ['2026-01-01'],
      members: [500],
      pauses_from: ['2026-07-01'],
      pauses_to: ['2026-07-31'],
    },
    { name: 'B', members_on: [], members: [] },
  ]);
  expect(await copy()).toEqual({ organisations: 0, pages: 0 });

  const [first, second] = await listPages(register.operations);
  await updatePage(register.operations, first?.id ?? 0, {
    state: 'closed',
    stateSince: importTime,
    title: 'Пять',
  });
  expect(await copy()).toEqual({ organisations: 0, pages: 1 });
  expect(await copy()).toEqual({ organisations: 0, pages: 0 });
  expect(await rows('pages')).toMatchObject([
    { native_id: 5, state: 'closed', title: 'Пять', state_since: importTime.toISOString() },
    { native_id: 6, state: 'unresolved', state_since: null },
  ]);

  await removePage(register.operations, second?.id ?? 0, importTime);
  await removeOrganisation(
    register.operations,
    (await listOrganisations(register.operations))[1]?.id ?? 0,
    importTime,
  );
  expect(await copy()).toEqual({ organisations: 1, pages: 1 });
  expect(await copy()).toEqual({ organisations: 0, pages: 0 });
  expect([(await rows('organisations')).length, (await rows('pages')).length]).toEqual([1, 1]);
});

test('it can be made again whole', async () => {
  expect(await copy(true)).toEqual({ organisations: 2, pages: 2 });
  expect([(await rows('organisations')).length, (await rows('pages')).length]).toEqual([1, 1]);
});
