import type { Api } from 'telegram';
import type { Counters, ObservedPost } from '../../source.ts';
import { madeOf, saidCount } from '../kit/said-count.ts';
import { messageText } from './map-text.ts';
import { countOf, idOf, instantOf, isLaterThan } from './values.ts';

/** What messages are read by. */
export interface PostQuestion {
  /** Whether the channel's readers may react; `null` when that is not known. */
  reactions: boolean | null;
  /** When Telegram gave the messages: nothing in them is later. */
  answered: Date;
}

/** Where a forwarded message comes from; `null` for a message of the channel's own. */
function sourceOf(message: Api.Message): { owner: number | null; post: number | null } | null {
  const { fwdFrom } = message;
  // An imported message only tells which other messenger it was written in.
  if (!fwdFrom || fwdFrom.imported) return null;
  const { fromId } = fwdFrom;
  const post = countOf(fwdFrom.channelPost);
  if (fromId?.className === 'PeerChannel') {
    const channel = idOf(fromId.channelId);
    return channel === null ? { owner: null, post: null } : { owner: -channel, post };
  }
  if (fromId?.className === 'PeerUser') return { owner: idOf(fromId.userId), post: null };
  return { owner: null, post: null };
}

function largest(counts: readonly unknown[]): number | null {
  return madeOf(counts.map(saidCount), (known) => Math.max(...known));
}

function resultsOf(messages: readonly Api.Message[]): Api.TypeReactionCount[][] {
  return messages.flatMap(({ reactions }) => (reactions ? [reactions.results] : []));
}

const isPaid = ({ reaction }: Api.TypeReactionCount): boolean => reaction.className === 'ReactionPaid';

function sumOf(results: readonly Api.TypeReactionCount[]): number | null {
  const counts = results.map(({ count }) => saidCount(count) ?? 0);
  return madeOf([0, ...counts], (known) => known.reduce((sum, count) => sum + count));
}

/** All reactions of readers summed; without any they are none where readers may react, and unknown elsewhere. */
function reactionsOf(messages: readonly Api.Message[], allowed: boolean | null): number | null {
  const results = resultsOf(messages);
  const free = results.flat().filter((each) => !isPaid(each));
  // Paid ones alone say nothing of whether readers may react.
  if (free.length === 0 && results.every((each) => each.length > 0)) return allowed ? 0 : null;
  return sumOf(free);
}

/** Paid reactions: Stars, which are money and no readers. `null` where none are shown. */
function starsOf(messages: readonly Api.Message[]): number | null {
  const paid = resultsOf(messages).flat().filter(isPaid);
  return paid.length === 0 ? null : sumOf(paid);
}

/**
 * Each message of an album has counters of its own. Views are alike, so that the largest is the album's; forwards of
 * one are mostly forwards of all; reactions and comments are given to one of them, the first.
 */
function countersOf(messages: readonly Api.Message[], reactions: boolean | null): Counters {
  return {
    views: largest(messages.map(({ views }) => views)),
    likes: reactionsOf(messages, reactions),
    comments: largest(messages.map(({ replies }) => replies?.replies)),
    reposts: largest(messages.map(({ forwards }) => forwards)),
  };
}

/** The latest edit that readers are told of: a message that only got reactions or buttons hides its own. */
function editOf(messages: readonly Api.Message[], answered: Date): Date | null {
  const edits = messages
    .flatMap(({ editDate, editHide }) => (editHide ? [] : (instantOf(editDate) ?? [])))
    .filter((edit) => !isLaterThan(edit, answered));
  return edits.length > 0 ? new Date(Math.max(...edits.map((edit) => edit.getTime()))) : null;
}

/** The post that a message is, or the messages of one album are. The first message must have a date. */
export function mapPost(
  messages: readonly Api.Message[],
  { reactions, answered }: PostQuestion,
): ObservedPost {
  const parts = [...messages].sort((one, other) => one.id - other.id);
  const [first] = parts;
  const published = instantOf(first?.date);
  if (!first || !published) throw new RangeError('A post is made of messages, and the first has a date.');
  const source = parts.map(sourceOf).find((each) => each !== null) ?? null;
  const counters = countersOf(parts, reactions);
  const words = messageText(parts);
  const precision = (count: number | null) => (count === null ? null : ('exact' as const));
  return {
    postId: first.id,
    parts: first.groupedId ? parts.map(({ id }) => id) : [],
    published,
    placement: 'own',
    kind: source ? 'repost' : 'original',
    text: words.text,
    textKind: words.kind,
    sourceOwner: source?.owner ?? null,
    sourcePost: source?.post ?? null,
    sourceText: '',
    counters,
    precisions: {
      views: precision(counters.views),
      likes: precision(counters.likes),
      comments: precision(counters.comments),
      reposts: precision(counters.reposts),
    },
    stars: starsOf(parts),
    edited: editOf(parts, answered),
    removed: false,
    pinned: parts.some(({ pinned }) => pinned === true),
    donut: false,
  };
}
