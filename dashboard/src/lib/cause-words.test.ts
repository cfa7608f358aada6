import { expect, test } from 'vitest';
import { causeWords } from './cause-words.ts';
import { formatterFor } from './format.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');

test('like reasons of different causes are counted together, of each network by its own words', () => {
  expect(
    causeWords(
      [
        { network: 'vk', outcome: 'closed', cause: 'vk:203', pages: 2 },
        { network: 'vk', outcome: 'closed', cause: 'vk:15', pages: 1 },
        { network: 'telegram', outcome: 'closed', cause: 'CHANNEL_PRIVATE', pages: 1 },
        { network: 'vk', outcome: 'error', cause: 'timeout', pages: 1200 },
      ],
      format,
    ),
  ).toBe('стена закрыта — 3, канал закрыт — 1, сеть не ответила или ответила ошибкой — 1\u00a0200');
  expect(causeWords([], format)).toBe('');
});
