import { expect, test } from 'vitest';
import { uncounted } from './counted.ts';
import { nextDoubt } from './doubts.ts';
import { acceptedIn } from './histories.ts';

const at = new Date('2026-03-10T12:00:00Z');
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
const hidden = { kind: 'no_posts', detail: 'the posts behind post 7 are not shown' } as const;

test('a doubt is passed over once it was there for hours, each for itself', () => {
  const first = nextDoubt(null, hidden, at);
  const both = nextDoubt(first, { ...hidden, detail: 'the posts behind post 3 are not shown' }, later(2));
  const stored = JSON.stringify(both);
  expect([5, 6, 8].map((hours) => acceptedIn(stored, later(hours)).length)).toEqual([0, 1, 2]);
  expect(acceptedIn(stored, later(6))).toEqual([hidden.detail]);
  expect(acceptedIn(null, at)).toEqual([]);
});

test('what the end of a whole way judges is passed over nowhere', () => {
  const left = nextDoubt(null, { kind: 'dropped', detail: 'no_date 4', drops: { no_date: 4 } }, at);
  const stored = JSON.stringify(nextDoubt(left, uncounted, at));
  expect(acceptedIn(stored, later(9))).toEqual([]);
});
