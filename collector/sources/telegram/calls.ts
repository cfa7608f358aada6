import type { Api } from 'telegram';
import type { TelegramEntity } from '#schema/operations/telegram-entities.ts';
import type { MakeRequest } from './connection.ts';

/** A call of a method by Telegram's name for it. */
export interface Call<Request extends Api.AnyRequest> {
  method: string;
  make: MakeRequest<Request>;
}

/** How an account reaches a channel. */
export type Key = Pick<TelegramEntity, 'channelId' | 'accessHash'>;

/** The method that Telegram bounds by the day. */
export const boundedMethod = 'contacts.resolveUsername';
/** The method that finds public channels by words. */
export const searchMethod = 'contacts.search';
/** The method that every look and every step into the past calls once. */
export const historyMethod = 'messages.getHistory';

/** The method that asks for messages by their ids. */
export const messagesMethod = 'channels.getMessages';

/** What a name leads to. */
export function resolveUsername(name: string): Call<Api.contacts.ResolveUsername> {
  return {
    method: boundedMethod,
    make: ({ Api }) => new Api.contacts.ResolveUsername({ username: name }),
  };
}

/** Public channels with these words in their names or titles. */
export function searchPublic(words: string): Call<Api.contacts.Search> {
  return {
    method: searchMethod,
    make: ({ Api }) => new Api.contacts.Search({ q: words.slice(0, 128), limit: 20 }),
  };
}

/** Messages by their ids: those that are there, and a mark for each of the others. */
export function getMessages(
  { channelId, accessHash }: Key,
  ids: readonly number[],
): Call<Api.channels.GetMessages> {
  return {
    method: messagesMethod,
    make: ({ Api, helpers }) =>
      new Api.channels.GetMessages({
        channel: new Api.InputChannel({
          channelId: helpers.returnBigInt(channelId),
          accessHash: helpers.returnBigInt(accessHash),
        }),
        id: ids.map((id) => new Api.InputMessageID({ id })),
      }),
  };
}

/** A channel with its subscribers and settings. */
export function getFullChannel({ channelId, accessHash }: Key): Call<Api.channels.GetFullChannel> {
  return {
    method: 'channels.getFullChannel',
    make: ({ Api, helpers }) =>
      new Api.channels.GetFullChannel({
        channel: new Api.InputChannel({
          channelId: helpers.returnBigInt(channelId),
          accessHash: helpers.returnBigInt(accessHash),
        }),
      }),
  };
}

/** Messages older than `offsetId` (0: from the newest on), newest first. */
export function getHistory(
  { channelId, accessHash }: Key,
  offsetId: number,
  limit: number,
): Call<Api.messages.GetHistory> {
  return {
    method: historyMethod,
    make: ({ Api, helpers }) =>
      new Api.messages.GetHistory({
        peer: new Api.InputPeerChannel({
          channelId: helpers.returnBigInt(channelId),
          accessHash: helpers.returnBigInt(accessHash),
        }),
        offsetId,
        offsetDate: 0,
        addOffset: 0,
        limit,
        maxId: 0,
        minId: 0,
        hash: helpers.returnBigInt(0),
      }),
  };
}

/** Whether the session is signed in, for nothing. */
export function getState(): Call<Api.updates.GetState> {
  return { method: 'updates.getState', make: ({ Api }) => new Api.updates.GetState() };
}
