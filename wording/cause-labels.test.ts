import { expect, test } from 'vitest';
import { causesText } from './cause-labels.ts';
import { formatterFor } from './format.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');

test('like reasons of different causes are counted together, of each network by its own words', () => {
  expect(
    causesText(
      [
        { network: 'vk', outcome: 'closed', cause: 'vk:203', foundAs: null, pages: 2 },
        { network: 'vk', outcome: 'closed', cause: 'vk:15', foundAs: null, pages: 1 },
        { network: 'telegram', outcome: 'closed', cause: 'CHANNEL_PRIVATE', foundAs: null, pages: 1 },
        { network: 'vk', outcome: 'error', cause: 'timeout', foundAs: null, pages: 1200 },
      ],
      format,
    ),
  ).toBe('стена закрыта — 3; канал закрыт — 1; сеть не ответила или ответила ошибкой — 1\u00a0200');
  expect(causesText([], format)).toBe('');
});

test('what is no page of publications is said to be what it is, and a doubtful answer to be doubtful', () => {
  expect(
    causesText(
      [
        { network: 'telegram', outcome: 'error', cause: 'a group', foundAs: 'group_chat', pages: 2 },
        { network: 'vk', outcome: 'suspect', cause: 'no posts', foundAs: null, pages: 1 },
      ],
      format,
    ),
  ).toBe('это группа, а не канал — 2; сомнительный ответ — 1');
});
