import { expect, test } from 'vitest';
import { verdictOf } from './verdict.ts';

const slot = new Date('2026-11-25T01:20:00Z');
const view = (pages: number, read: number, fresh = 0, at: Date | null = slot) => ({
  collection: { coverage: { slot: at, pages, read } },
  silent: { fresh },
});

test('all read and nobody newly silent is in order', () => {
  expect(verdictOf(view(45, 45), [], false)).toEqual({ kind: 'fine', concerns: [] });
});

test('pages not read and the newly silent want attention, in that order', () => {
  expect(verdictOf(view(45, 42, 2), [], false)).toEqual({
    kind: 'attention',
    concerns: ['unread', 'silent'],
  });
  expect(verdictOf(view(45, 45, 1), [], true)).toEqual({ kind: 'attention', concerns: ['silent'] });
});

test('a broken collection is said before anything else, each reason once', () => {
  expect(
    verdictOf(view(45, 0, 3), ['nothing_read', 'collection_silent', 'disk_full', 'out_of_memory'], false),
  ).toEqual({ kind: 'trouble', concerns: ['nothing_read', 'collection_silent', 'other'] });
});

test('before the first collection has ended nothing is claimed', () => {
  expect(verdictOf(view(0, 0, 0, null), [], false)).toEqual({ kind: 'waiting', concerns: [] });
  expect(verdictOf(view(12, 9, 4, null), [], true)).toEqual({ kind: 'first', concerns: [] });
  expect(verdictOf(view(12, 9, 4, null), [], false)).toEqual({ kind: 'unfinished', concerns: [] });
});

test('a first collection that cannot read is trouble, not waiting', () => {
  expect(verdictOf(view(0, 0, 0, null), ['nothing_read'], false).kind).toBe('trouble');
});
