import { expect, test } from 'vitest';
import { unreadCause, unreadPagesOf, type UnreadPage } from './unread-cause.ts';

const page = (change: Partial<UnreadPage> = {}): UnreadPage => ({
  network: 'vk',
  statusReason: 'unresolved',
  lastOutcome: null,
  ...change,
});

test('a page of a network without its key waits for the key, whatever its last look was', () => {
  expect(unreadCause(page(), ['vk'])).toBe('no_key');
  expect(unreadCause(page({ statusReason: 'no_observation', lastOutcome: 'error' }), ['vk'])).toBe('no_key');
  expect(unreadCause(page(), [])).toBe('unresolved');
  expect(unreadCause(page({ network: 'telegram' }), ['vk'])).toBe('unresolved');
});

test('a look that failed says why an address is not checked, or a page not read', () => {
  const telegram = { network: 'telegram', lastOutcome: 'error' } as const;
  expect(unreadCause(page(telegram), ['vk'])).toBe('error');
  expect(unreadCause(page({ ...telegram, statusReason: 'no_observation' }), [])).toBe('error');
  expect(unreadCause(page({ ...telegram, lastOutcome: 'ok', statusReason: 'no_observation' }), [])).toBe(
    'no_observation',
  );
});

test('a state that was seen says it by itself, without a key too', () => {
  expect(unreadCause(page({ statusReason: 'blocked', lastOutcome: 'gone' }), ['vk'])).toBe('blocked');
  expect(unreadCause(page({ statusReason: 'closed', lastOutcome: 'error' }), [])).toBe('closed');
});

test('a row goes by its unread pages in its networks, when nothing is known of it', () => {
  const pages = [
    { ...page(), status: 'unknown' },
    { ...page({ network: 'telegram' }), status: 'unknown' },
  ];
  expect(unreadPagesOf({ status: 'unknown', pages, networks: { vk: {} } })).toEqual([pages[0]]);
  expect(unreadPagesOf({ status: 'active', pages, networks: { vk: {} } })).toEqual([]);
});
