import { expect, test } from 'vitest';
import { explainFailure, WrongArguments } from './failures.ts';
import { asIs } from '#domain/said.ts';
import { parsePageLink } from '#domain/page-link.ts';
import { SettingsError } from '#domain/settings.ts';

function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('errors of ours explain themselves; a wrong set-up ends with 2', () => {
  const wanted = { ru: 'число', en: 'a number' };
  const wrong = new SettingsError([{ name: 'PORT', got: asIs('x'), wanted }]);
  expect(explainFailure(wrong, 'en')).toEqual({ message: wrong.message, exitCode: 2 });
  expect(explainFailure(wrong, 'ru').message).toBe('Неверная настройка:\n  PORT: указано x, а нужно: число');
  const both = new WrongArguments({ ru: 'нет', en: 'no' });
  expect(explainFailure(both, 'en')).toEqual({ message: 'no', exitCode: 2 });
  expect(explainFailure(both, 'ru')).toEqual({ message: 'нет', exitCode: 2 });
  const link = thrown(() => parsePageLink('https://vk.com/id1'));
  expect(explainFailure(link, 'ru').message).toMatch(
    /^«https.*id1» — не адрес страницы: это страница человека/,
  );
});

test('a system’s error is told by its message alone', () => {
  const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  expect(explainFailure(error, 'en')).toEqual({ message: 'EACCES: permission denied', exitCode: 1 });
});

test('an unexpected error says where it came from, in one line', () => {
  const { message, exitCode } = explainFailure(new TypeError('x is not a function'), 'en');
  expect(message).toMatch(/^x is not a function \(TypeError at .*failures\.test\.ts.*\)$/);
  expect(exitCode).toBe(1);
  expect(explainFailure('odd', 'en')).toEqual({ message: 'odd', exitCode: 1 });
});

test('being interrupted is no failure of its own', () => {
  const gone = new DOMException('gone', 'AbortError');
  expect(explainFailure(gone, 'en')).toEqual({ message: 'Interrupted.', exitCode: 130 });
  expect(explainFailure(gone, 'ru')).toEqual({ message: 'Прервано.', exitCode: 130 });
});
