import { describe, expect, test } from 'vitest';
import type { PageSeen, Surroundings } from './plausible.ts';
import { newestSeen, oddnessOf } from './plausible.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A page of these ids, each a day after the one before. */
function page(ids: readonly number[], more: Partial<PageSeen> & { days?: number } = {}): PageSeen {
  const { days = 0, ...others } = more;
  const posts = ids.map((postId) => ({ postId, published: at(postId + days) }));
  return { ids, posts, isShort: false, mayBeLast: false, ...others };
}

const nothing: Surroundings = { before: null, above: null, last: null, from: null };
const odd = (seen: PageSeen, around: Partial<Surroundings> = {}) =>
  oddnessOf(seen, { ...nothing, ...around });

describe('messages are left out', () => {
  test('of a page that is short, where ids are missing or nobody knows what is above', () => {
    const short = { isShort: true };
    expect(odd(page(range(81, 99), short), { before: 100 })).toBeNull();
    expect(odd(page(range(81, 98), short), { before: 100 })).toBe('left_out');
    expect(odd(page([...range(81, 89), ...range(91, 99)], short), { before: 100 })).toBe('left_out');
    expect(odd(page(range(81, 99), short))).toBe('left_out');
  });

  test('of a full page with one long gap, also above it', () => {
    expect(odd(page(range(81, 100)), { before: 103 })).toBeNull();
    expect(odd(page(range(81, 100)), { before: 110 })).toBe('left_out');
    const ids = [...range(71, 80), ...range(90, 99)];
    expect(odd(page(ids), { before: 100 })).toBe('left_out');
    expect(odd(page(ids, { mayBeLast: true }), { before: 100 })).toBeNull();
    // Of a newest page it is the one before that tells.
    expect(odd(page(ids))).toBeNull();
    expect(odd(page(ids), { last: newestSeen(page(range(79, 98))) })).toBe('left_out');
  });

  test('of a newest page that ends before the one seen last, not of gaps that were the same twice', () => {
    const ids = [...range(71, 80), ...range(90, 99)];
    const last = newestSeen(page(ids));
    expect(odd(page(ids), { last })).toBeNull();
    expect(odd(page([...ids.slice(1), 100]), { last })).toBeNull();
    expect(odd(page(range(60, 79)), { last })).toBe('left_out');
    expect(odd(page(range(60, 79), { mayBeLast: true }), { last })).toBe('left_out');
    const short = newestSeen(page(range(80, 97), { isShort: true }));
    expect(odd(page(range(81, 98), { isShort: true }), { last: short })).toBeNull();
    expect(odd(page(range(82, 98), { isShort: true }), { last: short })).toBe('left_out');
  });
});

describe('dates are unlikely', () => {
  const ids = range(81, 100);

  test('that are far before those above, or behind them', () => {
    const around = { before: 101, above: at(101) };
    expect(odd(page(ids), around)).toBeNull();
    expect(odd(page(ids, { days: -400 }), around)).toBe('dates');
    expect(odd(page(ids, { days: 100 }), around)).toBe('dates');
  });

  test('that are others than the newest page had, or earlier for newer messages', () => {
    const last = newestSeen(page(range(61, 80)));
    expect(odd(page(range(62, 81)), { last })).toBeNull();
    expect(odd(page(range(62, 81), { days: -400 }), { last })).toBe('dates');
    expect(odd(page(ids, { days: -400 }), { last })).toBe('dates');
    expect(odd(page(ids), { last })).toBeNull();
  });

  test('by which alone a whole page is older than is wanted', () => {
    const from = at(200);
    expect(odd(page(ids), { before: 101, from })).toBe('dates');
    expect(odd(page(ids), { before: 101, from, above: at(102) })).toBeNull();
    expect(odd(page(ids), { from, last: newestSeen(page(ids)) })).toBeNull();
    expect(odd(page(ids), { before: 101, from: at(90) })).toBeNull();
  });
});
