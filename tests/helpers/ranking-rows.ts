import { formulaVersion } from '#domain/activity-index.ts';
import type { SeenLeaderboard } from '#analytics/ranking/part.ts';
import type { LeaderboardRow, League, Measures } from '#analytics/types.ts';

const measures: Measures = {
  posts: 4,
  originals: 3,
  reposts: 1,
  maturePosts: 4,
  postsPerWeek: 4,
  views: 1000,
  viewsPrecision: 'exact',
  medianViews: 250,
  likes: 20,
  comments: 5,
  shares: 5,
  reactions: 30,
  reactionsPrecision: 'exact',
  erView: 0.03,
  erParts: ['likes', 'comments', 'reposts'],
  erPost: 0.01,
  erDay: 0.01,
  reachRate: 0.2,
  subscribers: 500,
  subscribersPrecision: 'exact',
  growth: 3,
  growthPercent: 0.006,
  longestSilence: 2,
  daysSilent: 1,
  status: 'active',
  statusReason: null,
};

/** A row with ordinary values; what a test is about is said by the change. */
export function rowForTests(id: number, change: Partial<LeaderboardRow> = {}): LeaderboardRow {
  return {
    ...measures,
    league: { id: 'a', name: 'Членские организации' },
    place: id,
    placeTo: id,
    placeOf: 9,
    movement: 0,
    organisation: {
      id,
      name: `Организация № ${id}`,
      short: `Организация ${id}`,
      level: 'branch',
      tier: 'active',
      sector: '',
      municipality: '',
      parentId: null,
      members: null,
    },
    index: 100 - id / 100,
    components: { frequency: 100, regularity: 100, reach: 50, engagement: 50, growth: null },
    explanation: null,
    flags: [],
    pages: [],
    networks: { vk: { ...measures, flags: [], weeks: [1, 2, 3] } },
    weeks: [1, 2, 3],
    ...change,
  };
}

/** A ranking of these rows. */
export function leaderboardForTests(rows: LeaderboardRow[], leagues = ['a']): SeenLeaderboard {
  return {
    others: [],
    period: { from: '2026-11-16', to: '2026-11-22' },
    unit: 'week',
    previous: { from: '2026-11-09', to: '2026-11-15' },
    zone: 'Asia/Irkutsk',
    formulaVersion,
    window: { from: '2026-08-24', to: '2026-11-22' },
    computed: new Date('2026-11-23T00:00:00Z'),
    stored: false,
    leagues: leagues.map((id): League => ({
      id,
      name: `Группа ${id}`,
      level: 'branch',
      tier: 'active',
      from: null,
      to: null,
      size: 9,
    })),
    rows,
    totals: { organisations: rows.length, posts: 0, views: null, subscribers: null, silent: 0, growth: null },
    previousTotals: null,
    coverage: { slot: null, finished: null, pages: 0, read: 0, waiting: 0, registered: [], unread: [] },
    sectors: [],
  };
}
