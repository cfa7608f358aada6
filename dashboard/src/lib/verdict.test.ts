import { expect, test } from 'vitest';
import { verdictOf, type VerdictFacts } from './verdict.ts';

const slot = new Date('2026-11-25T01:20:00Z');
const verdict = (
  [pages, read, waiting = 0]: [pages: number, read: number, waiting?: number],
  facts: Partial<VerdictFacts> & { at?: Date | null; longAgo?: number } = {},
) => {
  const { at = slot, longAgo = 0, ...rest } = facts;
  return verdictOf({
    coverage: {
      ...{ slot: at, pages, read, waiting },
      registered: [{ network: 'vk', pages: waiting, waiting, never: waiting - longAgo }],
    },
    fresh: 0,
    reasons: [],
    isCollecting: false,
    withoutKey: [],
    ...rest,
  });
};

test('all read and nobody newly silent is in order', () => {
  expect(verdict([45, 45])).toEqual({ kind: 'fine', concerns: [] });
});

test('pages not read and the newly silent want attention, in that order', () => {
  expect(verdict([45, 42, 3], { fresh: 2 })).toEqual({
    kind: 'attention',
    concerns: ['failed', 'never', 'silent'],
  });
  expect(verdict([45, 45], { fresh: 1, isCollecting: true })).toEqual({
    kind: 'attention',
    concerns: ['silent'],
  });
});

test('all that were looked at being read is not in order while others wait', () => {
  expect(verdict([42, 42, 3], { longAgo: 3 })).toEqual({ kind: 'attention', concerns: ['waiting'] });
  expect(verdict([42, 42, 3])).toEqual({ kind: 'attention', concerns: ['never'] });
  expect(verdict([42, 42, 3], { longAgo: 1 }).concerns).toEqual(['never', 'waiting']);
});

test('a register without pages is no register with all pages read', () => {
  expect(verdict([0, 0])).toEqual({ kind: 'attention', concerns: ['no_pages'] });
});

test('a broken collection is said before anything else, each reason once', () => {
  const reasons = ['nothing_read', 'collection_silent', 'disk_full', 'out_of_memory'];
  expect(verdict([45, 0], { fresh: 3, reasons })).toEqual({
    kind: 'trouble',
    concerns: ['nothing_read', 'collection_silent', 'other'],
  });
});

test('before the first collection has ended nothing is claimed', () => {
  expect(verdict([0, 0], { at: null })).toEqual({ kind: 'waiting', concerns: [] });
  expect(verdict([12, 9], { at: null, fresh: 4, isCollecting: true })).toEqual({
    kind: 'first',
    concerns: [],
  });
  expect(verdict([12, 9], { at: null, fresh: 4 })).toEqual({ kind: 'unfinished', concerns: [] });
});

test('a first collection that cannot read is trouble, not waiting', () => {
  expect(verdict([0, 0], { at: null, reasons: ['nothing_read'] }).kind).toBe('trouble');
});

test('a missing key is named in every state, and pages that wait for it are not counted twice', () => {
  const withoutKey = [{ network: 'vk', pages: 40 }] as const;
  expect(verdict([0, 0, 45], { at: null, withoutKey })).toEqual({ kind: 'waiting', concerns: ['no_key'] });
  expect(verdict([5, 5, 40], { withoutKey })).toEqual({ kind: 'attention', concerns: ['no_key'] });
  expect(verdict([5, 4, 40], { withoutKey }).concerns).toEqual(['no_key', 'failed']);
  expect(verdict([5, 0, 40], { withoutKey, reasons: ['nothing_read'] }).concerns).toEqual([
    'nothing_read',
    'no_key',
  ]);
});
