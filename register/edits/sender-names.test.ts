import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { grammaticalCases } from '#domain/cased-name.ts';
import { setSetting } from '#schema/operations/settings.ts';
import { openTestRegister, testActor, type TestRegister } from '../register-for-tests.ts';
import { inAllCases } from '#domain/cased-name.ts';
import { noSenderNames, readSenderNames, senderNamesKey } from '../sender-names.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { revertEdit } from './revert-edit.ts';
import { setSenderNames } from './sender-names.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(async () => {
  await register.close();
});
beforeEach(async () => {
  await setSetting(register.operations, senderNamesKey, undefined);
});

const empty = Object.fromEntries(
  ['federation', 'department'].flatMap((party) => grammaticalCases.map((each) => [`${party}_${each}`, ''])),
);
const set = (fields: Record<string, string>) =>
  setSenderNames.make(register.operations, { ...empty, ...fields }, testActor);
const problems = async (edit: Promise<unknown>) =>
  (await problemsOfRefused(edit)).map(({ field, code }) => [field, code]);
const blank = { genitive: '', dative: '', accusative: '', instrumental: '', prepositional: '' };

test('a name is kept as it was entered, and said in the nominative where a case is not', async () => {
  await set({
    federation_nominative: ' Иркутское  Профобъединение ',
    federation_genitive: 'Иркутского Профобъединения',
  });
  const { federation, department } = await readSenderNames(register.operations);
  expect(department).toBeNull();
  expect(federation).toEqual({
    ...blank,
    nominative: 'Иркутское Профобъединение',
    genitive: 'Иркутского Профобъединения',
  });
  expect(inAllCases(federation)).toMatchObject({
    genitive: 'Иркутского Профобъединения',
    dative: 'Иркутское Профобъединение',
  });
  expect(inAllCases(null)).toBeNull();
});

test('a case without its nominative, and a name that is too long, are told beside their fields', async () => {
  expect(
    await problems(set({ department_genitive: 'отдела', federation_nominative: 'я'.repeat(301) })),
  ).toEqual([
    ['federation_nominative', 'too_long'],
    ['department_nominative', 'missing'],
  ]);
  expect(await readSenderNames(register.operations)).toEqual(noSenderNames);
});

test('empty fields bring the program’s own names back; what changes nothing is refused', async () => {
  const { operations } = register;
  expect(await problems(set({}))).toEqual([[null, 'nothing_changed']]);
  await set({ department_nominative: 'пресс-служба' });
  expect(await problems(set({ department_nominative: 'пресс-служба' }))).toEqual([[null, 'nothing_changed']]);
  await set({});
  expect(await readSenderNames(operations)).toEqual(noSenderNames);
});

test('it is undone, unless other names stand by now', async () => {
  const { operations } = register;
  await set({ department_nominative: 'пресс-служба' });
  const second = await set({ department_nominative: 'пресс-центр' });
  await revertEdit(operations, second, testActor);
  expect((await readSenderNames(operations)).department?.nominative).toBe('пресс-служба');
  const third = await set({});
  await set({ department_nominative: 'отдел' });
  expect(await problems(revertEdit(operations, third, testActor))).toEqual([[null, 'changed_since']]);
});

test('what cannot be understood is as if nothing had been set', async () => {
  await setSetting(register.operations, senderNamesKey, { federation: 'Профобъединение' });
  expect(await readSenderNames(register.operations)).toEqual(noSenderNames);
  await set({ department_nominative: 'отдел' });
  expect((await readSenderNames(register.operations)).department?.nominative).toBe('отдел');
});
