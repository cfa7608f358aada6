import { expect, test } from 'vitest';
import { permissions, shareViews, type Permission } from '#accounts/permissions.ts';
import type { WorkingShareLink } from '#accounts/share-links.ts';
import { shareReaderOf } from './share-reader.ts';

const link = (change: Partial<WorkingShareLink>): WorkingShareLink => ({
  ...{ id: 1, view: 'ranking', organisationId: null, query: '', framedBy: [] },
  expiresAt: new Date('2026-12-31T00:00:00Z'),
  ...change,
});

test('whoever follows a link may what its view takes, and nothing else', () => {
  const all = Object.keys(permissions) as Permission[];
  const may = shareViews.map((view) => [
    view,
    all.filter((permission) => shareReaderOf(link({ view }), null).may(permission)),
  ]);
  expect(Object.fromEntries(may)).toEqual({
    overview: ['numbers.read'],
    ranking: ['numbers.read'],
    silent: ['numbers.read', 'silent.read'],
    organisation: ['numbers.read'],
  });
});

test('links to the same view see the same, and of other views they do not', () => {
  const keys = [
    link({}),
    link({ view: 'silent' }),
    link({ query: '?period=month' }),
    link({ view: 'organisation', organisationId: 1 }),
    link({ view: 'organisation', organisationId: 12 }),
  ].map((each) => shareReaderOf(each, null).key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(shareReaderOf(link({ id: 2 }), null).key).toBe(keys[0]);
});
