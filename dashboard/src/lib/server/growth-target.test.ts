import { expect, test } from 'vitest';
import { openTestRegister } from '../../../../register/register-for-tests.ts';
import { setSetting } from '../../../../schema/operations/settings.ts';
import {
  isGrowthTargetSetAside,
  parseGrowthTarget,
  readGrowthTarget,
  targetOf,
  writeGrowthTarget,
} from './growth-target.ts';

const days = { from: '2026-10-01', today: '2026-11-27' };
const target = { subscribers: 9000, by: '2026-12-31', from: '2026-10-01' };

test('a number is read as people write it', () => {
  for (const subscribers of ['9000', '9 000', ' 9\u00a0000 '])
    expect(targetOf({ subscribers, by: '2026-12-31' }, days)).toEqual({ target, problems: [] });
});

test.each(['', '0', '-5', '9.5', '1e4', 'много', '1000000000', ' '])(
  '«%s» is no number of subscriptions',
  (got) => {
    expect(targetOf({ subscribers: got, by: '2026-12-31' }, days)).toEqual({
      target: null,
      problems: [{ field: 'subscribers', got: got.trim() }],
    });
  },
);

test.each([
  '',
  '2026-11-27',
  '2025-12-31',
  '2026-02-30',
  '31.12.2026',
  '0026-12-31',
  '2300-01-01',
  '9999-12-31',
])('«%s» is no day to come', (by) => {
  expect(targetOf({ subscribers: 'x', by }, days).problems).toEqual([
    { field: 'subscribers', got: 'x' },
    { field: 'by', got: by },
  ]);
});

test('it is kept, changed, and taken back; what cannot be understood is none', async () => {
  const { operations, close } = await openTestRegister();
  expect(await readGrowthTarget(operations)).toBeNull();
  expect(await isGrowthTargetSetAside(operations)).toBe(false);
  const by = { who: 'test', now: new Date('2026-11-27T00:00:00Z') };
  await writeGrowthTarget(operations, target, by);
  expect(await isGrowthTargetSetAside(operations)).toBe(false);
  expect(await readGrowthTarget(operations)).toEqual(target);
  await writeGrowthTarget(operations, null, by);
  expect(await readGrowthTarget(operations)).toBeNull();
  await setSetting(operations, 'growth.target', { subscribers: -1, by: 'some day' });
  expect(await readGrowthTarget(operations)).toBeNull();
  await setSetting(operations, 'growth.target', { ...target, by: '9999-12-31' });
  expect(await readGrowthTarget(operations)).toBeNull();
  expect(await isGrowthTargetSetAside(operations)).toBe(true);
  await close();
});

test('what is put back is a target, none, or not understood', () => {
  expect(parseGrowthTarget(JSON.stringify(target))).toEqual(target);
  expect(parseGrowthTarget('null')).toBeNull();
  expect(parseGrowthTarget('')).toBeUndefined();
  expect(parseGrowthTarget('{"subscribers":"9000"}')).toBeUndefined();
  expect(parseGrowthTarget(JSON.stringify({ ...target, by: '9999-12-31' }))).toBeUndefined();
});
