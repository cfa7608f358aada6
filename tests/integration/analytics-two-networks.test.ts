import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { refreshAllRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { LeaderboardRow } from '#analytics/types.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import { openTestObservations } from '../helpers/observations.ts';
import {
  fixedClock,
  organisationRow,
  outcomeRow,
  pageRow,
  postRow,
  subscribersRow,
} from '../helpers/observed-rows.ts';

const now = '2026-01-21T03:30:00.000Z';
const period = { from: '2026-01-12', to: '2026-01-18' };
const news =
  'Областная организация подписала соглашение с министерством на три года вперёд, читайте подробности';
/** What is not shown without a key. */
const keyless = {
  ...{ comments: null, reposts: null },
  ...{ commentsPrecision: null, repostsPrecision: null },
};

let sources: AnalyticsSources;
let close: () => Promise<void>;

/** Two organisations: one on VK and, read without a key, in Telegram; one in Telegram, read by accounts, no comments. */
beforeAll(async () => {
  const opened = await openTestObservations();
  close = opened.close;
  const { observations } = opened;
  await insertMirroredOrganisations(observations, [organisationRow(1), organisationRow(2)]);
  const telegram = { network: 'telegram' as const };
  await insertMirroredPages(observations, [pageRow(1, 1), pageRow(2, 1, telegram), pageRow(3, 2, telegram)]);
  await insertPosts(observations, [
    postRow(1, 1, '2026-01-13T03:00:00Z', { text: news, views: 100, likes: 5, comments: 1, reposts: 2 }),
    postRow(1, 2, '2026-01-14T03:00:00Z', { views: 300, likes: 20, comments: 4, reposts: 6 }),
    postRow(2, 1, '2026-01-13T09:00:00Z', {
      ...keyless,
      ...{ text: `${news} #вместе`, views: 1200, viewsPrecision: 'rounded', likes: 12 },
    }),
    postRow(2, 2, '2026-01-15T09:00:00Z', { ...keyless, views: 400, likes: 4 }),
    postRow(2, 3, '2026-01-16T09:00:00Z', {
      ...{ kind: 'repost', views: 50_000, viewsPrecision: 'rounded', likes: 3, reposts: 999 },
      ...{ comments: null, commentsPrecision: null },
    }),
    postRow(3, 1, '2026-01-16T09:00:00Z', {
      ...{ views: 500, likes: 10, comments: null, commentsPrecision: null, reposts: 5 },
    }),
  ]);
  await insertSubscribers(observations, [
    subscribersRow(1, '2026-01-11T10:00:00Z', 1000),
    subscribersRow(1, '2026-01-18T10:00:00Z', 1100),
    subscribersRow(2, '2026-01-11T10:00:00Z', 990),
    subscribersRow(2, '2026-01-18T10:00:00Z', 1000, { precision: 'rounded' }),
    subscribersRow(3, '2026-01-18T10:00:00Z', 200),
  ]);
  await insertOutcomes(
    observations,
    [1, 2, 3].map((pageId) => outcomeRow(pageId, '2026-01-21T03:00:00Z')),
  );
  sources = { observations, clock: fixedClock(now), zone: 'Asia/Irkutsk', historyFrom: '2025-01-01' };
  await refreshAllRollups(sources);
});
afterAll(async () => {
  await close();
});

async function rowsByOrganisation(): Promise<[LeaderboardRow, LeaderboardRow]> {
  const { rows } = await leaderboard(sources, { period });
  const [first, second] = rows.toSorted((one, other) => one.organisation.id - other.organisation.id);
  if (!first || !second) throw new Error('Two organisations are registered.');
  return [first, second];
}

test('sums go over both networks, without what a forward shows of its source; means do not', async () => {
  const [row] = await rowsByOrganisation();
  expect(row).toMatchObject({
    ...{ posts: 5, originals: 4, reposts: 1, views: 2000, viewsPrecision: 'rounded' },
    ...{ likes: 44, comments: 5, shares: 8, reactions: 57, reactionsPrecision: 'exact' },
    ...{ medianViews: null, erView: null, erPost: null, erDay: null, reachRate: null },
    ...{ subscribers: 2100, subscribersPrecision: 'rounded', growth: null, growthPercent: null },
  });
  expect(row.flags).toContain('reactions_partial');
});

test('each network has its own means, growth and marks', async () => {
  const [{ networks }] = await rowsByOrganisation();
  expect(networks.vk).toMatchObject({
    ...{ posts: 2, views: 400, viewsPrecision: 'exact', medianViews: 200, erView: 38 / 400, growth: 100 },
    ...{ erParts: ['likes', 'comments', 'reposts'], erPost: 38 / 2 / 1100, reachRate: 200 / 1100 },
  });
  expect(networks.vk?.flags).not.toContain('reactions_partial');
  expect(networks.telegram).toMatchObject({
    ...{ posts: 3, views: 1600, viewsPrecision: 'rounded', medianViews: 800, reactions: 19, growth: null },
    ...{ comments: null, shares: null, erPost: 19 / 3 / 1000, reachRate: 0.8 },
  });
});

test('engagement is compared over the reactions that both channels show, and the explanation says so', async () => {
  const [first, second] = await rowsByOrganisation();
  expect(first.networks.telegram).toMatchObject({ erView: 16 / 1600, erParts: ['likes'] });
  expect(second).toMatchObject({ erView: 10 / 500, erParts: ['likes'], reactions: 15 });
  expect([first.components.engagement, second.components.engagement]).toEqual([0, 100]);
  for (const { explanation } of [first, second]) {
    expect(explanation?.engagement.map(({ network }) => network)).toEqual(['telegram']);
    expect(explanation?.comparedParts).toEqual({ telegram: ['likes'] });
  }
});

test('the same text in both networks counts once', async () => {
  const [row] = await rowsByOrganisation();
  expect(row.explanation?.frequency?.countedPosts).toBe(4);
});

test('a row has the same measures in every network as over all', async () => {
  const [row] = await rowsByOrganisation();
  const contract = [
    ...[
      'status',
      'posts',
      'originals',
      'postsPerWeek',
      'views',
      'medianViews',
      'reactions',
      'erView',
      'erPost',
    ],
    ...['subscribers', 'growth', 'growthPercent', 'daysSilent', 'flags'],
  ];
  for (const place of [row, row.networks.vk, row.networks.telegram]) {
    expect(Object.keys(place ?? {})).toEqual(expect.arrayContaining(contract));
  }
});
