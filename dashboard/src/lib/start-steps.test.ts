import { describe, expect, test } from 'vitest';
import type { Outcome } from '#domain/vocabulary.ts';
import type { Coverage } from '#analytics/types.ts';
import { startSteps, telegramTrouble } from './start-steps.ts';

const slot = new Date('2026-11-25T01:20:00Z');

test.each([
  ['nothing yet', 0, null, 0, false, 0, 'todo', 'todo', 'waiting', false],
  ['a register', 45, null, 0, true, 0, 'done', 'done', 'todo', false],
  ['a register without the key that it needs', 45, null, 0, false, 40, 'done', 'todo', 'todo', false],
  ['channels read, the key of the others missing', 45, slot, 5, false, 40, 'done', 'todo', 'done', false],
  ['channels alone, which need no key', 5, slot, 5, false, 0, 'done', 'unneeded', 'done', true],
  ['a collection that read nothing', 45, slot, 0, true, 0, 'done', 'done', 'todo', false],
  ['a first collection that has not ended', 45, null, 12, true, 0, 'done', 'done', 'todo', false],
  ['all', 45, slot, 40, true, 0, 'done', 'done', 'done', true],
] as const)('%s', (_, organisations, at, read, hasKey, waiting, register, key, collect, isReady) => {
  expect(
    startSteps({
      organisations,
      coverage: { slot: at, read, registered: [], unread: [] },
      networksWithoutKey: hasKey ? [] : ['vk'],
      withoutKey: waiting > 0 ? [{ network: 'vk', pages: waiting }] : [],
    }),
  ).toEqual({
    register,
    keys: [{ network: 'vk', setting: 'VK_TOKENS', state: key }],
    key,
    telegram: 'done',
    collect,
    isReady,
  });
});

describe('Telegram', () => {
  const looks = (channels: number, waiting: number, failures: [outcome: Outcome, pages: number][]) => ({
    registered: [{ network: 'telegram' as const, pages: channels, waiting, never: waiting }],
    unread: failures.map(([outcome, pages]): Coverage['unread'][number] => ({
      network: 'telegram',
      outcome,
      cause: outcome === 'error' ? 'network: t.me cannot be reached (getaddrinfo ENOTFOUND t.me)' : '',
      foundAs: null,
      pages,
    })),
  });

  test.each([
    ['not looked at yet', looks(3, 3, []), null],
    ['all channels failed', looks(3, 1, [['error', 2]]), 'unreachable'],
    [
      'all channels failed, and some were left out for it',
      looks(3, 0, [
        ['error', 1],
        ['missed', 2],
      ]),
      'unreachable',
    ],
    ['it wants a pause', looks(2, 0, [['rate_limited', 2]]), 'failed'],
    ['one channel was read', looks(3, 0, [['error', 2]]), null],
    [
      'one channel is known to be gone',
      looks(2, 0, [
        ['error', 1],
        ['gone', 1],
      ]),
      null,
    ],
    ['no channels', { registered: [], unread: [] }, null],
  ] as const)('%s', (_, coverage, trouble) => {
    expect(telegramTrouble(coverage as Coverage)).toBe(trouble);
    const steps = startSteps({
      organisations: 3,
      coverage: { ...(coverage as Coverage), slot, read: 1 },
      networksWithoutKey: [],
      withoutKey: [],
    });
    expect(steps.telegram).toBe(trouble === null ? 'done' : 'todo');
  });
});
