import { expect, test } from 'vitest';
import type { OtherKind } from '../../../domain/vocabulary.ts';
import { foundAsBeside, outcomeWords, stateWords, statusWords } from './status-words.ts';

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
