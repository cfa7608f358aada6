import type { Api } from 'telegram';
import type { ReachProof } from '#domain/vocabulary.ts';
import type { ObservedPost } from '../../source.ts';
import { oldestInOrder } from '../kit/dates.ts';
import { albumOf, uncut } from './albums.ts';
import type { Channel } from './map-channel.ts';
import { findChannel } from './map-channel.ts';
import { mapPost } from './map-post.ts';
import type { Listed, Present } from './messages.ts';
import { countLeft, datesOf, isFalling, listedIn, sortMessages } from './messages.ts';

/** One answer of `messages.getHistory`, mapped. */
export interface HistoryPage {
  posts: ObservedPost[];
  /** Ids that the answer names as removed. */
  removed: number[];
  dropped: Record<string, number>;
  /** Messages in the answer, whatever they were. */
  returned: number;
  /** How many messages the channel has by this answer. */
  count: number;
  /** Ids that are there: every message of this page, those of no post too. */
  ids: number[];
  /** Older messages are asked for from this id on, itself left out; `null` when the answer had none of this channel. */
  next: number | null;
  /** Publication of the oldest message of this page; `null` when there is none. One date that is out of line is passed over. */
  oldest: Date | null;
  /** Publications from the newest message to the oldest. */
  dates: readonly Date[];
  /** How well it is known that there are no older messages; `null`: there may be some, also after an answer without any. */
  end: ReachProof | null;
  /** Ids and dates fall from the first message to the last, so that absence means something; of many one date may be odd. */
  inOrder: boolean;
  /** The channel itself; `null` when the answer does not show it. */
  channel: Channel | null;
}

/** What an answer is read by. */
export interface HistoryQuestion {
  /** Positive id of the channel. */
  nativeId: number;
  /** How many messages were asked for. */
  asked: number;
  /** How many were read before, from the newest on; `null` when that is not known. */
  before: number | null;
  /** Whether the channel's readers may react; `null` when that is not known. */
  reactions: boolean | null;
  /** When Telegram gave the answer: what says to be later is not believed. */
  answered: Date;
}

function countIn(answer: Listed): number {
  return 'count' in answer ? answer.count : answer.messages.length;
}

/** New messages that a channel may count while it is read: more that were not read are a contradiction. */
const mostUnread = 100;

/**
 * Whether this answer reaches the channel's beginning. The first message of all proves it, unless the channel counts many
 * more than were read; a short answer makes it likely when the count agrees. An answer without messages proves nothing.
 */
function endOf(
  messages: readonly Present[],
  listed: number,
  count: number,
  { asked, before }: HistoryQuestion,
): ReachProof | null {
  const read = before === null ? null : before + listed;
  if (messages.some(({ id }) => id === 1))
    return read !== null && read + mostUnread < count ? 'weak' : 'proven';
  return listed > 0 && listed < asked && read !== null && read >= count && count > 0 ? 'weak' : null;
}

/** The publication that a page reaches back to: in order that of the last message; out of order, the latest of the last three. */
function oldestOf(dates: readonly Date[], inOrder: boolean): Date | null {
  if (inOrder) return oldestInOrder(dates, (earlier, later) => earlier > later);
  const last = dates.slice(-3).map((date) => date.getTime());
  return last.length === 0 ? null : new Date(Math.max(...last));
}

/**
 * Maps an answer of `messages.getHistory`. Pure. The messages of an album make one post. What the end of the answer may
 * have cut is left out, and read again by whoever goes on from `next`. Throws `BrokenAnswer` when it lists no messages.
 */
export function mapHistory(answer: Api.messages.TypeMessages, question: HistoryQuestion): HistoryPage {
  const { nativeId, answered } = question;
  const listed = listedIn(answer, 'messages.getHistory');
  const sorted = sortMessages(listed.messages, nativeId, answered);
  const { present, removed, published } = sorted;
  const count = countIn(listed);
  const end = endOf(present, present.length + removed.length, count, question);
  const used = end === null ? uncut([...present, ...removed]) : [...present, ...removed];
  const usedIds = new Set(used.map(({ id }) => id));
  const there = present.filter(({ id }) => usedIds.has(id));
  const posts = new Map<string, Api.Message[]>();
  for (const message of published) {
    if (!usedIds.has(message.id)) continue;
    const album = albumOf(message);
    const key = album === null ? `message ${message.id}` : `album ${album}`;
    posts.set(key, [...(posts.get(key) ?? []), message]);
  }
  const inOrder = isFalling(there);
  const dates = datesOf(there, answered);
  return {
    posts: [...posts.values()].map((parts) => mapPost(parts, question)),
    removed: removed.flatMap(({ id }) => (usedIds.has(id) ? [id] : [])),
    dropped: countLeft(sorted, usedIds),
    returned: listed.messages.length,
    count,
    ids: there.map(({ id }) => id),
    next: usedIds.size > 0 ? Math.min(...usedIds) : null,
    oldest: oldestOf(dates, inOrder),
    dates,
    end,
    inOrder,
    channel: findChannel(listed.chats, nativeId),
  };
}
