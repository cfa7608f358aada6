import type { Clock } from '../../../domain/clock.ts';
import { getHistory, historyMethod } from './calls.ts';
import { BrokenAnswer, TelegramFailure } from './errors.ts';
import type { HistoryPage } from './map.ts';
import { mapHistory } from './map.ts';
import type { KnownPage } from './chooser.ts';
import type { Pool } from './pool.ts';

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
  const known = notes.get(nativeId) ?? { fullAt: null, reactions: null, nameAt: null, nameTaken: null };
  notes.set(nativeId, known);
  return known;
}

/** Where a page of messages begins. */
export interface Place {
  /** Messages with smaller ids are wanted; 0: from the newest on. */
  offsetId: number;
  /** Messages read before, from the newest on; `null` when not known. */
  before: number | null;
}

export const newestPlace: Place = { offsetId: 0, before: 0 };

/** Maps an answer; one that is not what the method promises is a failure that says so. */
export function mapped<Result>(map: () => Result): Result {
  try {
    return map();
  } catch (error) {
    if (error instanceof BrokenAnswer) throw new TelegramFailure('unknown', `broken: ${error.message}`);
    throw error;
  }
}

/** One page of messages. Throws `TelegramFailure`: also for a channel that is shown to nobody. */
export async function readPage(
  reader: Reader,
  page: KnownPage,
  place: Place,
  count: number,
  signal?: AbortSignal,
): Promise<HistoryPage> {
  const { nativeId } = page;
  const asked = Math.min(messagesPerCall, Math.max(fewestMessages, count));
  const answer = await reader.pool.read(
    page,
    historyMethod,
    (key) => getHistory(key, place.offsetId, asked),
    signal,
  );
  const { reactions } = notesOn(reader, nativeId);
  const read = mapped(() => mapHistory(answer, { nativeId, asked, before: place.before, reactions }));
  if (read.channel?.forbidden) throw TelegramFailure.fromWord('CHANNEL_PRIVATE', null);
  if (read.channel?.blocked) throw blockedBy(read.channel.blocked);
  return read;
}

/** The failure that a channel is which Telegram shows to nobody. */
export function blockedBy(reason: string): TelegramFailure {
  return new TelegramFailure('blocked', `telegram: the channel is blocked (${reason})`);
}

/** Where the page after this one begins; `null` when this was the last. A server that does not go on is not followed. */
export function placeAfter(place: Place, { next, end, ids, removed }: HistoryPage): Place | null {
  if (end || next === null || (place.offsetId > 0 && next >= place.offsetId)) return null;
  const before = place.before === null ? null : place.before + ids.length + removed.length;
  return { offsetId: next, before };
}

/** Pages of messages from the newest back to the channel's beginning, the first of `count`. */
export async function* pagesBack(
  reader: Reader,
  page: KnownPage,
  count: number,
  signal?: AbortSignal,
): AsyncGenerator<HistoryPage> {
  for (let place: Place | null = newestPlace; place !== null;) {
    const read: HistoryPage = await readPage(
      reader,
      page,
      place,
      place.offsetId === 0 ? count : messagesPerCall,
      signal,
    );
    yield read;
    place = placeAfter(place, read);
  }
}
