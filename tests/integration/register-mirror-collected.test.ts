import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeContacts } from '#register/edits/change-contacts.ts';
import { agreePause } from '#register/edits/pauses.ts';
import { testActor } from '#register/register-for-tests.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listPeople } from '#schema/operations/people.ts';
import { openHouse, type House } from './house.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program and collects');

let house: House;
let heard = 0;
beforeAll(async () => {
  house = await openHouse({
    seed: 8,
    anchor: new Date('2026-06-07T15:59:00Z'),
    opens: new Date('2026-06-07T10:00:00Z'),
    organisations: 6,
    telegram: 'web',
    historyFrom: '2026-01-01',
  });
  house.services.whenRegisterChanges(() => (heard += 1));
});
afterAll(async () => {
  await house.close();
});

test('after a collection neither a start nor an edit of contacts finds a change that nobody made', async () => {
  await house.collectAt(new Date('2026-06-07T11:00:00Z'));
  await house.collectAt(new Date('2026-06-07T13:00:00Z'));
  const { operations } = house.services;
  expect((await listPages(operations)).filter(({ nativeId }) => nativeId !== null).length).toBeGreaterThan(6);
  await house.services.syncRegister();
  expect(heard).toBe(0);

  const [person] = await listPeople(operations);
  const contacts = { name: 'Петрова Анна', email: '', phone: '+7 914 000-00-99' };
  await changeContacts.make(operations, { person: person?.id ?? 0, ...contacts }, testActor);
  await house.services.registerChanged();
  expect(heard).toBe(0);
});

test('an edit that statistics know of is heard of', async () => {
  const { operations } = house.services;
  const [organisation] = await listOrganisations(operations);
  const pause = {
    organisation: organisation?.id ?? 0,
    from: '2026-06-07',
    to: '2026-06-10',
    reason: 'отпуск',
  };
  await agreePause.make(operations, pause, testActor);
  await house.services.registerChanged();
  expect(heard).toBe(1);
});
