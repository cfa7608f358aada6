import type { Api } from 'telegram';
import { outOfLine } from '../kit/dates.ts';
import { BrokenAnswer } from './errors.ts';
import { brief, idOf, instantOf, isLaterThan, largestMessageId } from './values.ts';

type Answer = Api.messages.TypeMessages;
/** An answer that lists messages. */
export type Listed = Exclude<Answer, Api.messages.MessagesNotModified>;

/** More messages than this were never asked for. */
const mostMessages = 1_000;
const listing = new Set(['messages.Messages', 'messages.MessagesSlice', 'messages.ChannelMessages']);

/** The answer as a list of messages. Throws `BrokenAnswer` when it is none, or has no end. */
export function listedIn(answer: Answer, method: string): Listed {
  if (answer.className === 'messages.MessagesNotModified') {
    throw new BrokenAnswer(`the answer to ${method} says "not modified", messages are wanted`);
  }
  if (!listing.has(answer.className) || !Array.isArray(answer.messages) || !Array.isArray(answer.chats)) {
    throw new BrokenAnswer(
      `the answer to ${method} is ${brief(String(answer.className))}, messages are wanted`,
    );
  }
  if (answer.messages.length > mostMessages) {
    throw new BrokenAnswer(`the answer to ${method} has ${answer.messages.length} messages, 100 are wanted`);
  }
  return answer;
}

/** A message that is there, of the channel that was asked. */
export type Present = Api.Message | Api.MessageService;

/** What becomes of the messages of one answer. */
export interface Sorted {
  /** Those that are there, in the answer's order: also those about the channel itself, and those without a date. */
  present: Present[];
  /** Those that the answer names as removed. */
  removed: Api.MessageEmpty[];
  /** Those that are posts, or parts of one. */
  published: Api.Message[];
  /** Why the others are none, and the ids of those that are of this channel. */
  left: { reason: string; id: number | null }[];
}

function isOf(peer: Api.TypePeer | undefined, nativeId: number): boolean {
  return peer?.className === 'PeerChannel' && idOf(peer.channelId) === nativeId;
}

function isId(id: unknown): boolean {
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= largestMessageId;
}

/** Why a message of the channel is no post; `null` when it is one. */
function reasonAgainst(message: Present, answered: Date): string | null {
  if (message.className === 'MessageService') return 'service';
  const published = instantOf(message.date);
  if (!published) return 'no_date';
  return isLaterThan(published, answered) ? 'future_date' : null;
}

/** Sorts the messages of an answer about a channel, each id once. `answered`: when Telegram gave it. Pure. */
export function sortMessages(messages: readonly Api.TypeMessage[], nativeId: number, answered: Date): Sorted {
  const sorted: Sorted = { present: [], removed: [], published: [], left: [] };
  const seen = new Set<number>();
  const drop = (reason: string, id: number | null = null): void => {
    sorted.left.push({ reason, id });
  };
  for (const message of messages) {
    if (!isId(message.id)) {
      drop('no_id');
    } else if (message.className === 'MessageEmpty') {
      // It need not say of which channel it was.
      if (message.peerId && !isOf(message.peerId, nativeId)) drop('other_channel');
      else sorted.removed.push(message);
    } else if (message.className !== 'Message' && message.className !== 'MessageService') {
      drop('other_kind');
    } else if (!isOf(message.peerId, nativeId)) {
      drop('other_channel');
    } else if (seen.has(message.id)) {
      drop('twice');
    } else {
      seen.add(message.id);
      sorted.present.push(message);
      const reason = reasonAgainst(message, answered);
      if (reason !== null) drop(reason, message.id);
      else if (message.className === 'Message') sorted.published.push(message);
    }
  }
  return sorted;
}

/** What was left out, by reason: of this channel only what is among `used`. */
export function countLeft({ left }: Sorted, used: ReadonlySet<number>): Record<string, number> {
  const dropped: Record<string, number> = {};
  for (const { reason, id } of left) {
    if (id === null || used.has(id)) dropped[reason] = (dropped[reason] ?? 0) + 1;
  }
  return dropped;
}

/** The dates of messages from the largest id to the smallest, those without a credible one left out. */
export function datesOf(messages: readonly Present[], answered: Date): Date[] {
  return [...messages]
    .sort((one, other) => other.id - one.id)
    .flatMap(({ date }) => instantOf(date) ?? [])
    .filter((date) => !isLaterThan(date, answered));
}

/**
 * Whether ids and dates fall from the first message to the last, so that absence means something; of many messages one
 * may have an odd date.
 */
export function isFalling(messages: readonly { id: number; date: number }[]): boolean {
  const isDown = messages.every(({ id }, index) => index === 0 || id < (messages[index - 1]?.id ?? 0));
  if (!isDown) return false;
  const dates = messages.map(({ date }) => date);
  return outOfLine(dates, (earlier, later) => earlier > later) !== null;
}
