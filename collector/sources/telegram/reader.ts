import type { Clock } from '#domain/clock.ts';
import type { NewestSeen } from '../kit/plausible.ts';
import { getHistory, historyMethod } from './calls.ts';
import type { KnownPage } from './account-selector.ts';
import { TelegramFailure, mapped } from './errors.ts';
import type { HistoryPage } from './map.ts';
import { mapHistory } from './map.ts';
import type { Channel } from './map-channel.ts';
import type { Pool } from './pool.ts';
import { becameGroup, blockedBy } from './page-failures.ts';

/** Messages in one call of `messages.getHistory`. */
export const messagesPerCall = 100;
/** No answer is so short that one album (10 messages) could be all of it. */
const fewestMessages = 20;

/** What is remembered of a channel while the process lives. */
export interface ChannelNotes {
  /** When all of its settings were asked for; `null` when never. */
  fullAt: Date | null;
  /** Whether its readers may react; `null` when not known. */
  reactions: boolean | null;
  /** When its name was looked up because it let nobody in, and whose it was when not the channel's own. */
  nameAt: Date | null;
  nameTaken: TelegramFailure | null;
  /** What it was called when it was last seen; '' when it was not. */
  title: string;
  /** What its newest page showed last; `null` when it was not asked for. */
  newest: NewestSeen | null;
}

/** What reading is done with. */
export interface Reader {
  pool: Pool;
  clock: Clock;
  /** By native id. */
  notes: Map<number, ChannelNotes>;
}

/** The notes on a channel, to be written on. */
export function notesOn({ notes }: Reader, nativeId: number): ChannelNotes {
  const known = notes.get(nativeId) ?? {
    fullAt: null,
    reactions: null,
    nameAt: null,
    nameTaken: null,
    title: '',
    newest: null,
  };
  notes.set(nativeId, known);
  return known;
}

/** Where a page of messages begins. */
export interface Place {
  /** Messages with smaller ids are wanted; 0: from the newest on. */
  offsetId: number;
  /** Messages read before, from the newest on; `null` when not known. */
  before: number | null;
  /** When about the messages above were published; `null` when that is not known. */
  above: Date | null;
}

export const newestPlace: Place = { offsetId: 0, before: 0, above: null };

/** How many messages one answer is asked for when so many are wanted. */
export function askedFor(count: number): number {
  return Math.min(messagesPerCall, Math.max(fewestMessages, count));
}

/** Throws `TelegramFailure` for a channel that shows no messages to readers, or is none any more. */
export function mustBeOpen(channel: Channel | null): void {
  if (channel?.forbidden) throw TelegramFailure.fromWord('CHANNEL_PRIVATE', null);
  if (channel?.group) throw becameGroup(channel.nativeId);
  if (channel?.blocked) throw blockedBy(channel.blocked);
}

/** One page of messages, as one answer shows it. Throws `TelegramFailure`: also for a channel that is shown to nobody. */
export async function readPage(
  reader: Reader,
  page: KnownPage,
  place: Place,
  count: number,
  signal?: AbortSignal,
): Promise<HistoryPage> {
  const { nativeId } = page;
  const asked = askedFor(count);
  const answer = await reader.pool.read(
    page,
    historyMethod,
    (key) => getHistory(key, place.offsetId, asked),
    signal,
  );
  const { reactions } = notesOn(reader, nativeId);
  const answered = reader.clock.now();
  const question = { nativeId, asked, before: place.before, reactions, answered };
  const read = mapped(() => mapHistory(answer, question));
  mustBeOpen(read.channel);
  return read;
}
