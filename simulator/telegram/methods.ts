import { Api } from 'telegram';
import { valueAt } from '../world/subscribers.ts';
import type { Page } from '../world/types.ts';
import type { Message, World } from '../world/world.ts';
import type { Account } from './accounts.ts';
import type { Writable } from './connection.ts';
import { TelegramRefusal } from './refusal.ts';
import type { UnknownPage } from './shapes.ts';
import {
  accessHashOf,
  channelFullShape,
  channelShape,
  messageShape,
  unknownPageFullShape,
  unknownPageShape,
} from './shapes.ts';

/** What an answer depends on. */
export interface MethodContext {
  world: World;
  account: Account;
  /** Milliseconds since 1970, of the simulation. */
  instant: number;
}

/** What a client calls with. */
type Method = (request: Api.AnyRequest, context: MethodContext) => Writable;

const mostMessages = 100;

/** A channel of the world, or an unknown page with a name of this world. */
type Found = { page: Page } | { unknownPage: UnknownPage; name: string };

function unknownPages(world: World, instant: number): { unknownPage: UnknownPage; name: string }[] {
  return world
    .pagesIn('telegram')
    .flatMap((page) =>
      page.channel?.takenBy && world.stateOf(page, instant) === 'taken'
        ? [{ unknownPage: page.channel.takenBy, name: valueAt(page.screenNames, instant) }]
        : [],
    );
}

function findNamed(world: World, name: string, instant: number): Found | null {
  const page = world.pageNamed(name, instant, 'telegram');
  if (!page || page.created > instant) return null;
  switch (world.stateOf(page, instant)) {
    case 'ok':
    case 'banned':
      return { page };
    case 'taken':
      return (
        unknownPages(world, instant).find(({ unknownPage }) => unknownPage === page.channel?.takenBy) ?? null
      );
    default:
      return null;
  }
}

/** The channel that an account names by id and access hash. Throws `TelegramRefusal`. */
function findChannel(channel: unknown, { world, account, instant }: MethodContext): Found {
  const { channelId, accessHash } = channel as Partial<Api.InputChannel>;
  const id = Number(channelId?.toString() ?? NaN);
  if (accessHash?.toString() !== accessHashOf(account.settings.name, id)) {
    throw new TelegramRefusal('CHANNEL_INVALID');
  }
  const unknownPage = unknownPages(world, instant).find((each) => each.unknownPage.id === id);
  if (unknownPage) return unknownPage;
  const page = world.page(id, 'telegram');
  if (!page || page.created > instant) throw new TelegramRefusal('CHANNEL_INVALID');
  const state = world.stateOf(page, instant);
  if (state !== 'ok' && state !== 'banned') throw new TelegramRefusal('CHANNEL_PRIVATE');
  return { page };
}

function chatOf(found: Found, { account, instant }: MethodContext): Api.Channel {
  return 'page' in found
    ? channelShape(found.page, account.settings.name, instant)
    : unknownPageShape(found.unknownPage, found.name, account.settings.name);
}

function messagesOf(found: Found, { world, instant }: MethodContext): Message[] {
  if (!('page' in found) || world.stateOf(found.page, instant) === 'banned') return [];
  return world.messages(found.page, instant);
}

function answerWith(
  found: Found,
  chosen: readonly Message[],
  count: number,
  context: MethodContext,
  missing: readonly Api.MessageEmpty[] = [],
): Api.messages.ChannelMessages {
  const messages =
    'page' in found
      ? chosen.map((message) => messageShape(context.world, found.page, message, context.instant))
      : [];
  return new Api.messages.ChannelMessages({
    pts: 1,
    count,
    messages: [...messages, ...missing],
    topics: [],
    chats: [chatOf(found, context)],
    users: [],
  });
}

const resolveUsername: Method = (request, context) => {
  const { username } = request as Api.contacts.ResolveUsername;
  const { world, account, instant } = context;
  account.takeResolve(instant);
  if (!/^[a-z]\w{2,31}$/i.test(username)) throw new TelegramRefusal('USERNAME_INVALID');
  const found = findNamed(world, username, instant);
  if (!found) throw new TelegramRefusal('USERNAME_NOT_OCCUPIED');
  const chat = chatOf(found, context);
  const peer = new Api.PeerChannel({ channelId: chat.id });
  return new Api.contacts.ResolvedPeer({ peer, chats: [chat], users: [] });
};

const search: Method = (request, context) => {
  const { q, limit } = request as Api.contacts.Search;
  const { world, instant } = context;
  const words = q.toLowerCase();
  if (words.length < 3) throw new TelegramRefusal('QUERY_TOO_SHORT');
  const chats = world
    .pagesIn('telegram')
    .filter((page) => page.created <= instant && world.stateOf(page, instant) === 'ok')
    .filter((page) =>
      `${valueAt(page.titles, instant)} ${valueAt(page.screenNames, instant)}`.toLowerCase().includes(words),
    )
    .slice(0, limit)
    .map((page) => chatOf({ page }, context));
  const results = chats.map(({ id }) => new Api.PeerChannel({ channelId: id }));
  return new Api.contacts.Found({ myResults: [], results, chats, users: [] });
};

const getFullChannel: Method = (request, context) => {
  const found = findChannel((request as Api.channels.GetFullChannel).channel, context);
  const fullChat =
    'page' in found ? channelFullShape(found.page, context.instant) : unknownPageFullShape(found.unknownPage);
  return new Api.messages.ChatFull({ fullChat, chats: [chatOf(found, context)], users: [] });
};

const getChannels: Method = (request, context) => {
  const { id } = request as Api.channels.GetChannels;
  return new Api.messages.Chats({ chats: id.map((each) => chatOf(findChannel(each, context), context)) });
};

const getHistory: Method = (request, context) => {
  const { peer, offsetId, offsetDate, addOffset, limit, maxId, minId } = request as Api.messages.GetHistory;
  const found = findChannel(peer, context);
  const all = messagesOf(found, context);
  const isOlder = ({ id, post }: Message): boolean =>
    offsetId > 0 ? id < offsetId : offsetDate === 0 || post.published < offsetDate * 1000;
  const first = Math.max(0, all.findIndex(isOlder)) + addOffset;
  const from = all.some(isOlder) ? Math.max(0, first) : all.length;
  const chosen = all
    .slice(from, from + Math.min(limit, mostMessages))
    .filter(({ id }) => (maxId === 0 || id < maxId) && id > minId);
  return answerWith(found, chosen, all.length, context);
};

const getMessages: Method = (request, context) => {
  const { channel, id } = request as Api.channels.GetMessages;
  const found = findChannel(channel, context);
  const wanted = id.flatMap((each) => (each.className === 'InputMessageID' ? [each.id] : []));
  const all = new Map(messagesOf(found, context).map((message) => [message.id, message]));
  const chosen = wanted.flatMap((each) => all.get(each) ?? []);
  const missing = wanted
    .filter((each) => !all.has(each))
    .map(
      (each) =>
        new Api.MessageEmpty({
          id: each,
          peerId: new Api.PeerChannel({ channelId: chatOf(found, context).id }),
        }),
    );
  return answerWith(found, chosen, chosen.length, context, missing);
};

const getState: Method = (_request, { instant }) =>
  new Api.updates.State({ pts: 1, qts: 1, date: Math.floor(instant / 1000), seq: 1, unreadCount: 0 });

const getConfig: Method = (_request, { instant }) => {
  const date = Math.floor(instant / 1000);
  return new Api.Config({
    date,
    expires: date + 3600,
    testMode: false,
    thisDc: 2,
    dcOptions: [new Api.DcOption({ id: 2, ipAddress: '149.154.167.51', port: 443 })],
    dcTxtDomainName: 'apv3.stel.com',
    chatSizeMax: 200,
    megagroupSizeMax: 200_000,
    forwardedCountMax: 100,
    onlineUpdatePeriodMs: 210_000,
    offlineBlurTimeoutMs: 5_000,
    offlineIdleTimeoutMs: 30_000,
    onlineCloudTimeoutMs: 300_000,
    notifyCloudDelayMs: 30_000,
    notifyDefaultDelayMs: 1_500,
    pushChatPeriodMs: 60_000,
    pushChatLimit: 2,
    editTimeLimit: 172_800,
    revokeTimeLimit: 2_147_483_647,
    revokePmTimeLimit: 2_147_483_647,
    ratingEDecay: 2_419_200,
    stickersRecentLimit: 200,
    channelsReadMediaPeriod: 604_800,
    callReceiveTimeoutMs: 20_000,
    callRingTimeoutMs: 90_000,
    callConnectTimeoutMs: 30_000,
    callPacketTimeoutMs: 10_000,
    meUrlPrefix: 'https://t.me/',
    captionLengthMax: 1_024,
    messageLengthMax: 4_096,
    webfileDcId: 4,
  });
};

/** What the server answers, by Telegram's names. */
export const methods: Readonly<Record<string, Method>> = {
  'help.GetConfig': getConfig,
  'updates.GetState': getState,
  'contacts.ResolveUsername': resolveUsername,
  'contacts.Search': search,
  'channels.GetChannels': getChannels,
  'channels.GetFullChannel': getFullChannel,
  'channels.GetMessages': getMessages,
  'messages.GetHistory': getHistory,
};

/** The positive ids of the channels a call is about. */
export function channelsOf(
  request: Api.AnyRequest,
  { world, instant }: Omit<MethodContext, 'account'>,
): number[] {
  const { channel, peer, username } = request as {
    channel?: Partial<Api.InputChannel>;
    peer?: Partial<Api.InputPeerChannel>;
    username?: string;
  };
  if (username !== undefined) {
    const page = world.pageNamed(username, instant, 'telegram');
    return page ? [page.id] : [];
  }
  const id = (channel ?? peer)?.channelId;
  return id === undefined ? [] : [Number(id.toString())];
}
