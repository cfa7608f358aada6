import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeContacts } from '#register/edits/change-contacts.ts';
import { agreePause } from '#register/edits/pauses.ts';
import { testActor } from '#register/register-for-tests.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listPeople } from '#schema/operations/people.ts';
import { openTestStack, type TestStack } from './test-stack.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program and collects');

let stack: TestStack;
let heard = 0;
beforeAll(async () => {
  stack = await openTestStack({
    seed: 8,
    anchor: new Date('2026-06-07T15:59:00Z'),
    opens: new Date('2026-06-07T10:00:00Z'),
    organisations: 6,
    telegram: 'web',
    historyFrom: '2026-01-01',
  });
  stack.services.whenRegisterChanges(() => (heard += 1));
});
afterAll(async () => {
  await stack.close();
});

test('after a collection neither a start nor an edit of contacts finds a change that nobody made', async () => {
  await stack.collectAt(new Date('2026-06-07T11:00:00Z'));
  await stack.collectAt(new Date('2026-06-07T13:00:00Z'));
  const { operations } = stack.services;
  expect((await listPages(operations)).filter(({ nativeId }) => nativeId !== null).length).toBeGreaterThan(6);
  await stack.services.syncRegister();
  expect(heard).toBe(0);

  const [person] = await listPeople(operations);
  const contacts = { name: 'Петрова Анна', email: '', phone: '+7 914 000-00-99' };
  await changeContacts.make(operations, { person: person?.id ?? 0, ...contacts }, testActor);
  await stack.services.registerChanged();
  expect(heard).toBe(0);
});

test('an edit that statistics know of is heard of', async () => {
  const { operations } = stack.services;
  const [organisation] = await listOrganisations(operations);
  const pause = {
    organisation: organisation?.id ?? 0,
    from: '2026-06-07',
    to: '2026-06-10',
    reason: 'отпуск',
  };
  await agreePause.make(operations, pause, testActor);
  await stack.services.registerChanged();
  expect(heard).toBe(1);
});
