import type { Api } from 'telegram';
import type { OtherKind } from '#domain/vocabulary.ts';
import { boundedText } from '../kit/bounded-text.ts';
import { BrokenAnswer } from './errors.ts';
import { saidCount } from '../kit/said-count.ts';
import { brief, idOf } from './values.ts';

/** A channel as an answer shows it. */
export interface Channel {
  nativeId: number;
  /** The key by which this account reaches it, as text; `null` when the answer holds none. */
  accessHash: string | null;
  /** Without `@`; `null` when it has none. */
  name: string | null;
  title: string;
  /** Subscribers, where this answer says so. */
  subscribers: number | null;
  /** Telegram shows it to nobody, and why; `null` when it does. */
  blocked: string | null;
  /** This account may not look inside. */
  forbidden: boolean;
  /** People talk in it: it is no channel of publications. */
  group: boolean;
}

/** Something that is no channel of publications. */
export interface Other {
  /** In words. */
  other: string;
  /** `null` when the answer does not tell. */
  is: OtherKind | null;
  /** The id of a group that is as large as channels are; `null` of all else. */
  nativeId: number | null;
}

/** What a name leads to: a channel of publications, or something else. */
export type NamedThing = { channel: Channel } | Other;

/** What is asked for once a day. */
export interface FullChannel {
  subscribers: number | null;
  /** Whether readers may react. */
  reactions: boolean;
  /** `null` when the answer does not show the channel itself. */
  channel: Channel | null;
}

function nameOf(channel: Api.Channel): string | null {
  if (channel.username) return channel.username;
  return channel.usernames?.find(({ active }) => active)?.username ?? null;
}

/** The reason why a channel is shown nowhere; one that holds for some shops' applications only is none. */
function blockOf(channel: Api.Channel): string | null {
  if (!channel.restricted) return null;
  const everywhere = channel.restrictionReason?.find(({ platform }) => platform === 'all');
  return everywhere ? brief(everywhere.text || everywhere.reason) : null;
}

/** Throws `BrokenAnswer` for an id that is none. */
function channelOf(chat: Api.Channel | Api.ChannelForbidden): Channel {
  const nativeId = idOf(chat.id);
  if (nativeId === null) throw new BrokenAnswer('a channel has an id that is none');
  const title = boundedText(chat.title);
  if (chat.className === 'ChannelForbidden') {
    return {
      nativeId,
      accessHash: chat.accessHash.toString(),
      name: null,
      title,
      subscribers: null,
      blocked: null,
      forbidden: true,
      group: chat.megagroup ?? false,
    };
  }
  return {
    nativeId,
    accessHash: chat.accessHash?.toString() ?? null,
    name: nameOf(chat),
    title,
    subscribers: saidCount(chat.participantsCount),
    blocked: blockOf(chat),
    forbidden: false,
    // A shortened answer may leave out that it is a channel; that it is a group is always said.
    group: (chat.megagroup ?? false) || (chat.gigagroup ?? false),
  };
}

/** The channel of this id among the chats of an answer. */
export function findChannel(chats: readonly Api.TypeChat[], nativeId: number): Channel | null {
  for (const chat of chats) {
    if (chat.className !== 'Channel' && chat.className !== 'ChannelForbidden') continue;
    if (idOf(chat.id) === nativeId) return channelOf(chat);
  }
  return null;
}

/** The keys to channels that an answer shows beside what was asked for, as to those that something was passed on from. */
export function keysIn(
  chats: readonly Api.TypeChat[],
): { nativeId: number; accessHash: string; name: string | null }[] {
  return chats.flatMap((chat) => {
    // The key of a shortened channel holds only together with the message it was seen in.
    if (chat.className !== 'Channel' || chat.min || !chat.accessHash) return [];
    const nativeId = idOf(chat.id);
    return nativeId === null
      ? []
      : [{ nativeId, accessHash: chat.accessHash.toString(), name: nameOf(chat) }];
  });
}

/** What a channel is called that has turned out to be a group. */
export const groupInWords = 'a group chat: people talk in it, it is no channel of publications';

function personIn({ users }: Api.contacts.ResolvedPeer): Other {
  const [user] = users;
  if (user?.className !== 'User') return { other: 'a person or a bot', is: null, nativeId: null };
  return user.bot
    ? { other: 'a bot', is: 'bot', nativeId: null }
    : { other: 'a person', is: 'person', nativeId: null };
}

/** What a name leads to, from the answer of `contacts.resolveUsername`. Throws `BrokenAnswer`. */
export function mapResolvedPeer(answer: Api.contacts.ResolvedPeer): NamedThing {
  const { peer, chats } = answer;
  if (peer.className === 'PeerUser') return personIn(answer);
  if (peer.className === 'PeerChat') return { other: 'a group chat', is: 'group_chat', nativeId: null };
  const id = idOf(peer.channelId);
  const channel = id === null ? null : findChannel(chats, id);
  if (!channel) {
    throw new BrokenAnswer(
      `the answer to contacts.resolveUsername names the channel ${id ?? '?'} and does not show it`,
    );
  }
  if (channel.group) return { other: groupInWords, is: 'group_chat', nativeId: id };
  return { channel };
}

/**
 * Whether readers may react, by the channel's own settings: nothing said means that they may not. Paid reactions are
 * Stars, and are no reactions of readers.
 */
function allowsReactions(full: Api.ChannelFull): boolean {
  const { availableReactions } = full;
  if (!availableReactions || availableReactions.className === 'ChatReactionsNone') return false;
  return availableReactions.className === 'ChatReactionsAll' || availableReactions.reactions.length > 0;
}

/** The answer of `channels.getFullChannel`. Throws `BrokenAnswer`. */
export function mapFullChannel(answer: Api.messages.ChatFull, nativeId: number): FullChannel {
  const { fullChat, chats } = answer;
  if (fullChat?.className !== 'ChannelFull') {
    throw new BrokenAnswer(
      `the answer to channels.getFullChannel is of ${fullChat?.className ?? 'nothing'}, ChannelFull is wanted`,
    );
  }
  const channel = findChannel(chats, nativeId);
  return {
    subscribers: saidCount(fullChat.participantsCount) ?? channel?.subscribers ?? null,
    reactions: allowsReactions(fullChat),
    channel,
  };
}
