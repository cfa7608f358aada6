import type { ObservedPost } from '#collector/source.ts';

/** A notice as a gazette answers it. */
export interface Notice {
  number: number;
  /** Seconds since 1970. */
  hung: number;
  words: string;
  readers: number;
  /** It was passed on from another gazette, whose readers are told then. */
  from?: { gazette: number; number: number };
}

/** A gazette as it answers: its newest notices first. */
export interface Gazette {
  id: number;
  title: string;
  subscribers: number;
  notices: readonly Notice[];
}

/** The post that a notice is. What gazettes do not say is unknown. */
export function mapNotice({ number, hung, words, readers, from }: Notice): ObservedPost {
  return {
    postId: number,
    parts: [],
    published: new Date(hung * 1000),
    placement: 'own',
    kind: from ? 'repost' : 'original',
    text: words,
    textKind: 'text',
    sourceOwner: from ? -from.gazette : null,
    sourcePost: from?.number ?? null,
    sourceText: '',
    counters: { views: readers, likes: 2, comments: null, reposts: null },
    precisions: { views: 'exact', likes: 'exact', comments: null, reposts: null },
    stars: null,
    edited: null,
    removed: false,
    pinned: false,
    donut: false,
  };
}
