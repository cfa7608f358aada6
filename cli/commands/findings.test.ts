import { expect, test } from 'vitest';
import { closingText, wordsOf, type Finding } from './findings.ts';

const ok: Finding = { level: 'ok', text: 'Disk' };
const note: Finding = { level: 'note', text: 'Telegram is read without a key' };
const look: Finding = { level: 'look', text: '...', gist: 'suspect answers' };
const bad: Finding = { level: 'bad', text: '...', gist: 'no key of VK' };

test('the last sentence of a doctor says what it found, and that all is well only when it is', () => {
  const english = (...findings: Finding[]): string => closingText(findings, wordsOf('en'));
  expect(english(ok, note)).toBe('All is well.');
  expect(english(ok, look)).toBe('Nothing is broken. Worth a look: suspect answers.');
  expect(english(ok, bad, bad)).toBe('Not all is well: no key of VK.');
  expect(english(bad, look, { ...bad, gist: 'little room' })).toBe(
    'Not all is well: no key of VK; little room. Worth a look: suspect answers.',
  );
  const russian = (...findings: Finding[]): string => closingText(findings, wordsOf('ru'));
  expect(russian(ok)).toBe('Всё в порядке.');
  expect(russian({ ...look, gist: 'реестр пуст' })).toBe('Ошибок нет, но обратите внимание: реестр пуст.');
  expect(russian({ ...bad, gist: 'ключ ВКонтакте не задан' })).toBe(
    'Не всё в порядке: ключ ВКонтакте не задан.',
  );
});
