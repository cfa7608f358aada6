import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertPage, listPages, removePage } from '#schema/operations/pages.ts';
import { listPeople } from '#schema/operations/people.ts';
import { listReminders } from '#schema/operations/reminders.ts';
import { importTime, openTestRegister, testActor, type TestRegister } from '../register-for-tests.ts';
import { editRegister } from './make-edit.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { remind } from './remind.ts';
import { revertEdit } from './revert-edit.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await openTestRegister();
  await register.import('organisation,vk,responsible,phone\nА,club5 club7,Петрова Анна,+7 000 000-00-01\n');
});
afterAll(async () => {
  await register.close();
});

const codes = async (edit: Promise<unknown>): Promise<string[]> =>
  (await problemsOfRefused(edit)).map(({ code }) => code);

test('the same reminder a moment later is the same form sent twice; a minute later it is another', async () => {
  const { operations } = register;
  const [person] = await listPeople(operations);
  const [page] = await listPages(operations);
  const reminder = {
    person: person?.id ?? 0,
    page: [page?.id ?? 0],
    channel: 'phone',
    note: '',
  } as const;
  const after = (seconds: number) => ({
    ...testActor,
    now: new Date(importTime.getTime() + seconds * 1000),
  });
  const entries = [await remind.make(operations, reminder, after(0))];
  expect(await codes(remind.make(operations, reminder, after(59)))).toEqual(['reminded_already']);
  entries.push(await remind.make(operations, { ...reminder, note: 'ещё раз' }, after(59)));
  entries.push(await remind.make(operations, reminder, after(61)));
  for (const entry of entries) await revertEdit(operations, entry, after(62));
  expect(await listReminders(operations)).toEqual([]);
});

test('an address that the collection takes in the middle of an edit refuses it, and nothing is changed', async () => {
  const { operations } = register;
  const pages = await listPages(operations);
  const [first, second] = pages;
  const taken = {
    organisationId: first?.organisationId ?? 0,
    network: 'vk',
    link: 'x',
    nativeId: 5,
  } as const;
  const edit = editRegister(operations, async (inside) => {
    await removePage(inside, second?.id ?? 0, importTime);
    await insertPage(inside, taken, importTime);
  });
  expect(await codes(edit)).toEqual(['taken_meanwhile']);
  expect(await listPages(operations)).toEqual(pages);
});
