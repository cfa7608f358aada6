import type { Api } from 'telegram';
import { BrokenAnswer } from './errors.ts';
import { countOf, numberOf } from './values.ts';

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
}

/** What a name leads to: a channel of publications, or something else, in words. */
export type NamedThing = { channel: Channel } | { other: string };

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
  return everywhere ? everywhere.text || everywhere.reason : null;
}

function channelOf(chat: Api.Channel | Api.ChannelForbidden): Channel {
  if (chat.className === 'ChannelForbidden') {
    return {
      nativeId: numberOf(chat.id),
      accessHash: chat.accessHash.toString(),
      name: null,
      title: chat.title,
      subscribers: null,
      blocked: null,
      forbidden: true,
    };
  }
  return {
    nativeId: numberOf(chat.id),
    accessHash: chat.accessHash?.toString() ?? null,
    name: nameOf(chat),
    title: chat.title,
    subscribers: countOf(chat.participantsCount),
    blocked: blockOf(chat),
    forbidden: false,
  };
}

/** The channel of this id among the chats of an answer. */
export function findChannel(chats: readonly Api.TypeChat[], nativeId: number): Channel | null {
  for (const chat of chats) {
    if (chat.className !== 'Channel' && chat.className !== 'ChannelForbidden') continue;
    if (numberOf(chat.id) === nativeId) return channelOf(chat);
  }
  return null;
}

function personOf(answer: Api.contacts.ResolvedPeer): string {
  const [user] = answer.users;
  return user?.className === 'User' && user.bot ? 'a bot' : 'a person';
}

/** What a name leads to, from the answer of `contacts.resolveUsername`. Throws `BrokenAnswer`. */
export function mapResolvedPeer(answer: Api.contacts.ResolvedPeer): NamedThing {
  const { peer, chats } = answer;
  if (peer.className === 'PeerUser') return { other: personOf(answer) };
  if (peer.className === 'PeerChat') return { other: 'a group chat' };
  const id = numberOf(peer.channelId);
  const chat = chats.find((each) => numberOf(each.id) === id);
  if (chat?.className !== 'Channel' && chat?.className !== 'ChannelForbidden') {
    throw new BrokenAnswer(
      `the answer to contacts.resolveUsername names the channel ${id} and does not show it`,
    );
  }
  // A shortened answer may leave out that it is a channel; that it is a group is always said.
  if (chat.megagroup || (chat.className === 'Channel' && chat.gigagroup)) {
    return { other: 'a group chat: people talk in it, it is no channel of publications' };
  }
  return { channel: channelOf(chat) };
}

/** Whether readers may react, by the channel's own settings: nothing said means that they may not. */
function allowsReactions(full: Api.ChannelFull): boolean {
  if (full.paidReactionsAvailable) return true;
  const { availableReactions } = full;
  if (!availableReactions || availableReactions.className === 'ChatReactionsNone') return false;
  return availableReactions.className === 'ChatReactionsAll' || availableReactions.reactions.length > 0;
}

/** The answer of `channels.getFullChannel`. Throws `BrokenAnswer`. */
export function mapFullChannel(answer: Api.messages.ChatFull, nativeId: number): FullChannel {
  const { fullChat, chats } = answer;
  if (fullChat.className !== 'ChannelFull') {
    throw new BrokenAnswer(
      `the answer to channels.getFullChannel is of ${fullChat.className}, ChannelFull is wanted`,
    );
  }
  const channel = findChannel(chats, nativeId);
  return {
    subscribers: countOf(fullChat.participantsCount) ?? channel?.subscribers ?? null,
    reactions: allowsReactions(fullChat),
    channel,
  };
}
