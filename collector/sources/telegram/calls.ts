import type { Api } from 'telegram';
import type { TelegramEntity } from '../../../schema/operations/telegram-entities.ts';
import type { MakeRequest } from './link.ts';

/** A call of a method by Telegram's name for it. */
export interface Call<Request extends Api.AnyRequest> {
  method: string;
  make: MakeRequest<Request>;
}

/** How an account reaches a channel. */
export type Key = Pick<TelegramEntity, 'channelId' | 'accessHash'>;

/** The method that Telegram bounds by the day. */
export const boundedMethod = 'contacts.resolveUsername';
/** The method that every look and every step into the past calls once. */
export const historyMethod = 'messages.getHistory';

/** What a name leads to. */
export function resolveUsername(name: string): Call<Api.contacts.ResolveUsername> {
  return {
    method: boundedMethod,
    make: ({ Api }) => new Api.contacts.ResolveUsername({ username: name }),
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
