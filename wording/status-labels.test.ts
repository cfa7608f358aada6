import { expect, test } from 'vitest';
import type { OtherKind } from '#domain/vocabulary.ts';
import { accessLabel, foundAsBeside, outcomeLabel, stateLabel, statusLabel } from './status-labels.ts';

test('what a page is stands beside a status that claims nothing of its posts, and beside no other', () => {
  const said = (status: Parameters<typeof foundAsBeside>[0]['status']) =>
    foundAsBeside({ status, foundAs: 'group_chat' });
  expect([said('unknown'), said('paused')]).toEqual(['group_chat', 'group_chat']);
  for (const status of ['active', 'slow', 'quiet', 'stale', 'dead'] as const) expect(said(status)).toBeNull();
});

test('what only a later version knows a page to be is said in words', () => {
  const foundAs = 'mini_app' as OtherKind;
  const words = 'это не страница с публикациями';
  expect(stateLabel('unresolved', 'telegram', foundAs)).toBe(words);
  expect(statusLabel('unknown', 'unresolved', null, { foundAs })).toBe(`нет данных: ${words}`);
  expect(outcomeLabel('gone', { network: 'telegram', foundAs })).toBe(words);
});

test('an address that was never checked has the reason of its network: the key, or no answer', () => {
  const of = (network: 'vk' | 'telegram', lastOutcome: 'error' | null) =>
    ({ network, lastOutcome, statusReason: 'unresolved', foundAs: null }) as const;
  const vk = of('vk', null);
  const telegram = of('telegram', 'error');
  const said = (unread: (typeof vk | typeof telegram)[]) =>
    statusLabel('unknown', 'unresolved', null, { unread, networksWithoutKey: ['vk'] });
  expect(said([vk])).toBe('нет данных: нет ключа ВКонтакте');
  expect(said([telegram])).toBe('нет данных: сеть не ответила или ответила ошибкой');
  expect(said([telegram, telegram])).toBe('нет данных: сеть не ответила или ответила ошибкой');
  expect(said([vk, telegram])).toBe(
    'нет данных: нет ключа ВКонтакте; Telegram: сеть не ответила или ответила ошибкой',
  );
  const page = { status: 'unknown', state: 'unresolved' } as const;
  expect(accessLabel({ ...vk, ...page }, ['vk'])).toEqual({ words: 'нет ключа ВКонтакте', isOfLook: false });
  expect(accessLabel({ ...vk, ...page }, []).words).toBe('адрес ещё не проверен');
  expect(accessLabel({ ...telegram, ...page }, ['vk'])).toEqual({
    words: 'сеть не ответила или ответила ошибкой',
    isOfLook: true,
  });
  const read = { ...vk, lastOutcome: 'ok', status: 'active', state: 'ok' } as const;
  expect(accessLabel(read, ['vk']).words).toBe(stateLabel('ok'));
});
