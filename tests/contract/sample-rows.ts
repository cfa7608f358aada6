import type { TableWrite } from '#schema/observations/table.ts';
import { outcomes } from '#schema/observations/tables/outcomes.ts';
import { pageDays, pageMonths } from '#schema/observations/tables/page-days.ts';
import { pageEvents } from '#schema/observations/tables/page-events.ts';
import { postCounters } from '#schema/observations/tables/post-counters.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { posts } from '#schema/observations/tables/posts.ts';
import { rankings } from '#schema/observations/tables/rankings.ts';
import { mirroredOrganisations, mirroredPages } from '#schema/observations/tables/register-mirror.ts';
import { runs } from '#schema/observations/tables/runs.ts';
import { subscribers } from '#schema/observations/tables/subscribers.ts';

/** A table with a row that fills it, and what a later write of the same key says otherwise. */
export interface Sample<Row> {
  table: TableWrite<Row>;
  row: Row;
  changes: Partial<Row>;
}

const at = (text: string): Date => new Date(text);

/** A post with everything known. */
export const fullPost: PostRow = {
  pageId: 7,
  postId: 4242,
  parts: [4242, 4243, 4245],
  published: at('2026-01-31T16:00:00.000Z'),
  otherPublished: at('2026-02-11T16:00:00.000Z'),
  otherSince: at('2026-02-02T11:00:00.999Z'),
  placement: 'own',
  kind: 'repost',
  text: "Ёлка профсоюза: «Собираем подарки» 🎄\n\tСтрока с 'кавычками' и \\обратной чертой",
  textKind: 'poll',
  stems: 'елк профсоюз собира подарк',
  signature: 'a1b2',
  sourceOwner: -1234567890123,
  sourcePost: 99,
  sourceText: 'Чужие слова',
  views: 4_294_967_295,
  likes: 0,
  comments: 12,
  reposts: 3,
  viewsPrecision: 'rounded',
  likesPrecision: 'exact',
  commentsPrecision: 'exact',
  repostsPrecision: 'exact',
  stars: 500,
  edited: at('2026-02-01T00:00:00.001Z'),
  deleted: at('2026-02-02T12:34:56.789Z'),
  lastDeleted: at('2026-02-01T10:00:00.100Z'),
  returned: at('2026-02-01T11:00:00.200Z'),
  firstSeen: at('2026-01-31T16:05:00.123Z'),
  lastSeen: at('2026-02-02T11:00:00.999Z'),
  isPinned: true,
  isDonut: false,
};

const unknownCounters = {
  views: null,
  likes: null,
  comments: null,
  reposts: null,
  viewsPrecision: null,
  likesPrecision: null,
  commentsPrecision: null,
  repostsPrecision: null,
} as const;

const rollup = {
  pageId: 7,
  zone: 'Asia/Irkutsk',
  posts: 3,
  originals: 2,
  reposts: 1,
  uniqueOriginals: 2,
  uniqueReposts: 0,
  views: 9_007_199_254_740_991,
  viewsKnown: 2,
  likes: 10,
  comments: 0,
  shares: 1,
  reactionsKnown: 3,
  firstPublished: at('2026-01-31T16:00:00.000Z'),
  lastPublished: at('2026-01-31T17:00:00.500Z'),
};
const emptyRollup = { posts: 0, views: 0, viewsKnown: 0, firstPublished: null, lastPublished: null };

function sample<Row>(table: TableWrite<Row>, row: Row, changes: Partial<Row>): Sample<unknown> {
  return { table, row, changes } as unknown as Sample<unknown>;
}

/** Every table that is written, with a row: the changes hold every null that the table takes. */
export const samples: readonly Sample<unknown>[] = [
  sample(posts, fullPost, {
    ...unknownCounters,
    text: '',
    sourceOwner: null,
    sourcePost: null,
    sourceText: '',
    edited: null,
    deleted: null,
    isPinned: false,
    parts: [],
    isDonut: true,
  }),
  sample(
    postCounters,
    {
      pageId: 7,
      postId: 4242,
      slot: at('2026-02-01T00:00:00Z'),
      observed: at('2026-02-01T00:00:07.321Z'),
      views: 5,
      likes: 0,
      comments: null,
      reposts: 1,
      viewsPrecision: 'exact',
      likesPrecision: 'exact',
      commentsPrecision: null,
      repostsPrecision: 'exact',
    },
    unknownCounters,
  ),
  sample(
    subscribers,
    {
      pageId: 7,
      slot: at('2026-02-01T00:00:00Z'),
      observed: at('2026-02-01T00:00:07.321Z'),
      count: 0,
      precision: 'exact',
    },
    { count: null, precision: null },
  ),
  sample(
    outcomes,
    {
      pageId: 7,
      slot: at('2026-02-01T00:00:00Z'),
      outcome: 'ok',
      cause: '',
      state: 'ok',
      started: at('2026-02-01T00:00:01Z'),
      finished: at('2026-02-01T00:00:02.500Z'),
      postsSeen: 20,
      postsNew: 1,
      dropped: { 'без даты': 2, "a'b\\c": 4_294_967_295 },
    },
    { outcome: 'closed', cause: 'vk:15 Access denied', state: 'closed', dropped: {} },
  ),
  sample(
    runs,
    {
      slot: at('2026-02-01T00:00:00Z'),
      kind: 'schedule',
      started: at('2026-02-01T00:00:01Z'),
      finished: null,
      planned: [],
    },
    { finished: at('2026-02-01T00:03:00Z'), planned: [1, 2, 4_294_967_295] },
  ),
  sample(
    pageEvents,
    {
      pageId: 7,
      observed: at('2026-02-01T00:00:00.007Z'),
      event: 'renamed',
      before: 'prof',
      after: 'profsoyuz',
    },
    { after: '' },
  ),
  sample(pageDays, { ...rollup, day: '2026-02-01' }, emptyRollup),
  sample(pageMonths, { ...rollup, month: '2026-02-01' }, emptyRollup),
  sample(
    rankings,
    {
      unit: 'week',
      periodFrom: '2025-12-29',
      periodTo: '2026-01-04',
      formulaVersion: 1,
      inputsHash: 'run 2026-01-05T00:00:00Z',
      computed: at('2026-01-05T00:04:00Z'),
      organisationId: 3,
      league: 'branch:active:1000-5000',
      place: 1,
      index: 99.9,
      row: '{"index":99.9,"name":"Обком"}',
    },
    { place: null, index: null },
  ),
  sample(
    mirroredOrganisations,
    {
      organisationId: 3,
      parentId: 1,
      council: 'Ангарск',
      name: 'Областная организация',
      short: 'Обком',
      level: 'branch',
      sector: 'образование',
      municipality: 'Иркутск',
      tier: 'flagship',
      started: '2020-02-29',
      membersOn: ['2025-01-01', '2026-01-01'],
      members: [0, 12_345],
      pausesFrom: ['2026-07-01'],
      pausesTo: ['2026-08-31'],
      league: 'A',
      isDeleted: false,
    },
    { parentId: null, started: null, membersOn: [], members: [], pausesFrom: [], pausesTo: [], league: '' },
  ),
  sample(
    mirroredPages,
    {
      pageId: 7,
      organisationId: 3,
      network: 'vk',
      nativeId: 9_007_199_254_740_991,
      name: 'profsoyuz',
      title: 'Профсоюз ❤',
      url: 'https://vk.com/club1',
      state: 'ok',
      stateSince: at('2026-02-01T00:00:00.007Z'),
      historyReached: '2025-01-01',
      foundAs: 'bot',
      isDeleted: false,
    },
    { nativeId: 0, name: '', stateSince: null, historyReached: null, foundAs: null },
  ),
];
