import type { Clock } from '#domain/clock.ts';
import { stemLine } from '#domain/text/stems.ts';
import { signatureOf } from '#domain/text/near-identity.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { OrganisationMirrorRow, PageMirrorRow } from '#schema/observations/tables/register-mirror.ts';
import type { SubscribersRow } from '#schema/observations/tables/subscribers.ts';

/** A clock that stands still. */
export function fixedClock(instant: string): Clock {
  return {
    now: () => new Date(instant),
    sleep: () => Promise.reject(new Error('A clock that stands still never wakes anybody.')),
  };
}

/** An organisation of the register's copy: a branch at the active tier with 500 members. */
export function organisationRow(
  organisationId: number,
  changes: Partial<OrganisationMirrorRow> = {},
): OrganisationMirrorRow {
  return {
    organisationId,
    parentId: null,
    council: '',
    name: `Организация ${organisationId}`,
    short: `Орг ${organisationId}`,
    level: 'branch',
    sector: 'образование',
    municipality: 'Иркутск',
    tier: 'active',
    started: null,
    membersOn: ['2025-01-01'],
    members: [500],
    pausesFrom: [],
    pausesTo: [],
    league: '',
    isDeleted: false,
    ...changes,
  };
}

/** A VK page of the register's copy that has been read back to the beginning of 2025; its native id is 1000 + its id. */
export function pageRow(
  pageId: number,
  organisationId: number,
  changes: Partial<PageMirrorRow> = {},
): PageMirrorRow {
  return {
    pageId,
    organisationId,
    network: 'vk',
    nativeId: 1000 + pageId,
    name: `page${pageId}`,
    title: `Страница ${pageId}`,
    url: `https://vk.com/page${pageId}`,
    state: 'ok',
    stateSince: null,
    historyReached: '2025-01-01',
    foundAs: null,
    isDeleted: false,
    ...changes,
  };
}

/** An original by the community with exact counters; stems and signature follow the text. */
export function postRow(
  pageId: number,
  postId: number,
  published: string | Date,
  changes: Partial<PostRow> = {},
): PostRow {
  const instant = new Date(published);
  const text = changes.text ?? `Новость номер ${postId} страницы ${pageId}`;
  return {
    pageId,
    postId,
    parts: [],
    published: instant,
    otherPublished: null,
    otherSince: null,
    placement: 'own',
    kind: 'original',
    text,
    textKind: 'text',
    stems: changes.stems ?? stemLine(text),
    signature: changes.signature ?? signatureOf(text),
    sourceOwner: null,
    sourcePost: null,
    sourceText: '',
    views: 100,
    likes: 5,
    comments: 1,
    reposts: 2,
    viewsPrecision: 'exact',
    likesPrecision: 'exact',
    commentsPrecision: 'exact',
    repostsPrecision: 'exact',
    stars: null,
    edited: null,
    deleted: null,
    lastDeleted: null,
    returned: null,
    firstSeen: instant,
    lastSeen: instant,
    isPinned: false,
    isDonut: false,
    ...changes,
  };
}

/** A successful look that ended half a minute after its slot. */
export function outcomeRow(
  pageId: number,
  slot: string | Date,
  changes: Partial<OutcomeRow> = {},
): OutcomeRow {
  const planned = new Date(slot);
  return {
    pageId,
    slot: planned,
    outcome: 'ok',
    cause: '',
    state: 'ok',
    started: planned,
    finished: new Date(planned.getTime() + 30_000),
    postsSeen: 20,
    postsNew: 0,
    dropped: {},
    ...changes,
  };
}

/** An exact count seen 20 seconds after its slot. */
export function subscribersRow(
  pageId: number,
  slot: string | Date,
  count: number | null,
  changes: Partial<SubscribersRow> = {},
): SubscribersRow {
  const planned = new Date(slot);
  return {
    pageId,
    slot: planned,
    observed: new Date(planned.getTime() + 20_000),
    count,
    precision: count === null ? null : 'exact',
    ...changes,
  };
}
