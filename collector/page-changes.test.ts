import { expect, test } from 'vitest';
import type { Page } from '#schema/operations/pages.ts';
import { registeredPage } from '#tests/helpers/looks.ts';
import { changesOf } from './page-changes.ts';

const observed = new Date('2026-03-10T05:00:00Z');
const page: Page = registeredPage({ historyReached: '2025-06-01', historyCursor: 100, reachProof: null });

test('nothing new, nothing to write', () => {
  expect(changesOf(page, { observed, state: 'ok', name: 'union', title: 'Профсоюз' })).toEqual({
    changes: {},
    events: [],
  });
  expect(changesOf(page, { observed, state: null, name: null, title: '' })).toEqual({
    changes: {},
    events: [],
  });
});

test('another state, name or title is a change and an event', () => {
  const { changes, events } = changesOf(page, { observed, state: 'closed', name: 'union38', title: 'Союз' });
  expect(changes).toEqual({ state: 'closed', stateSince: observed, name: 'union38', title: 'Союз' });
  expect(events.map(({ event, before, after }) => [event, before, after])).toEqual([
    ['state', 'ok', 'closed'],
    ['renamed', 'union', 'union38'],
    ['title', 'Профсоюз', 'Союз'],
  ]);
});

test('the first name and title, and another spelling, are learnt without an event', () => {
  const fresh = { ...page, name: null, title: '' };
  expect(changesOf(fresh, { observed, name: 'union', title: 'Союз' })).toEqual({
    changes: { name: 'union', title: 'Союз' },
    events: [],
  });
  expect(changesOf(page, { observed, name: 'Union' })).toEqual({ changes: { name: 'Union' }, events: [] });
});

test('the history only ever reaches further back, and is told when it is complete', () => {
  expect(changesOf(page, { observed, historyReached: '2025-07-01' }).changes).toEqual({});
  expect(changesOf(page, { observed, historyReached: '2025-01-01', historyComplete: true })).toMatchObject({
    changes: { historyReached: '2025-01-01' },
    events: [{ event: 'history_reached', before: '2025-06-01', after: '2025-01-01' }],
  });
});
