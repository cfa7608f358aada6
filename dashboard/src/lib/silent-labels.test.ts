import { expect, test } from 'vitest';
import type { PageDetails } from '#analytics/status/current.ts';
import { formatterFor } from '#wording/format.ts';
import { postsSinceText, reachLabel, unreadLabel } from './silent-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');

test('what is not read since a reminder is said of one page, of several, and of some of them', () => {
  const said = (pages: number, unread: number) =>
    postsSinceText(
      { posts: 0, first: null, isKnown: unread === 0, pages, unread },
      new Date('2026-11-25T02:00:00Z'),
      format,
    );
  expect(said(1, 1)).toMatch(/страницу пока не читали$/u);
  expect(said(2, 2)).toMatch(/страницы пока не читали$/u);
  expect(said(2, 1)).toMatch(/на проверенных страницах; остальные/u);
  expect(said(2, 0)).toBe('пока без публикаций');
});

test('one calls by phone and writes to an address', () => {
  expect(reachLabel({ phone: '24-55-01', email: '' })).toBe('Позвоните:');
  expect(reachLabel({ phone: '', email: 'kim@prof.example' })).toBe('Напишите:');
  expect(reachLabel({ phone: '24-55-01', email: 'kim@prof.example' })).toBe('Позвоните или напишите:');
  expect(reachLabel({ phone: '', email: '' })).toBe('');
});

test('a page whose address was never checked has the reason that the other screens say', () => {
  const page = (network: 'vk' | 'telegram') =>
    ({ network, unread: 'unresolved', state: 'unresolved', foundAs: null }) as const;
  expect(unreadLabel(page('vk'), undefined, ['vk'])).toBe('нет ключа ВКонтакте');
  expect(unreadLabel(page('vk'), undefined, [])).toBe('адрес ещё не проверен');
  expect(unreadLabel(page('telegram'), { lastOutcome: 'error' } as PageDetails, [])).toBe(
    'сеть не ответила или ответила ошибкой',
  );
  const known = { ...page('vk'), unread: 'not_lately', state: 'ok' } as const;
  expect(unreadLabel(known, undefined, ['vk'])).toBe('нет ключа ВКонтакте');
  expect(unreadLabel({ ...known, unread: 'closed' }, undefined, ['vk'])).toBe('стена закрыта');
});
