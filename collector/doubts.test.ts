import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DoubtSeen, StoredDoubt } from './doubts.ts';
import { doubtsOf, isAskedInVain, nextDoubt, nextDoubts, readDoubt, sameDoubt } from './doubts.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 10, 5) + hours * 3_600_000);
const vanished = (...missing: number[]): DoubtSeen => ({ kind: 'vanished', detail: 'some', missing });
const dropped = (drops: Record<string, number>): DoubtSeen => ({
  kind: 'dropped',
  detail: JSON.stringify(drops),
  drops,
});

/** What is kept after doubts seen one after the other, hours apart. */
function after(seen: readonly (readonly [number, DoubtSeen])[]): StoredDoubt | null {
  return seen.reduce<StoredDoubt | null>(
    // Through the store and back.
    (kept, [hours, doubt]) => readDoubt(JSON.stringify(nextDoubt(kept, doubt, at(hours)))),
    null,
  );
}

describe('the same evidence', () => {
  test('convinces six hours after it was seen first, not before', () => {
    expect(
      after([
        [0, vanished(1)],
        [5.9, vanished(1)],
      ])?.accepted,
    ).toBeUndefined();
    expect(
      after([
        [0, vanished(1)],
        [3, vanished(1, 2)],
        [6, vanished(1)],
      ]),
    ).toMatchObject({
      accepted: true,
      since: at(0).toISOString(),
    });
  });

  test('of items left out is the same reasons, of which there are not many more', () => {
    expect(
      after([
        [0, dropped({ no_date: 3 })],
        [7, dropped({ no_date: 6 })],
      ])?.accepted,
    ).toBe(true);
    expect(
      after([
        [0, dropped({ no_date: 3 })],
        [7, dropped({ no_date: 7 })],
      ])?.accepted,
    ).toBeUndefined();
    expect(
      after([
        [0, dropped({ no_date: 3 })],
        [7, dropped({ no_date: 2, foreign: 1 })],
      ])?.accepted,
    ).toBeUndefined();
    expect(
      after([
        [0, dropped({ no_date: 3, foreign: 1 })],
        [7, dropped({ no_date: 2 })],
      ])?.accepted,
    ).toBe(true);
  });

  test('that grows by one at each look convinces, whatever it began with', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 50 }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        (first, step) => {
          const looks = Array.from({ length: Math.ceil(6 / step) + 1 }, (_, index) => index);
          const kept = after(looks.map((look) => [look * step, dropped({ no_date: first + look })]));
          expect(kept?.accepted).toBe(true);
          // Once believed, it is measured by what it has grown to.
          const more = first + looks.length;
          expect(nextDoubt(kept, dropped({ no_date: more }), at(20)).accepted).toBe(true);
        },
      ),
    );
  });
});

describe('two doubts in turn', () => {
  test('keep their own instants', () => {
    const one: DoubtSeen = { kind: 'no_posts', detail: 'none' };
    const other = dropped({ no_date: 9 });
    const kept = after([
      [0, one],
      [1, other],
      [2, one],
      [3, other],
      [6, one],
      [7, other],
    ]);
    expect(kept).toMatchObject({ kind: 'dropped', since: at(1).toISOString(), accepted: true });
    expect(sameDoubt(kept, one)).toMatchObject({ since: at(0).toISOString(), accepted: true });
    expect(doubtsOf(kept)).toHaveLength(2);
  });

  test('that are seen at once are both kept, and no more than five in all', () => {
    const many = Array.from({ length: 9 }, (_, index): [number, DoubtSeen] => [
      index,
      { kind: 'wrong_place', detail: `place ${index}` },
    ]);
    const kept = after(many);
    expect(doubtsOf(kept).map(({ detail }) => detail)).toEqual([
      'place 8',
      'place 7',
      'place 6',
      'place 5',
      'place 4',
    ]);
    const { seen, others } = nextDoubts(
      kept,
      [vanished(3), { kind: 'wrong_place', detail: 'place 6' }],
      at(20),
    );
    expect(seen.map(({ since }) => since)).toEqual([at(20).toISOString(), at(6).toISOString()]);
    expect(others).toHaveLength(4);
  });
});

test('posts that were there when asked for are not asked for again before that could convince', () => {
  const kept = { ...nextDoubt(null, vanished(1), at(0)), asked: at(0).toISOString() };
  expect(isAskedInVain(kept, at(5))).toBe(true);
  expect(isAskedInVain(kept, at(6))).toBe(false);
  expect(isAskedInVain(nextDoubt(null, vanished(1), at(0)), at(1))).toBe(false);
});

test('what is kept and is damaged is nothing', () => {
  const doubt = { kind: 'vanished', detail: 'x', since: at(0).toISOString() };
  expect(readDoubt(JSON.stringify(doubt))).toEqual(doubt);
  const odd = [
    { others: 5 },
    { others: [null] },
    { ids: {} },
    { since: 'rubbish' },
    { kind: 'other' },
    { drops: 1 },
  ];
  const stored = odd.map((each) => JSON.stringify({ ...doubt, ...each }));
  for (const each of ['{"kind": "van', 'null', '7', '{}', ...stored])
    expect(readDoubt(each), each).toBeNull();
});
