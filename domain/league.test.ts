import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assignLeagues, membersAt, sizeClassOf } from './league.ts';
import type { LeagueFacts } from './league.ts';
import { levels, tiers } from './vocabulary.ts';

let lastId = 0;
const organisation = (members: number | null, changes: Partial<LeagueFacts> = {}): LeagueFacts => ({
  organisationId: (lastId += 1),
  level: 'branch',
  tier: 'active',
  members: members === null ? [] : [{ on: '2026-01-01', count: members }],
  subscriptions: null,
  handSet: '',
  ...changes,
});
const several = (count: number, members: number | null, changes: Partial<LeagueFacts> = {}) =>
  Array.from({ length: count }, () => organisation(members, changes));
const shown = (organisations: LeagueFacts[]) =>
  assignLeagues(organisations, '2026-03-31').leagues.map(({ id, name, size }) => [id, name, size]);

describe('leagues', () => {
  it('are classes of union members within level and tier, the largest is the first', () => {
    expect(
      shown([...several(5, 999), ...several(6, 1000), ...several(5, 19_999), ...several(7, 20_000)]),
    ).toEqual([
      ['branch:active:20000-', 'Членские организации, 1-я группа', 7],
      ['branch:active:5000-20000', 'Членские организации, 2-я группа', 5],
      ['branch:active:1000-5000', 'Членские организации, 3-я группа', 6],
      ['branch:active:0-1000', 'Членские организации, 4-я группа', 5],
    ]);
  });

  it('are numbered within their level over its tiers; the only one of a level is not', () => {
    expect(
      shown([
        ...several(5, 100),
        ...several(1, 100, { level: 'federation' }),
        ...several(5, 100, { tier: 'card' }),
      ]),
    ).toEqual([
      ['federation:active:0-', 'Федерация', 1],
      ['branch:active:0-', 'Членские организации, 1-я группа', 5],
      ['branch:card:0-', 'Членские организации, 2-я группа', 5],
    ]);
  });

  it('the smallest class joins its smaller neighbour first', () => {
    expect(
      shown([...several(6, 100), ...several(4, 2000), ...several(5, 6000), ...several(9, 30_000)]),
    ).toEqual([
      ['branch:active:20000-', 'Членские организации, 1-я группа', 9],
      ['branch:active:1000-20000', 'Членские организации, 2-я группа', 9],
      ['branch:active:0-1000', 'Членские организации, 3-я группа', 6],
    ]);
    expect(shown([...several(6, 100), ...several(6, 30_000)]).map(([id]) => id)).toEqual([
      'branch:active:20000-',
      'branch:active:0-20000',
    ]);
    expect(shown(several(3, 100))).toEqual([['branch:active:0-', 'Членские организации', 3]]);
    expect(shown([])).toEqual([]);
  });

  it('go by the members at 1 January of the year the period ends in', () => {
    const members = [
      { on: '2026-06-01', count: 30_000 },
      { on: '2025-01-01', count: 100 },
      { on: '2026-01-01', count: 2000 },
    ];
    expect(membersAt(members, '2026-01-01')?.count).toBe(2000);
    expect(membersAt(members, '2025-12-31')?.count).toBe(100);
    expect(membersAt(members, '2024-01-01')?.count).toBe(100);
    expect(membersAt([], '2026-01-01')).toBeNull();
    const facts = [...several(5, 100), ...several(5, 2500), organisation(null, { members })];
    const league = (end: string) =>
      assignLeagues(facts, end).membership.get(facts[10]?.organisationId ?? 0)?.league.from;
    expect(league('2025-12-31')).toBeNull();
    expect(league('2026-01-01')).toBe(1000);
    expect(league('2027-01-01')).toBe(1000);
  });

  it('without a member count go by subscriptions, without those to the lowest class, and say so', () => {
    const facts = [
      ...several(5, 100),
      ...several(5, 2000),
      organisation(null, { subscriptions: 2000 }),
      organisation(null),
    ];
    const { membership } = assignLeagues(facts, '2026-03-31');
    const basis = facts.map(({ organisationId }) => membership.get(organisationId)?.basis);
    expect(basis).toEqual([...Array<string>(10).fill('members'), 'subscriptions', 'unknown_size']);
    expect(membership.get(facts[10]?.organisationId ?? 0)?.league.from).toBe(1000);
    expect(membership.get(facts[11]?.organisationId ?? 0)?.league.from).toBeNull();
  });

  it('set by hand win: by an id, also of a class that was joined, or by any name', () => {
    const facts = [
      ...several(6, 100),
      ...several(6, 30_000),
      organisation(100, { handSet: 'branch:active:20000-' }),
      organisation(30_000, { handSet: 'branch:active:1000-5000' }),
      organisation(100, { handSet: ' Вся федерация ' }),
      organisation(100, { handSet: 'вся федерация', level: 'primary' }),
      organisation(100, { handSet: 'Членские организации, 1-я группа' }),
    ];
    const { leagues, membership } = assignLeagues(facts, '2026-03-31');
    expect(leagues.map(({ id, name, size }) => [id, name, size])).toEqual([
      ['branch:active:20000-', 'Членские организации, 2-я группа', 7],
      ['branch:active:0-20000', 'Членские организации, 3-я группа', 7],
      ['hand:вся федерация', 'Вся федерация', 2],
      ['hand:членские организации, 1-я группа', 'Членские организации, 1-я группа', 1],
    ]);
    expect(membership.get(facts[12]?.organisationId ?? 0)).toMatchObject({
      basis: 'hand',
      league: { from: 20_000 },
    });
  });

  it('have names of their own, however many there are', () => {
    const facts = Array.from({ length: 30 }, (_, index) =>
      several(1, 1, { handSet: `branch:x${index}` }),
    ).flat();
    expect(assignLeagues(facts, '2026-01-01').leagues).toHaveLength(30);
    const many = levels.flatMap((level) =>
      tiers.flatMap((tier) => [10, 2000, 9000, 50_000].flatMap((size) => several(5, size, { level, tier }))),
    );
    const names = assignLeagues(many, '2026-01-01').leagues.map(({ name }) => name);
    expect(names).toHaveLength(60);
    expect(new Set(names).size).toBe(60);
    expect(names.at(-1)).toBe('Первичные организации, 12-я группа');
  });

  it('hold everybody once, with at least 5 unless one is left, whatever the order of the input', () => {
    expect(sizeClassOf(4999)).toEqual({ from: 1000, to: 5000 });
    const sizes = fc.array(fc.constantFrom(10, 999, 1000, 4999, 5000, 19_999, 20_000, 50_000), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(sizes, (members) => {
        const facts = members.map((size) => organisation(size));
        const { leagues, membership } = assignLeagues(facts, '2026-03-31');
        expect(membership.size).toBe(facts.length);
        expect(leagues.reduce((sum, { size }) => sum + size, 0)).toBe(facts.length);
        expect(leagues.length === 1 || leagues.every(({ size }) => size >= 5)).toBe(true);
        facts.forEach(({ organisationId }, index) => {
          const league = membership.get(organisationId)?.league;
          const size = members[index] ?? 0;
          expect(size >= (league?.from ?? 0) && size < (league?.to ?? Infinity)).toBe(true);
        });
        expect(assignLeagues(facts.toReversed(), '2026-03-31').leagues).toEqual(leagues);
      }),
    );
  });
});
