import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setSetting } from '#schema/operations/settings.ts';
import { growthTargetKey, isGrowthTargetSetAside, readGrowthTarget } from '../growth-target.ts';
import { openTestRegister, testActor, type TestRegister } from '../register-for-tests.ts';
import { clearGrowthTarget, setGrowthTarget } from './growth-target.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { revertEdit } from './revert-edit.ts';

const actor = { ...testActor, now: new Date('2026-11-27T03:00:00Z'), today: '2026-11-27' };
const target = { subscribers: 9000, by: '2026-12-31', from: '2026-11-27' };
let register: TestRegister;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(async () => {
  await register.close();
});
beforeEach(async () => {
  await setSetting(register.operations, growthTargetKey, undefined);
});

const set = (subscribers: string, by: string) =>
  setGrowthTarget.make(register.operations, { subscribers, by }, actor);
const problems = async (edit: Promise<unknown>) =>
  (await problemsOfRefused(edit)).map(({ field, code, found }) => [field, code, found]);

test.each(['9000', '9 000', ' 9\u00a0000 '])('«%s» is read as people write it', async (subscribers) => {
  await set(subscribers, '2026-12-31');
  expect(await readGrowthTarget(register.operations)).toEqual(target);
});

test.each(['', '0', '-5', '9.5', '1e4', 'много', '1000000000', ' '])(
  '«%s» is no number of subscriptions',
  async (got) => {
    expect(await problems(set(got, '2026-12-31'))).toEqual([['subscribers', 'not_a_count', got.trim()]]);
    expect(await readGrowthTarget(register.operations)).toBeNull();
  },
);

test.each([
  ['', 'not_ahead'],
  ['2026-11-27', 'not_ahead'],
  ['2025-12-31', 'not_ahead'],
  ['2026-02-30', 'not_ahead'],
  ['31.12.2026', 'not_ahead'],
  ['0026-12-31', 'day_out_of_range'],
  ['2300-01-01', 'day_out_of_range'],
  ['9999-12-31', 'day_out_of_range'],
])('«%s» is no day to come: %s', async (by, code) => {
  expect(await problems(set('x', by))).toEqual([
    ['subscribers', 'not_a_count', 'x'],
    ['by', code, by],
  ]);
});

test('it is kept, changed, and taken back; what cannot be understood is none', async () => {
  const { operations } = register;
  expect(await readGrowthTarget(operations)).toBeNull();
  expect(await isGrowthTargetSetAside(operations)).toBe(false);
  expect(await problems(clearGrowthTarget.make(operations, {}, actor))).toEqual([
    [null, 'nothing_changed', ''],
  ]);
  const first = await set('9000', '2026-12-31');
  expect(await isGrowthTargetSetAside(operations)).toBe(false);
  expect(await problems(set('9000', '2026-12-31'))).toEqual([[null, 'nothing_changed', '']]);
  const cleared = await clearGrowthTarget.make(operations, {}, actor);
  expect(await readGrowthTarget(operations)).toBeNull();
  expect(await problems(revertEdit(operations, first, actor))).toEqual([[null, 'changed_since', '']]);
  await revertEdit(operations, cleared, actor);
  expect(await readGrowthTarget(operations)).toEqual(target);
  await revertEdit(operations, first, actor);
  expect(await readGrowthTarget(operations)).toBeNull();

  await setSetting(operations, growthTargetKey, { subscribers: -1, by: 'some day' });
  expect(await readGrowthTarget(operations)).toBeNull();
  await setSetting(operations, growthTargetKey, { ...target, by: '9999-12-31' });
  expect(await readGrowthTarget(operations)).toBeNull();
  expect(await isGrowthTargetSetAside(operations)).toBe(true);
  await clearGrowthTarget.make(operations, {}, actor);
  expect(await isGrowthTargetSetAside(operations)).toBe(false);
});
