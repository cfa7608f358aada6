import type { Api } from 'telegram';
import type { Confirmation, ConfirmRequest, ObservedPost } from '../../source.ts';
import { chunk } from '../kit/concurrency.ts';
import { nothingConfirmed } from '../kit/nothing-confirmed.ts';
import { albumOf } from './albums.ts';
import { getMessages, messagesMethod } from './calls.ts';
import { TelegramFailure, mapped } from './errors.ts';
import { findChannel } from './map-channel.ts';
import { mapPost } from './map-post.ts';
import { listedIn, sortMessages } from './messages.ts';
import type { Reader } from './reader.ts';
import { mustBeOpen, notesOn } from './reader.ts';
import { largestMessageId } from './values.ts';

/** Messages that `channels.getMessages` gives at once. */
export const idsPerCall = 100;

/** What an answer says of the ids it was asked for. */
interface Asked {
  there: number[];
  gone: number[];
  posts: ObservedPost[];
  /** Those that it says nothing of, or two things. */
  unsaid: number[];
}

/** What the ids asked for are read by. */
interface AskedQuestion {
  nativeId: number;
  ids: readonly number[];
  reactions: boolean | null;
  answered: Date;
}

/**
 * Maps an answer of `channels.getMessages`. Pure. Messages of albums are there but make no posts: whether all of an album
 * were asked for is not known. Throws `BrokenAnswer` when it lists no messages, `TelegramFailure` for a closed channel.
 */
function mapAsked(answer: Api.messages.TypeMessages, question: AskedQuestion): Asked {
  const { nativeId, ids, answered } = question;
  const listed = listedIn(answer, messagesMethod);
  mustBeOpen(findChannel(listed.chats, nativeId));
  const { present, removed, published } = sortMessages(listed.messages, nativeId, answered);
  const shown = new Set(present.map(({ id }) => id));
  const named = new Set(removed.map(({ id }) => id));
  return {
    there: ids.filter((id) => shown.has(id)),
    gone: ids.filter((id) => named.has(id) && !shown.has(id)),
    posts: published
      .filter((message) => ids.includes(message.id) && albumOf(message) === null)
      .map((message) => mapPost([message], question)),
    unsaid: ids.filter((id) => !named.has(id) && !shown.has(id)),
  };
}

/** Asks for messages of a channel by their ids. See `Source`. */
export async function confirm(
  reader: Reader,
  request: ConfirmRequest,
  signal?: AbortSignal,
): Promise<Confirmation> {
  const { nativeId } = request;
  const found = { there: [] as number[], gone: [] as number[], posts: [] as ObservedPost[] };
  const unsaid: number[] = [];
  const isId = (id: number) => Number.isInteger(id) && id > 0 && id <= largestMessageId;
  unsaid.push(...request.ids.filter((id) => !isId(id)));
  try {
    for (const ids of chunk(request.ids.filter(isId), idsPerCall)) {
      const answer = await reader.pool.read(request, messagesMethod, (key) => getMessages(key, ids), signal);
      const { reactions } = notesOn(reader, nativeId);
      const question = { nativeId, ids, reactions, answered: reader.clock.now() };
      const asked = mapped(() => mapAsked(answer, question));
      found.there.push(...asked.there);
      found.gone.push(...asked.gone);
      found.posts.push(...asked.posts);
      unsaid.push(...asked.unsaid);
    }
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    return { ...nothingConfirmed(reader.clock.now(), request, error.message), ...found };
  }
  const cause =
    unsaid.length === 0 ? '' : `broken: the answer to ${messagesMethod} says nothing of ${unsaid.length} ids`;
  return { observed: reader.clock.now(), ...found, cause };
}
