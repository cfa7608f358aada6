import type { Api } from 'telegram';
import type { ObservedPost } from '../../source.ts';
import { BrokenAnswer } from './errors.ts';
import type { Channel } from './map-channel.ts';
import { findChannel } from './map-channel.ts';
import { mapPost } from './map-post.ts';
import { instantOf, numberOf } from './values.ts';

/** One answer of `messages.getHistory`, mapped. */
export interface HistoryPage {
  posts: ObservedPost[];
  /** Ids that the answer names as removed. */
  removed: number[];
  dropped: Record<string, number>;
  /** Messages in the answer, whatever they were. */
  returned: number;
  /** Ids that are there: every message of this page, those of no post too. */
  ids: number[];
  /** Older messages are asked for from this id on, itself left out; `null` when the answer was empty. */
  next: number | null;
  /** Publication of the oldest message of this page; `null` when there is none. */
  oldest: Date | null;
  /** There are no older messages. */
  end: boolean;
  /** Ids and dates fall from the first message to the last, so that absence means something. */
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
}

type Answer = Api.messages.TypeMessages;
type Listed = Exclude<Answer, Api.messages.MessagesNotModified>;

function totalOf(answer: Listed): number {
  return 'count' in answer ? answer.count : answer.messages.length;
}

/** Whether this answer reaches the channel's beginning. Short alone it need not: an empty one, or the count, must agree. */
function isEnd(answer: Listed, smallest: number, { asked, before }: HistoryQuestion): boolean {
  const returned = answer.messages.length;
  if (returned === 0 || smallest === 1) return true;
  return returned < asked && before !== null && before + returned >= totalOf(answer);
}

/** The album that the end of an answer may have cut: that of its oldest message. None when it is all there is. */
function cutAlbum(messages: readonly Api.TypeMessage[], smallest: number): string | null {
  const last = messages.find(({ id }) => id === smallest);
  const album = last?.className === 'Message' ? last.groupedId?.toString() : undefined;
  if (album === undefined) return null;
  const isAll = messages.every(
    (each) => each.className === 'Message' && each.groupedId?.toString() === album,
  );
  return isAll ? null : album;
}

function isOfAlbum(message: Api.TypeMessage, album: string): boolean {
  return message.className === 'Message' && message.groupedId?.toString() === album;
}

/** Why a message is no post; `null` when it is one. */
function dropReason(message: Api.Message | Api.MessageService, nativeId: number): string | null {
  const { peerId } = message;
  if (peerId.className !== 'PeerChannel' || numberOf(peerId.channelId) !== nativeId) return 'other_channel';
  if (message.className === 'MessageService') return 'service';
  return instantOf(message.date) ? null : 'no_date';
}

function isFalling(messages: readonly Api.TypeMessage[]): boolean {
  let [id, date] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const message of messages) {
    const at = message.className === 'MessageEmpty' ? date : message.date;
    if (message.id >= id || at > date) return false;
    [id, date] = [message.id, at];
  }
  return true;
}

/**
 * Maps an answer of `messages.getHistory`. Pure. The messages of an album make one post. An album that the end of the
 * answer may have cut is left out altogether, and read again by whoever goes on from `next`. Throws `BrokenAnswer`
 * when nothing in it is a message of this channel.
 */
export function mapHistory(answer: Answer, question: HistoryQuestion): HistoryPage {
  if (answer.className === 'messages.MessagesNotModified') {
    throw new BrokenAnswer('the answer to messages.getHistory says "not modified", messages are wanted');
  }
  const all = answer.messages;
  const smallest = all.reduce((least, { id }) => Math.min(least, id), Number.POSITIVE_INFINITY);
  const end = isEnd(answer, smallest, question);
  const album = end ? null : cutAlbum(all, smallest);
  const messages = album === null ? all : all.filter((message) => !isOfAlbum(message, album));
  const page: HistoryPage = {
    posts: [],
    removed: [],
    dropped: {},
    returned: all.length,
    ids: [],
    next: messages.length > 0 ? Math.min(...messages.map(({ id }) => id)) : null,
    oldest: null,
    end,
    inOrder: isFalling(messages),
    channel: findChannel(answer.chats, question.nativeId),
  };
  const posts = new Map<string, Api.Message[]>();
  for (const message of messages) {
    if (message.className === 'MessageEmpty') {
      page.removed.push(message.id);
      continue;
    }
    page.ids.push(message.id);
    const date = instantOf(message.date);
    if (date && (page.oldest === null || date < page.oldest)) page.oldest = date;
    const reason = dropReason(message, question.nativeId);
    if (reason !== null) page.dropped[reason] = (page.dropped[reason] ?? 0) + 1;
    else if (message.className === 'Message') {
      const key = message.groupedId ? `album ${message.groupedId.toString()}` : `message ${message.id}`;
      posts.set(key, [...(posts.get(key) ?? []), message]);
    }
  }
  page.posts = [...posts.values()].map((parts) => mapPost(parts, question.reactions));
  const strange = Object.keys(page.dropped).filter((reason) => reason !== 'service');
  if (strange.length > 0 && page.posts.length + page.removed.length + (page.dropped.service ?? 0) === 0) {
    throw new BrokenAnswer(
      `not one of ${all.length} messages of messages.getHistory is a post (${strange.join(', ')})`,
    );
  }
  return page;
}
