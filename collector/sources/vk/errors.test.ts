import { expect, test } from 'vitest';
import { VkFailure, classifyCode, isOfKey, outcomeOf } from './errors.ts';

test.each([
  ['passing', [1, 10, 32, 36]],
  ['too_fast', [6]],
  ['flood', [9, 1105]],
  ['quota', [29]],
  ['dead_token', [5, 27, 28, 1051, 1114, 1116, 1117, 3609, 3610]],
  ['human_needed', [14, 17, 24, 25, 3300, 3301, 3302, 3303, 3304]],
  ['disabled', [2, 11, 38, 42, 43]],
  ['our_batch', [12, 13]],
  ['closed', [7, 15, 30, 203, 210]],
  ['gone', [18, 19, 37, 40, 104, 125, 1260]],
  ['our_bug', [3, 8, 23, 34, 100, 113]],
  ['unknown', [0, 777, 935, 3305, 1_000_000]],
])('codes of the class %s', (kind, codes) => {
  expect(codes.map(classifyCode)).toEqual(codes.map(() => kind));
});

test('which of them may be the key’s', () => {
  const codes = [1, 5, 6, 9, 13, 14, 15, 18, 29, 42, 43, 100, 777, 1051];
  const ofKey = codes.filter((code) => isOfKey(VkFailure.fromCode(code, 'x')));
  expect(ofKey).toEqual([5, 14, 42, 43, 1051]);
});

test('an unknown code is an outcome of its own, in VK’s words, which are bounded', () => {
  const failure = VkFailure.fromCode(777, 'Strange');
  expect([failure.message, outcomeOf(failure)]).toEqual([
    'vk:777 Strange',
    { outcome: 'error', state: null },
  ]);
  expect(VkFailure.fromCode(777, 'x'.repeat(1_000_000)).message.length).toBeLessThan(400);
});

test('a key of the wrong kind is told what to do', () => {
  expect(VkFailure.fromCode(1051, 'Unavailable').message).toContain('vk2.a...');
});
