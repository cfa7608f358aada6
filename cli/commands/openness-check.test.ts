import { afterAll, beforeAll, expect, test } from 'vitest';
import { setNaming } from '#register/edits/openness.ts';
import { openTestRegister, testActor, type TestRegister } from '#register/register-for-tests.ts';
import type { Services } from '../services.ts';
import { wordsOf } from './findings.ts';
import { checkOpenness } from './openness-check.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(async () => {
  await register.close();
});

const found = async (isPublic: boolean) => {
  const settings = { PUBLIC_DASHBOARD: isPublic } as Services['settings'];
  return await checkOpenness({ operations: register.operations, settings }, wordsOf('en'));
};

test('a dashboard that names organisations to everybody without a decision is worth a look', async () => {
  expect(await found(false)).toEqual([]);
  expect(await found(true)).toMatchObject([{ level: 'look' }]);
  const decided = { naming: 'by_name', decision: '5-3', decided: '2026-01-20' } as const;
  await setNaming.make(register.operations, decided, testActor);
  expect(await found(true)).toMatchObject([{ level: 'note' }]);
  expect(await found(false)).toEqual([]);
});
