import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveMembers } from '#schema/operations/members.ts';
import {
  listOrganisations,
  removeOrganisation,
  updateOrganisation,
} from '#schema/operations/organisations.ts';
import { addPause } from '#schema/operations/pauses.ts';
import { listPages, removePage, updatePage } from '#schema/operations/pages.ts';
import { openTestObservations } from '#tests/helpers/observations.ts';
import { syncRegister, organisationSetAside, registerSetAside, type SyncResult } from './sync.ts';
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

const copy = async (whole = false): Promise<SyncResult> =>
  await syncRegister(register.operations, observed.observations, { whole });
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

test('what the store does not take holds up nothing else, and is told', async () => {
  const { operations } = register;
  await register.import('organisation,members,members_on,vk\nВ,70,2026-02-01,club7\nГ,,,club8\n');
  const [first, second] = (await listOrganisations(operations)).slice(-2);
  const of = (organisation: typeof first): number => organisation?.id ?? 0;
  // As a folder of an earlier version has it.
  await addPause(operations, {
    organisationId: of(first),
    from: '0026-11-30',
    to: '0026-12-10',
    reason: 'отпуск',
  });
  await saveMembers(operations, { organisationId: of(first), on: '1500-01-01', count: 5 });
  await saveMembers(operations, { organisationId: of(first), on: '2026-03-01', count: 5_000_000_000 });
  await updateOrganisation(operations, of(second), { name: 'Г'.repeat(5_000_000), started: '1500-01-01' });
  const [, bad] = await listPages(operations);
  await updatePage(operations, bad?.id ?? 0, { nativeId: -5 });

  const told: unknown[] = [];
  const copied = await syncRegister(operations, observed.observations, {
    onSetAside: (setAside) => told.push(...setAside.map(({ kind, found }) => `${kind} ${found}`)),
  });
  expect(copied).toEqual({ organisations: 2, pages: 1 });
  expect(told).toEqual([
    'pause 0026-11-30 – 0026-12-10',
    'members 1500-01-01: 5',
    'member_count 2026-03-01: 5000000000',
    'value started',
    'page native_id',
  ]);
  expect((await rows('organisations')).slice(-2)).toMatchObject([
    { name: 'В', members: [70], pauses_from: [] },
    { started: null, members: [] },
  ]);
  expect(await registerSetAside(operations)).toHaveLength(5);
  const ofOne = async (id: number) => (await organisationSetAside(operations, id)).map(({ kind }) => kind);
  expect(await ofOne(of(first))).toEqual(['pause', 'members', 'member_count', 'page']);
  expect(await ofOne(of(second))).toEqual(['value']);
  expect(await ofOne(99_999)).toEqual([]);
  // It is no change that was not brought over: nothing is counted again for it.
  expect(await copy()).toEqual({ organisations: 0, pages: 0 });
});
