import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRegisterSync } from '#cli/register-sync.ts';
import { aloneByLease, soleCopying } from '#cli/sole-work.ts';
import { changeContacts } from '#register/edits/change-contacts.ts';
import { importTime, testActor, openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { readRegisterVersion } from '#schema/operations/data-version.ts';
import { listOrganisations, updateOrganisation } from '#schema/operations/organisations.ts';
import { allPages, listOwedDays, oweAll, settleOwedDays } from '#schema/operations/owed-days.ts';
import { listPeople } from '#schema/operations/people.ts';
import { openTestObservations } from '../helpers/observations.ts';

let observed: Awaited<ReturnType<typeof openTestObservations>>;
let register: TestRegister;
beforeAll(async () => {
  observed = await openTestObservations();
  register = await openTestRegister();
  await register.import('organisation,vk,responsible,phone\nА,club5,Петрова Анна,+7 000 000-00-01\n');
});
afterAll(async () => {
  await register.close();
  await observed.close();
});

const clock = {
  now: () => importTime,
  sleep: async (milliseconds: number, signal?: AbortSignal) => {
    await delay(milliseconds > 1000 ? 3_600_000 : 5, undefined, signal ? { signal } : {});
  },
};
/** What brings the register over in a process of its own; `slow` holds up what it writes. */
function processOf(slow: Promise<null> = Promise.resolve(null)) {
  const operations = { ...register.operations };
  const insert: typeof observed.observations.insert = async (...write) => {
    await slow;
    await observed.observations.insert(...write);
  };
  return createRegisterSync({
    operations,
    observations: { ...observed.observations, insert },
    clock,
    alone: aloneByLease({ operations, clock }, soleCopying),
    onSetAside: () => undefined,
  });
}
const owed = async () =>
  (await listOwedDays(register.operations)).map(({ pageId, writing }) => ({ pageId, writing }));
const settle = async () =>
  await settleOwedDays(register.operations, await listOwedDays(register.operations), importTime);
const names = async () => {
  const { tables } = observed.observations;
  const rows = await observed.observations.rows<{ name: string }>(
    `SELECT name FROM ${tables.organisations} FINAL`,
  );
  return rows.map(({ name }) => name);
};

test('what differs is owed, brought over and told; where nothing differs nothing is', async () => {
  const copy = processOf();
  expect(await copy()).toBe(true);
  expect(await owed()).toEqual([{ pageId: allPages, writing: false }]);
  await settle();
  const version = await readRegisterVersion(register.operations);
  expect(version).not.toBeNull();

  const [person] = await listPeople(register.operations);
  const contacts = { name: 'Петрова Анна', email: '', phone: '+7 000 000-00-99' };
  await changeContacts.make(register.operations, { person: person?.id ?? 0, ...contacts }, testActor);
  expect(await copy()).toBe(false);
  expect(await owed()).toEqual([]);
  expect(await readRegisterVersion(register.operations)).toBe(version);
});

test('a copy that was cut short is owed until it is counted, and no longer', async () => {
  await oweAll(register.operations, importTime, { writing: true });
  await settle();
  expect(await owed()).toEqual([{ pageId: allPages, writing: true }]);
  expect(await processOf()()).toBe(false);
  await settle();
  expect(await owed()).toEqual([]);
});

test('of two processes the slower one does not bring over what it read before the last edit', async () => {
  const [organisation] = await listOrganisations(register.operations);
  const rename = async (name: string) =>
    await updateOrganisation(register.operations, organisation?.id ?? 0, { name });
  const gate = Promise.withResolvers<null>();
  await rename('Б');
  const slow = processOf(gate.promise)();
  await expect.poll(owed).toEqual([{ pageId: allPages, writing: true }]);
  await rename('В');
  const quick = processOf()();
  await delay(30);
  gate.resolve(null);
  expect(await Promise.all([slow, quick])).toEqual([true, true]);
  expect(await names()).toEqual(['В']);
});
