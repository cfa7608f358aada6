import { describe, expect, it } from 'vitest';
import { channelLike, curatedWorld, organisationLike, pageLike, postLike } from '../world/curated.ts';
import type { Page, Post } from '../world/types.ts';
import { Truth } from './truth.ts';
import type { TruthRequest, TruthRow } from './types.ts';

const now = new Date('2026-03-10T04:00:00Z');
const week = { from: '2026-03-02', to: '2026-03-08' };
const source = { ownerId: -9, postId: 1, authorId: -9, published: 0, text: 'Чужое', type: 'post' } as const;
const at = (hour: number): number => Date.parse('2026-03-02T02:00:00Z') + hour * 3_600_000;
const request: TruthRequest = {
  now,
  historyFrom: '2025-12-01',
  snapshots: [new Date('2026-03-01T10:00:00Z'), new Date('2026-03-08T15:00:00Z'), now],
};

/** Organisations of one league, each with its pages; page ids are the organisation's, from 10 times it on. */
function rankedOf(
  pages: readonly Page[],
  posts: readonly Post[],
  more: Partial<TruthRequest> = {},
): TruthRow[] {
  const ids = [...new Set(pages.map(({ organisationId }) => organisationId))];
  const organisations = ids.map((id) => organisationLike({ id }));
  return new Truth(curatedWorld({ organisations, pages, posts })).ranking(week, { ...request, ...more });
}

const vk = pageLike({ id: 10, organisationId: 1 });
const channel = channelLike({ id: 11, organisationId: 1 });
const post = (pageId: number, id: number, hour: number, more: Partial<Post> = {}): Post =>
  postLike({ pageId, id, published: at(hour), text: `Новость ${pageId} и ${id}`, ...more });

describe('an organisation in two networks', () => {
  const forward = { sources: [source], text: 'Чужое', finalViews: 90_000, finalReposts: 700 };
  const posts = [post(10, 1, 0), post(11, 2, 1), post(11, 3, 50, forward)];

  it('has sums over both, medians and rates in each, and none of a forward’s views and forwards', () => {
    const [row] = rankedOf([vk, channel], posts);
    expect(row).toMatchObject({ posts: 3, views: 200, reactions: 38, subscribers: 2000 });
    expect(row).toMatchObject({
      medianViews: null,
      erView: null,
      erPost: null,
      erDay: null,
      reachRate: null,
    });
    expect(row?.networks.vk).toMatchObject({ posts: 1, medianViews: 100, erView: 0.13, reachRate: 0.1 });
    expect(row?.networks.telegram).toMatchObject({
      posts: 2,
      originals: 1,
      views: 100,
      likes: 20,
      comments: 4,
      shares: 1,
      partialReactions: 1,
      medianViews: 100,
      erView: 0.13,
      erPost: 25 / 2 / 1000,
    });
  });

  it('counts the same text in both networks once', () => {
    const twice = [post(10, 1, 0), post(11, 2, 5, { text: 'Новость 10 и 1 #канал' }), post(11, 3, 60)];
    expect(rankedOf([vk, channel], twice)[0]).toMatchObject({ posts: 3, counted: { countedPosts: 2 } });
  });

  it('is rated in the only network where it wrote, by the subscriptions there', () => {
    const [row] = rankedOf([vk, channel], [post(11, 2, 1)]);
    expect(row).toMatchObject({ medianViews: 100, reachRate: 0.1, erPost: 0.013, subscribers: 2000 });
  });

  it('grows where every page is known at both bounds', () => {
    const states = [
      { from: 0, value: 'ok' as const },
      { from: Date.parse('2026-03-05T00:00:00Z'), value: 'private' as const },
    ];
    const [row] = rankedOf([vk, { ...channel, states }], posts);
    expect(row).toMatchObject({ growth: null, subscribers: 1000 });
    expect([row?.networks.vk?.growth, row?.networks.telegram?.growth]).toEqual([0, null]);
  });
});

describe('a channel read without a key', () => {
  const many = { finalViews: 1_234, finalLikes: 0 };

  it('shows abbreviated views, neither comments nor forwards, and no reactions as none where some are shown', () => {
    const posts = [post(11, 1, 0, many), post(11, 2, 40)];
    const [row] = rankedOf([channel], posts, { telegram: 'web' });
    expect(row).toMatchObject({
      views: 1_330,
      viewsPrecision: 'rounded',
      likes: 10,
      comments: null,
      shares: null,
    });
    expect(row).toMatchObject({ reactions: 10, partialReactions: 2, erView: 10 / 1_330, erParts: ['likes'] });
    expect(rankedOf([channel], posts)[0]).toMatchObject({
      views: 1_334,
      viewsPrecision: 'exact',
      comments: 4,
    });
    const [silent] = rankedOf([channel], [post(11, 1, 0, many)], { telegram: 'web' });
    expect(silent).toMatchObject({ likes: null, reactions: null, erView: null, erParts: [], erPost: null });
  });

  it('is closed without a preview, and unknown when nobody reads Telegram', () => {
    const hidden = channelLike({
      id: 11,
      organisationId: 1,
      channel: { preview: false, reactions: true, comments: false, albumShare: 0, takenBy: null },
    });
    const web = rankedOf([hidden], [post(11, 1, 0)], { telegram: 'web' })[0];
    expect(web).toMatchObject({ status: 'unknown', statusReason: 'closed', posts: null });
    // The card of a channel tells its subscribers without a preview too.
    expect(web?.subscribers).toBe(1000);
    const unread = rankedOf([channel], [post(11, 1, 0)], { telegram: 'not_read' })[0];
    expect(unread).toMatchObject({ status: 'unknown', statusReason: 'no_observation', views: null });
    expect(rankedOf([hidden], [post(11, 1, 0)])[0]?.status).toBe('slow');
  });
});

describe('engagement in a league', () => {
  const others = [2, 3].map((id) => channelLike({ id: id * 10, organisationId: id }));
  const posts = [
    post(11, 1, 0),
    post(20, 1, 1, { finalComments: null, finalLikes: 20 }),
    post(30, 1, 2, { finalLikes: 30 }),
    post(10, 1, 3),
  ];

  it('is made of the parts that all show in the network, and ranked there', () => {
    const rows = rankedOf([vk, channel, ...others], posts);
    expect(rows.map(({ networks }) => networks.telegram?.erParts)).toEqual(
      rows.map(() => ['likes', 'reposts']),
    );
    expect(rows.map(({ networks }) => networks.telegram?.erView)).toEqual([0.11, 0.21, 0.31]);
    expect(rows[0]?.networks.vk?.erParts).toEqual(['likes', 'comments', 'reposts']);
    expect(rows.map(({ components }) => components.engagement)).toEqual([0, 50, 100]);
  });

  it('is the mean of the percentiles in its networks', () => {
    const second = pageLike({ id: 21, organisationId: 2 });
    const rows = rankedOf([vk, channel, second, ...others], [...posts, post(21, 1, 9, { finalLikes: 5 })]);
    expect(rows.map(({ components }) => components.engagement)).toEqual([50, 25, 100]);
  });
});
