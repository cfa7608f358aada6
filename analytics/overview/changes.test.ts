import { describe, expect, test } from 'vitest';
import { defaultWeights } from '#domain/activity-index.ts';
import { defaultNorms } from '#domain/norms.ts';
import { findMovers, silentOrganisations, findUnusual } from './changes.ts';
import type { RankingSummary } from '../ranking/stored/query-ranking-summaries.ts';

const even = { frequency: 50, regularity: 50, reach: 50, engagement: 50, growth: 50 };

function summary(
  id: number,
  row: Partial<RankingSummary['row']> = {},
  rest: Partial<RankingSummary> = {},
): RankingSummary {
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
    previousTotals: { all: { status: 'active' } },
    previousPlace: { place: id, placeTo: id, index: 50, components: even },
    ...rest,
  };
}

describe('who is silent', () => {
  const wasStale = { previousTotals: { all: { status: 'stale' as const } } };
  const silent = silentOrganisations(
    [
      summary(1, { status: 'dead', daysSilent: 64 }, wasStale),
      summary(2, { status: 'stale', daysSilent: 14 }),
      summary(3, { status: 'stale', daysSilent: 22 }, wasStale),
      summary(4, { status: 'stale', daysSilent: 19 }, wasStale),
      summary(5, { status: 'dead', daysSilent: null }, wasStale),
      summary(6, { status: 'quiet', daysSilent: 9 }),
      summary(7),
      // The New Year holidays stopped its clock: 24 days without a post, and newly silent all the same.
      summary(8, { status: 'stale', daysSilent: 24 }),
      // A card page is silent from 45 days on.
      summary(9, {
        status: 'stale',
        daysSilent: 46,
        organisation: { id: 9, name: 'Визитка', short: 'Визитка', tier: 'card' },
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
  });

  test('counts all, those of before, and those on the way, however few are shown', () => {
    expect(silent).toMatchObject({ total: 7, fresh: 4, before: 4, statuses: { organisations: 9, quiet: 1 } });
    expect(silentOrganisations([summary(1, { status: 'stale' })], defaultNorms, 0)).toMatchObject({
      organisations: [],
      total: 1,
    });
  });

  test('nobody known is no zero, now and at the end of last week', () => {
    const unread = [summary(1, { status: 'unknown' }), summary(2, { status: 'none' })];
    const before = (status: RankingSummary['previousTotals']['all']['status']) => ({
      previousTotals: { all: { status } },
    });
    const none = { total: null, fresh: 0, before: null, statuses: { organisations: 2, judged: 0 } };
    const asBefore = unread.map(({ row }) => summary(row.organisation.id, row, before('')));
    expect(silentOrganisations(asBefore, defaultNorms, 9)).toMatchObject(none);
    const known = [summary(1, {}, before('unknown')), summary(2, {}, before('stale'))];
    expect(silentOrganisations(known, defaultNorms, 9)).toMatchObject({ total: 0, before: 1 });
  });
});

describe('who moved', () => {
  const moved = (id: number, movement: number, change: Partial<RankingSummary['row']> = {}) =>
    summary(
      id,
      { movement, place: id, ...change },
      { previousPlace: { place: id + movement, placeTo: id + movement, index: 50, components: even } },
    );

  test('comes in both directions, the greatest first, cut with all counted', () => {
    const movers = findMovers(
      [
        moved(1, 1),
        moved(2, 3),
        moved(3, -2),
        moved(4, 2),
        summary(5, { movement: null, place: null }),
        summary(6),
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
    const previousPlace = { place: null, placeTo: null, index: null, components: even };
    const [first, left] = [
      summary(1, { movement: null }, { previousPlace }),
      summary(2, { movement: null, place: null }),
    ];
    expect(findMovers([first, left], defaultWeights, 2)).toEqual({
      up: [],
      down: [],
      movedUp: 0,
      movedDown: 0,
      compared: 0,
    });
  });

  test('for the component that brought or took most points, by its weight', () => {
    const up = { index: 58, components: { ...even, frequency: 70, growth: 80 } };
    const [mover] = findMovers([moved(1, 1, up)], defaultWeights, 1).up;
    // 20 points of frequency weigh 6, 30 of growth 3.
    expect(mover?.cause).toEqual({ component: 'frequency', before: 50, after: 70 });
    const down = { index: 45, components: { ...even, engagement: 20, frequency: 60 } };
    expect(findMovers([moved(3, -2, down)], defaultWeights, 1).down[0]?.cause).toEqual({
      component: 'engagement',
      before: 50,
      after: 20,
    });
  });

  test('or for no reason of its own: the neighbours moved, or nothing is known of it', () => {
    const worse = { index: 48, components: { ...even, reach: 40 } };
    expect(findMovers([moved(1, 1, worse)], defaultWeights, 1).up[0]?.cause).toBeNull();
    const none = { frequency: null, regularity: null, reach: null, engagement: null, growth: null };
    expect(findMovers([moved(1, 1, { components: none })], defaultWeights, 1).up[0]?.cause).toBeNull();
  });
});

describe('what is unusual', () => {
  test('is a leap of subscriptions, large in number and in share, and a burst of posts', () => {
    expect(
      findUnusual([
        summary(1, { growth: -120, growthPercent: -0.24 }),
        summary(2, { growth: 400, growthPercent: 0.05 }),
        summary(3, { growth: 20, growthPercent: 0.4 }),
        summary(4, { growth: null, growthPercent: null, posts: 15 }),
        summary(5, { posts: 15, weeks: [null, null, 2, 15] }),
        summary(6, { posts: 10, weeks: [0, 0, 0, 0, 10] }),
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
