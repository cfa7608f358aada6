import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar.ts';
import { curatedWorld, organisationLike, pageLike, postLike } from '../world/curated.ts';
import type { Post } from '../world/types.ts';
import { Truth } from './truth.ts';
import type { TruthRequest } from './types.ts';

const now = new Date('2026-03-10T04:00:00Z');
const week = { from: '2026-03-02', to: '2026-03-08' };
const source = { ownerId: -9, postId: 1, authorId: -9, published: 0, text: 'Чужое', type: 'post' } as const;
const instant = (text: string): number => Date.parse(text);
const words = (number: number): string =>
  `Совсем другая новость под номером ${number}: ${'абвгдежз'.slice(0, number % 8)}`;

function worldOf(posts: readonly Post[], tier: 'active' | 'card' = 'active'): Truth {
  const jump = { from: instant('2026-03-05T00:00:00Z'), value: 0.1 };
  return new Truth(
    curatedWorld({
      organisations: [organisationLike({ id: 1, tier, members: [{ on: '2026-01-01', count: 500 }] })],
      pages: [
        pageLike({
          id: 1,
          organisationId: 1,
          subscribers: { base: 1000, anchor: 0, weeklyGrowth: 0, noise: 0, jumps: [jump] },
        }),
        pageLike({ id: 2, organisationId: 1 }),
      ],
      posts,
    }),
  );
}

const request: TruthRequest = {
  now,
  historyFrom: '2026-03-01',
  snapshots: [new Date('2026-03-01T15:00:00Z'), new Date('2026-03-08T15:00:00Z'), now],
};

describe('measures worked out by hand', () => {
  const truth = worldOf([
    postLike({ pageId: 1, id: 1, published: instant('2026-03-01T15:59:00Z') }),
    postLike({ pageId: 1, id: 2, published: instant('2026-03-01T16:30:00Z') }),
    postLike({ pageId: 1, id: 3, published: instant('2026-03-04T04:00:00Z'), sources: [source], text: '' }),
    postLike({
      pageId: 1,
      id: 4,
      published: instant('2026-03-04T05:00:00Z'),
      deletedAt: instant('2026-03-05T05:00:00Z'),
    }),
    postLike({ pageId: 1, id: 5, published: instant('2026-03-04T06:00:00Z'), finalViews: null }),
    postLike({ pageId: 1, id: 6, published: instant('2026-03-04T07:00:00Z'), placement: 'visitor' }),
    postLike({ pageId: 1, id: 7, published: instant('2026-03-08T15:59:59Z') }),
    postLike({ pageId: 1, id: 8, published: instant('2026-03-08T16:00:00Z') }),
  ]);

  it('of one page over a week of Irkutsk', () => {
    expect(truth.page(1, week, request)).toEqual({
      posts: 4,
      originals: 3,
      reposts: 1,
      maturePosts: 3,
      postsPerWeek: 4,
      views: 286,
      viewsPrecision: 'exact',
      medianViews: 100,
      likes: 39,
      comments: 7,
      shares: 4,
      reactions: 50,
      reactionsPrecision: 'exact',
      partialReactions: 0,
      erView: 26 / 200,
      erParts: ['likes', 'comments', 'reposts'],
      erPost: 13 / 1100,
      erDay: 39 / 7 / 1100,
      reachRate: 100 / 1100,
      subscribers: 1100,
      subscribersPrecision: 'exact',
      growth: 100,
      growthPercent: 0.1,
      longestSilence: 4,
      daysSilent: 0,
      status: 'active',
      statusReason: null,
    });
  });

  it('of an organisation with a second page that never published', () => {
    const measures = truth.organisation(1, week, request);
    expect(measures).toMatchObject({ posts: 4, subscribers: 2100, growth: 100, status: 'active' });
    expect(measures.growthPercent).toBeCloseTo(0.05);
    expect(truth.posts(1, week, request).map(({ id, kind }) => [id, kind])).toEqual([
      [2, 'original'],
      [3, 'repost'],
      [5, 'original'],
      [7, 'original'],
    ]);
  });

  it('knows no growth without a snapshot near both bounds, and no week without history', () => {
    const late = { ...request, snapshots: [now] };
    expect(truth.page(1, week, late)).toMatchObject({ growth: null, subscribers: null, erPost: null });
    const running = { from: '2026-03-09', to: '2026-03-15' };
    expect(truth.page(1, running, request)).toMatchObject({
      posts: 1,
      growth: 0,
      subscribers: 1100,
      postsPerWeek: 7,
    });
    expect(truth.page(1, { from: '2026-02-02', to: '2026-02-08' }, request)).toMatchObject({
      posts: null,
      originals: null,
      views: null,
      postsPerWeek: null,
      longestSilence: null,
    });
  });

  it('says nothing of a page that could never be read, nor of reactions while all posts still gain', () => {
    const none = { ...request, snapshots: [] };
    expect(truth.page(1, week, none)).toMatchObject({
      posts: null,
      originals: null,
      reposts: null,
      maturePosts: null,
      views: null,
      reactions: null,
      postsPerWeek: null,
      longestSilence: null,
      status: 'unknown',
    });
    expect(truth.page(1, { from: '2026-03-08', to: '2026-03-09' }, request)).toMatchObject({
      posts: 2,
      maturePosts: 0,
      erPost: null,
      erDay: null,
      medianViews: null,
    });
  });

  it('names what is not there', () => {
    expect(() => truth.organisation(5, week, request)).toThrow('There is no organisation 5');
    expect(() => truth.page(5, week, request)).toThrow('There is no page 5');
    expect(truth.posts(5, week, request)).toEqual([]);
  });
});

describe('counted posts worked out by hand', () => {
  const monday = instant('2026-03-02T02:00:00Z');
  const hour = 3_600_000;
  const at = (id: number, hours: number, more: Partial<Post> = {}): Post =>
    postLike({ pageId: 1, id, published: monday + hours * hour, text: words(id), ...more });

  it('takes three a day, repeated texts once, reposts up to half of the norm', () => {
    const truth = worldOf([
      at(1, 0),
      at(2, 1),
      at(3, 2),
      at(4, 3),
      at(5, 24, { text: `${words(1)} #тег` }),
      at(6, 72, { text: words(1) }),
      postLike({
        pageId: 2,
        id: 7,
        published: monday + 73 * hour,
        copyOf: '1_6',
        text: `${words(1)}\n\n#рядом`,
      }),
      at(8, 96, { sources: [source], text: '' }),
      at(9, 97, { sources: [source], text: '' }),
      at(10, 98),
      at(11, 99, { sources: [source], text: 'Слова' }),
    ]);
    const wide = { ...request, historyFrom: '2026-03-02' };
    expect(truth.counted(1, week, wide)).toEqual({
      countedPosts: 3 + 1 + 1 + 1.5,
      trackedDays: 7,
      perWeek: 6.5,
      norm: 3,
      weeks: 1,
      weeksAtNorm: 1,
    });
  });

  it('looks at a card page in blocks of 28 days back from the end, without holidays', () => {
    const truth = worldOf([at(1, 0), at(2, -24 * 30, { sources: [source], text: '' })], 'card');
    const counted = truth.counted(1, week, { ...request, historyFrom: '2025-01-01' });
    expect(counted).toEqual({
      countedPosts: 1.5,
      trackedDays: 91 - 8,
      perWeek: 1.5 / (83 / 7),
      norm: 0.25,
      weeks: 2,
      weeksAtNorm: 1,
    });
  });
});

describe('status', () => {
  const last = instant('2026-03-01T04:00:00Z');
  const truth = worldOf([postLike({ pageId: 1, id: 1, published: last })]);
  const after = (days: number, more: Partial<TruthRequest> = {}): string => {
    const asked = new Date(last + days * 86_400_000);
    const day = addDays('2026-03-01', days);
    const { status, daysSilent } = truth.page(
      1,
      { from: day, to: day },
      { now: asked, historyFrom: '2026-01-20', ...more },
    );
    return `${status} ${daysSilent}`;
  };

  it('goes from slow to dead as silence grows', () => {
    expect([0, 6, 7, 13, 14, 29, 30].map((days) => after(days))).toEqual([
      'slow 0',
      'slow 6',
      'quiet 7',
      'quiet 13',
      'stale 14',
      'stale 29',
      'dead 30',
    ]);
  });

  it('claims nothing about a page that nobody looked at, or that never had a post', () => {
    expect(after(10, { lastObservation: new Date(last + 5 * 86_400_000) })).toBe('unknown null');
    expect(after(10, { lastObservation: new Date(last + 8 * 86_400_000) })).toBe('quiet 8');
    expect(truth.page(2, week, { now, historyFrom: '2026-01-20' }).status).toBe('dead');
    expect(truth.page(2, week, { now, historyFrom: '2026-03-01' }).status).toBe('unknown');
  });

  it('knows pauses and closed pages when the world is known', () => {
    const world = curatedWorld({
      organisations: [
        organisationLike({ id: 1, pauses: [{ from: '2026-03-03', to: '2026-03-05', reason: 'Ремонт' }] }),
        organisationLike({ id: 2 }),
      ],
      pages: [
        pageLike({ id: 1, organisationId: 1 }),
        pageLike({
          id: 2,
          organisationId: 2,
          states: [
            { from: 0, value: 'ok' },
            { from: instant('2026-03-08T00:00:00Z'), value: 'banned' },
          ],
        }),
      ],
      posts: [
        postLike({ pageId: 1, id: 1, published: last }),
        postLike({ pageId: 2, id: 1, published: last }),
      ],
    });
    const known: TruthRequest = { ...request, knows: 'world' };
    expect(new Truth(world).organisation(1, week, known).daysSilent).toBe(4);
    expect(new Truth(world).organisation(1, week, request).daysSilent).toBe(7);
    expect(new Truth(world).organisation(1, { from: '2026-03-04', to: '2026-03-04' }, known).status).toBe(
      'paused',
    );
    const march = { from: '2026-03-01', to: '2026-03-31' };
    expect(new Truth(world).organisation(2, march, { ...request, snapshots: [now] })).toMatchObject({
      status: 'unknown',
      statusReason: 'blocked',
      posts: null,
    });
    const daily = Array.from(
      { length: 9 },
      (_unused, day) => new Date(instant('2026-03-01T10:00:00Z') + day * 86_400_000),
    );
    expect(new Truth(world).organisation(2, march, { ...request, snapshots: [...daily, now] })).toMatchObject(
      { posts: 1, statusReason: 'blocked' },
    );
    const read = { ...request, snapshots: [...daily, now] };
    const asked = (from: string, to: string) => new Truth(world).organisation(2, { from, to }, read);
    expect(asked('2026-03-02', '2026-03-07')).toMatchObject({ posts: 0, postsPerWeek: 0, views: 0 });
    expect(asked('2026-03-09', '2026-03-15')).toMatchObject({
      ...{ posts: null, originals: null, reposts: null, maturePosts: null, postsPerWeek: null },
      ...{ views: null, reactions: null, erDay: null, longestSilence: null },
    });
  });
});
