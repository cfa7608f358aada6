import { expect, test } from 'vitest';
import { startSteps } from './start-steps.ts';

const slot = new Date('2026-11-25T01:20:00Z');

test.each([
  ['nothing yet', 0, null, 0, false, 0, 'todo', 'todo', 'waiting', false],
  ['a register', 45, null, 0, true, 0, 'done', 'done', 'todo', false],
  ['a register without the key that it needs', 45, null, 0, false, 40, 'done', 'todo', 'todo', false],
  ['channels read, the key of the others missing', 45, slot, 5, false, 40, 'done', 'todo', 'done', false],
  ['channels alone, which need no key', 5, slot, 5, false, 0, 'done', 'unneeded', 'done', true],
  ['a collection that read nothing', 45, slot, 0, true, 0, 'done', 'done', 'todo', false],
  ['a first collection that has not ended', 45, null, 12, true, 0, 'done', 'done', 'todo', false],
  ['all', 45, slot, 40, true, 0, 'done', 'done', 'done', true],
] as const)('%s', (_, organisations, at, read, vkConfigured, withoutKey, register, key, collect, isReady) => {
  expect(startSteps({ organisations, coverage: { slot: at, read }, vkConfigured, withoutKey })).toEqual({
    register,
    key,
    collect,
    isReady,
  });
});
