import { Api, helpers } from 'telegram';
import type { Writable } from './connection.ts';

/** How an answer with messages is spoilt, as Telegram's own have been seen to be. */
export interface OddAnswer {
  /** Without messages, or with messages of another channel. */
  kind: 'empty' | 'foreign';
  /** For `empty`: whether the channel's count stays what it is ('true', without it), or is 0. */
  count?: 'true' | 'none';
  /** For `foreign`: every so manieth message is another channel's; all without it. */
  every?: number;
}

/** The id of a channel that is in no world. */
const unknownPage = 4_000_000_000;

function asForeign(message: Api.TypeMessage): Api.TypeMessage {
  const peerId = new Api.PeerChannel({ channelId: helpers.returnBigInt(unknownPage) });
  if (message instanceof Api.Message) return new Api.Message({ ...message.originalArgs, peerId });
  if (message instanceof Api.MessageService)
    return new Api.MessageService({ ...message.originalArgs, peerId });
  return new Api.MessageEmpty({ id: message.id, peerId });
}

/** The answer as it is spoilt; one without messages is left as it is. */
export function spoilt(answer: Writable, { kind, count, every = 1 }: OddAnswer): Writable {
  if (!(answer instanceof Api.messages.ChannelMessages)) return answer;
  const { pts, topics, chats, users } = answer;
  const messages =
    kind === 'empty'
      ? []
      : answer.messages.map((message, index) => ((index + 1) % every === 0 ? asForeign(message) : message));
  return new Api.messages.ChannelMessages({
    pts,
    count: kind === 'empty' && count === 'none' ? 0 : answer.count,
    messages,
    topics,
    chats,
    users,
  });
}

/** Where in a channel a call asks for messages. */
export type CallPlace = 'newest' | 'older' | number;

/** Whether a call asks for messages there; calls that ask for no place are at the newest. */
export function isAt(request: Api.AnyRequest, place: CallPlace | undefined): boolean {
  if (place === undefined) return true;
  const { offsetId = 0 } = request as { offsetId?: number };
  return place === 'newest' ? offsetId === 0 : place === 'older' ? offsetId > 0 : offsetId === place;
}
