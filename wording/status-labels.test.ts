import { expect, test } from 'vitest';
import type { OtherKind } from '#domain/vocabulary.ts';
import { accessWords, foundAsBeside, outcomeWords, stateWords, statusWords } from './status-labels.ts';

test('what a page is stands beside a status that claims nothing of its posts, and beside no other', () => {
  const said = (status: Parameters<typeof foundAsBeside>[0]['status']) =>
    foundAsBeside({ status, foundAs: 'group_chat' });
  expect([said('unknown'), said('paused')]).toEqual(['group_chat', 'group_chat']);
  for (const status of ['active', 'slow', 'quiet', 'stale', 'dead'] as const) expect(said(status)).toBeNull();
});

test('what only a later version knows a page to be is said in words', () => {
  const foundAs = 'mini_app' as OtherKind;
  const words = 'это не страница с публикациями';
  expect(stateWords('unresolved', 'telegram', foundAs)).toBe(words);
  expect(statusWords('unknown', 'unresolved', null, { foundAs })).toBe(`нет данных: ${words}`);
  expect(outcomeWords('gone', { network: 'telegram', foundAs })).toBe(words);
});

test('an address that was never checked has the reason of its network: the key, or no answer', () => {
  const of = (network: 'vk' | 'telegram', lastOutcome: 'error' | null) =>
    ({ network, lastOutcome, statusReason: 'unresolved', foundAs: null }) as const;
  const vk = of('vk', null);
  const telegram = of('telegram', 'error');
  const said = (unread: (typeof vk | typeof telegram)[]) =>
    statusWords('unknown', 'unresolved', null, { unread, networksWithoutKey: ['vk'] });
  expect(said([vk])).toBe('нет данных: нет ключа ВКонтакте');
  expect(said([telegram])).toBe('нет данных: сеть не ответила или ответила ошибкой');
  expect(said([telegram, telegram])).toBe('нет данных: сеть не ответила или ответила ошибкой');
  expect(said([vk, telegram])).toBe(
    'нет данных: нет ключа ВКонтакте; Telegram: сеть не ответила или ответила ошибкой',
  );
  const page = { status: 'unknown', state: 'unresolved' } as const;
  expect(accessWords({ ...vk, ...page }, ['vk'])).toEqual({ words: 'нет ключа ВКонтакте', isOfLook: false });
  expect(accessWords({ ...vk, ...page }, []).words).toBe('адрес ещё не проверен');
  expect(accessWords({ ...telegram, ...page }, ['vk'])).toEqual({
    words: 'сеть не ответила или ответила ошибкой',
    isOfLook: true,
  });
  const read = { ...vk, lastOutcome: 'ok', status: 'active', state: 'ok' } as const;
  expect(accessWords(read, ['vk']).words).toBe(stateWords('ok'));
});
