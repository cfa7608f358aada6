import { expect, test } from 'vitest';
import { explainFailure, WrongArguments } from './failures.ts';
import { SettingsError } from '../domain/settings.ts';

test('errors of ours explain themselves; a wrong set-up ends with 2', () => {
  const wrong = new SettingsError([{ name: 'PORT', got: '"x"', wanted: 'a number' }]);
  expect(explainFailure(wrong)).toEqual({ message: wrong.message, exitCode: 2 });
  expect(explainFailure(new WrongArguments('no'))).toEqual({ message: 'no', exitCode: 2 });
});

test('a system’s error is told by its message alone', () => {
  const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  expect(explainFailure(error)).toEqual({ message: 'EACCES: permission denied', exitCode: 1 });
});

test('an unexpected error says where it came from, in one line', () => {
  const { message, exitCode } = explainFailure(new TypeError('x is not a function'));
  expect(message).toMatch(/^x is not a function \(TypeError at .*failures\.test\.ts.*\)$/);
  expect(exitCode).toBe(1);
  expect(explainFailure('odd')).toEqual({ message: 'odd', exitCode: 1 });
});

test('being interrupted is no failure of its own', () => {
  expect(explainFailure(new DOMException('gone', 'AbortError'))).toEqual({
    message: 'Interrupted.',
    exitCode: 130,
  });
});
