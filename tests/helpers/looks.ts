import type { Look, ObservedPost } from '#collector/source.ts';
import type { Page } from '#schema/operations/pages.ts';

const at = new Date('2026-03-10T05:00:00Z');

/** A VK page of the register that has been read. */
export function registeredPage(changes: Partial<Page> = {}): Page {
  return {
    id: 4,
    organisationId: 2,
    network: 'vk',
    nativeId: 77,
    name: 'union',
    title: 'Профсоюз',
    link: 'https://vk.com/club77',
    state: 'ok',
    stateSince: null,
    historyReached: '2025-01-01',
    historyCursor: null,
    historyPublished: null,
    historyOffset: null,
    reachProof: 'proven',
    lookDoubt: null,
    historyDoubt: null,
    historyDropped: null,
    wantedSince: null,
    readUntil: null,
    failedLooks: 0,
    storedPosts: 0,
    foundAs: null,
    review: null,
    lastSuccess: null,
    lastOutcome: null,
    lastOutcomeSlot: null,
    nextDue: null,
    lastDeep: null,
    addedAt: at,
    removedAt: null,
    ...changes,
  };
}

/** An original as a network shows it. */
export function observedPost(changes: Partial<ObservedPost> = {}): ObservedPost {
  return {
    postId: 8,
    parts: [],
    published: at,
    placement: 'own',
    kind: 'original',
    text: 'Профсоюзный слёт',
    textKind: 'text',
    sourceOwner: null,
    sourcePost: null,
    sourceText: '',
    counters: { views: 10, likes: 0, comments: null, reposts: 1 },
    precisions: { views: 'exact', likes: 'exact', comments: null, reposts: 'exact' },
    stars: null,
    edited: null,
    removed: false,
    pinned: false,
    donut: false,
    ...changes,
  };
}

/** A look at the page of `registeredPage` that went well and claims nothing. */
export function lookOf(changes: Partial<Look> = {}): Look {
  return {
    pageId: 4,
    outcome: 'ok',
    cause: '',
    state: 'ok',
    profile: null,
    started: at,
    observed: at,
    posts: [],
    removed: [],
    dropped: {},
    window: null,
    doubt: null,
    note: '',
    ...changes,
  };
}
