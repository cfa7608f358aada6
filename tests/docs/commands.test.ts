import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { telegramLoginCommand } from '../../domain/telegram-login.ts';

test.each(['README.md', 'README.ru.md', 'docs/telegram.md'])(
  '%s signs in to Telegram as the screens say',
  (file) => {
    expect(readFileSync(file, 'utf8').replace(/\s+/gu, ' ')).toContain(telegramLoginCommand);
  },
);
