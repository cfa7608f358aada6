import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPages as listed } from '#analytics/api/pages.ts';
import { writePageChanges } from '#collector/page-changes.ts';
import { systemClock } from '#domain/clock.ts';
import { changeContacts } from '#register/edits/change-contacts.ts';
import { syncRegister } from '#register/sync.ts';
import { testActor, openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { listPages, type PageChanges } from '#schema/operations/pages.ts';
import { listPeople } from '#schema/operations/people.ts';
import { openTestObservations } from '../helpers/observations.ts';

let observed: Awaited<ReturnType<typeof openTestObservations>>;
let register: TestRegister;

beforeAll(async () => {
  observed = await openTestObservations();
  register = await openTestRegister();
  const { operations } = register;
  await register.import(
    [
      'organisation,vk,telegram,site,responsible,phone',
      'А,vk.com/profirk,t.me/profirk,union.example,Петрова Анна,+7 914 000-00-01',
    ].join('\n'),
  );
  await syncRegister(operations, observed.observations);
});
afterAll(async () => {
  await register.close();
  await observed.close();
});

const copy = () => syncRegister(register.operations, observed.observations);
const urls = async () => {
  const { tables } = observed.observations;
  const rows = await observed.observations.rows<{ url: string }>(
    `SELECT url FROM ${tables.pages} FINAL WHERE is_deleted = 0 ORDER BY page_id`,
  );
  return rows.map(({ url }) => url);
};

const since = new Date('2026-07-01T05:00:00.007Z');
test.each<[network: 'vk' | 'telegram', changes: PageChanges]>([
  ['vk', { nativeId: 77, name: 'profirk', state: 'ok', stateSince: since, title: 'Профсоюзы \ud83d' }],
  ['telegram', { nativeId: 1_500_000_001, name: 'profirk38', state: 'ok', stateSince: since }],
  ['telegram', { name: null, historyReached: '2025-01-01' }],
  ['telegram', { foundAs: 'group_chat', state: 'unresolved', stateSince: null }],
  ['vk', { foundAs: 'person' }],
])(
  'what the collector writes of a %s page is what the copy of the register writes: %j',
  async (network, changes) => {
    const [page] = await listPages(register.operations, { network });
    const stores = { observations: observed.observations, operations: register.operations };
    await writePageChanges(stores, [{ id: page?.id ?? 0, changes, events: [] }]);
    expect(await copy()).toEqual({ organisations: 0, pages: 0 });
  },
);

test('addresses are those by which pages are known, in the copy as in the API', async () => {
  const known = ['https://vk.com/club77', 'https://t.me/profirk', 'https://union.example'];
  expect(await urls()).toEqual(known);
  const { observations } = observed;
  const sources = { observations, clock: systemClock, zone: 'Asia/Irkutsk', historyFrom: '2025-01-01' };
  expect((await listed(sources, {})).data.map(({ url }) => url)).toEqual(known);
});

test('an edit that the copy does not hold changes nothing in it', async () => {
  const [person] = await listPeople(register.operations);
  const contacts = { name: 'Петрова Анна', email: '', phone: '+7 914 000-00-99' };
  await changeContacts.make(register.operations, { person: person?.id ?? 0, ...contacts }, testActor);
  expect(await copy()).toEqual({ organisations: 0, pages: 0 });
});
