import { describe, expect, test } from 'vitest';
import { defaultWeights } from '../../domain/activity-index.ts';
import { defaultNorms } from '../../domain/norms.ts';
import { moversOf, silentOrganisations, unusualOf } from './changes.ts';
import type { GlanceRow } from '../ranking/stored/query-summaries.ts';

const even = { frequency: 50, regularity: 50, reach: 50, engagement: 50, growth: 50 };

function glance(id: number, row: Partial<GlanceRow['row']> = {}, rest: Partial<GlanceRow> = {}): GlanceRow {
  return {
    row: {
      organisation: { id, name: `Организация № ${id}`, short: `Орг ${id}`, tier: 'active' },
      league: { id: 'a', name: 'Членские организации' },
      place: id,
      placeTo: id,
      placeOf: 9,
      movement: 0,
      index: 50,
      components: even,
      status: 'active',
      statusReason: '',
      daysSilent: 1,
      posts: 4,
      subscribers: 500,
      growth: 3,
      growthPercent: 0.006,
      weeks: [3, 4, 3, 5, 4, 4],
      pages: [],
      ...row,
    },
    previous: { all: { status: 'active' } },
    before: { place: id, placeTo: id, index: 50, components: even },
    ...rest,
  };
}

describe('who is silent', () => {
  const wasStale = { previous: { all: { status: 'stale' as const } } };
  const silent = silentOrganisations(
    [
      glance(1, { status: 'dead', daysSilent: 64 }, wasStale),
      glance(2, { status: 'stale', daysSilent: 14 }),
      glance(3, { status: 'stale', daysSilent: 22 }, wasStale),
      glance(4, { status: 'stale', daysSilent: 19 }, wasStale),
      glance(5, { status: 'dead', daysSilent: null }, wasStale),
      glance(6, { status: 'quiet', daysSilent: 9 }),
      glance(7),
      // The New Year holidays stopped its clock: 24 days without a post, and newly silent all the same.
      glance(8, { status: 'stale', daysSilent: 24 }),
      // A card page is silent from 45 days on.
      glance(9, {
        status: 'stale',
        daysSilent: 46,
        organisation: { id: 9, name: 'Визитка', short: '', tier: 'card' },
      }),
    ],
    defaultNorms,
    10,
  );

  test('begins with the newly silent, then goes by days; never a post comes last', () => {
    expect(silent.organisations.map(({ organisation, since }) => [organisation.id, since])).toEqual([
      [2, 'yesterday'],
      [9, 'yesterday'],
      [4, 'week'],
      [8, 'week'],
      [3, 'earlier'],
      [1, 'earlier'],
      [5, 'earlier'],
    ]);
    expect(silent.organisations[1]?.organisation.short).toBe('Визитка');
  });

  test('counts all, those of before, and those on the way, however few are shown', () => {
    expect(silent).toMatchObject({ total: 7, fresh: 4, before: 4, standing: { organisations: 9, quiet: 1 } });
    expect(silentOrganisations([glance(1, { status: 'stale' })], defaultNorms, 0)).toMatchObject({
      organisations: [],
      total: 1,
    });
  });

  test('nobody known is no zero, now and at the end of last week', () => {
    const unread = [glance(1, { status: 'unknown' }), glance(2, { status: 'none' })];
    const before = (status: GlanceRow['previous']['all']['status']) => ({ previous: { all: { status } } });
    const none = { total: null, fresh: 0, before: null, standing: { organisations: 2, judged: 0 } };
    const asBefore = unread.map(({ row }) => glance(row.organisation.id, row, before('')));
    expect(silentOrganisations(asBefore, defaultNorms, 9)).toMatchObject(none);
    const known = [glance(1, {}, before('unknown')), glance(2, {}, before('stale'))];
    expect(silentOrganisations(known, defaultNorms, 9)).toMatchObject({ total: 0, before: 1 });
  });
});

describe('who moved', () => {
  const moved = (id: number, movement: number, change: Partial<GlanceRow['row']> = {}) =>
    glance(
      id,
      { movement, place: id, ...change },
      { before: { place: id + movement, placeTo: id + movement, index: 50, components: even } },
    );

  test('comes in both directions, the greatest first, cut with all counted', () => {
    const movers = moversOf(
      [
        moved(1, 1),
        moved(2, 3),
        moved(3, -2),
        moved(4, 2),
        glance(5, { movement: null, place: null }),
        glance(6),
      ],
      defaultWeights,
      2,
    );
    expect(
      movers.up.map(({ organisation, place, placeBefore }) => [organisation.id, placeBefore, place]),
    ).toEqual([
      [2, 5, 2],
      [4, 6, 4],
    ]);
    expect(movers.down.map(({ movement }) => movement)).toEqual([-2]);
    expect(movers).toMatchObject({ movedUp: 3, movedDown: 1, compared: 5 });
  });

  test('cannot be said without places in both weeks', () => {
    const before = { place: null, placeTo: null, index: null, components: even };
    const [first, left] = [
      glance(1, { movement: null }, { before }),
      glance(2, { movement: null, place: null }),
    ];
    expect(moversOf([first, left], defaultWeights, 2)).toEqual({
      up: [],
      down: [],
      movedUp: 0,
      movedDown: 0,
      compared: 0,
    });
  });

  test('for the component that brought or took most points, by its weight', () => {
    const up = { index: 58, components: { ...even, frequency: 70, growth: 80 } };
    const [mover] = moversOf([moved(1, 1, up)], defaultWeights, 1).up;
    // 20 points of frequency weigh 6, 30 of growth 3.
    expect(mover?.cause).toEqual({ component: 'frequency', before: 50, after: 70 });
    const down = { index: 45, components: { ...even, engagement: 20, frequency: 60 } };
    expect(moversOf([moved(3, -2, down)], defaultWeights, 1).down[0]?.cause).toEqual({
      component: 'engagement',
      before: 50,
      after: 20,
    });
  });

  test('or for no reason of its own: the neighbours moved, or nothing is known of it', () => {
    const worse = { index: 48, components: { ...even, reach: 40 } };
    expect(moversOf([moved(1, 1, worse)], defaultWeights, 1).up[0]?.cause).toBeNull();
    const none = { frequency: null, regularity: null, reach: null, engagement: null, growth: null };
    expect(moversOf([moved(1, 1, { components: none })], defaultWeights, 1).up[0]?.cause).toBeNull();
  });
});

describe('what is unusual', () => {
  test('is a leap of subscriptions, large in number and in share, and a burst of posts', () => {
    expect(
      unusualOf([
        glance(1, { growth: -120, growthPercent: -0.24 }),
        glance(2, { growth: 400, growthPercent: 0.05 }),
        glance(3, { growth: 20, growthPercent: 0.4 }),
        glance(4, { growth: null, growthPercent: null, posts: 15 }),
        glance(5, { posts: 15, weeks: [null, null, 2, 15] }),
        glance(6, { posts: 10, weeks: [0, 0, 0, 0, 10] }),
      ]),
    ).toEqual([
      {
        kind: 'jump',
        organisation: { id: 1, name: 'Организация № 1', short: 'Орг 1' },
        growth: -120,
        share: -0.24,
      },
      {
        kind: 'burst',
        organisation: { id: 4, name: 'Организация № 4', short: 'Орг 4' },
        posts: 15,
        usual: 4,
      },
      {
        kind: 'burst',
        organisation: { id: 6, name: 'Организация № 6', short: 'Орг 6' },
        posts: 10,
        usual: 0,
      },
    ]);
  });
});
