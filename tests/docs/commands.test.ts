import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { telegramLoginCommand } from '#domain/telegram-login.ts';

test.each(['README.md', 'README.ru.md', 'docs/telegram.md'])(
  '%s signs in to Telegram as the screens say',
  (file) => {
    expect(readFileSync(file, 'utf8').replace(/\s+/gu, ' ')).toContain(telegramLoginCommand);
  },
);

test.each(['README.md', 'README.ru.md'])('%s says first how to get the folder', (file) => {
  const text = readFileSync(file, 'utf8');
  const [clone, start] = [text.indexOf('git clone'), text.indexOf('npm ci')];
  expect(clone).toBeGreaterThan(0);
  expect(clone).toBeLessThan(start);
});

test('README.ru.md calls a column of the register as the screens do', () => {
  expect(readFileSync('README.ru.md', 'utf8')).not.toMatch(/колонк/iu);
});
