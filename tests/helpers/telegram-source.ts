import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { Api, helpers } from 'telegram';
import type { HistoryChunk, HistoryPlace, HistoryRequest, LookRequest, Source } from '#collector/source.ts';
import type { TelegramSourceOptions } from '#collector/sources/telegram/source.ts';
import { createTelegramSource } from '#collector/sources/telegram/source.ts';
import { hastyTimer, setClock } from './collector-clocks.ts';
import type { ScriptedReply, ScriptedRequest, ScriptedTelegram } from './scripted-telegram.ts';
import { serveTelegramScript } from './scripted-telegram.ts';
import type { LogLine } from './vk-source.ts';

/** The instant of every source under test. */
export const now = '2026-03-10T12:00:00Z';
const second = Date.parse(now) / 1000;
const big = (value: number | string) => helpers.returnBigInt(value);

/** A channel of the script; its messages newest first. */
export interface ScriptedChannel {
  id: number;
  name: string | null;
  title?: string;
  subscribers?: number;
  /** Readers may react. */
  reactions?: boolean;
  messages: Api.TypeMessage[];
  /** Telegram's word for whoever wants to look inside. */
  refuse?: string;
  more?: Partial<ConstructorParameters<typeof Api.Channel>[0]>;
}

type Traits = Partial<ConstructorParameters<typeof Api.Message>[0]>;

/** A message of a channel, so many hours old. */
export function messageOf(channelId: number, id: number, hours: number, more: Traits = {}): Api.Message {
  const peerId = new Api.PeerChannel({ channelId: big(channelId) });
  const date = second - Math.round(hours * 3600);
  return new Api.Message({ id, peerId, date, message: `text ${id}`, views: 10, forwards: 0, ...more });
}

/** The messages of one album, all of one age; ids from the largest on. */
export function albumOf(channelId: number, ids: readonly number[], hours: number): Api.Message[] {
  const groupedId = big(channelId * 1000 + hours);
  return ids.map((id) => messageOf(channelId, id, hours, { groupedId }));
}

/** A channel with `size` messages, an hour apart, the newest an hour ago, of the id `size`. */
export function channelOf(id: number, size: number, more: Partial<ScriptedChannel> = {}): ScriptedChannel {
  const messages = Array.from({ length: size }, (_, index) => messageOf(id, size - index, index + 1));
  return { id, name: `channel${id}`, messages, ...more };
}

/** The key of an account to a channel: another for each. */
const accessHash = (id: number, account: number) => String(id * 100 + account);

/** The channel as it stands among the chats of an answer to an account. */
export function chatOf(channel: ScriptedChannel, account: number): Api.Channel {
  return new Api.Channel({
    id: big(channel.id),
    accessHash: big(accessHash(channel.id, account)),
    title: channel.title ?? `Title ${channel.id}`,
    ...(channel.name === null ? {} : { username: channel.name }),
    broadcast: true,
    photo: new Api.ChatPhotoEmpty(),
    date: second,
    ...channel.more,
  });
}

function fullOf(channel: ScriptedChannel, account: number): Api.messages.ChatFull {
  const fullChat = new Api.ChannelFull({
    id: big(channel.id),
    about: '',
    ...(channel.subscribers === undefined ? {} : { participantsCount: channel.subscribers }),
    ...(channel.reactions ? { availableReactions: new Api.ChatReactionsAll({}) } : {}),
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    chatPhoto: new Api.PhotoEmpty({ id: big(0) }),
    notifySettings: new Api.PeerNotifySettings({}),
    botInfo: [],
    pts: 1,
  });
  return new Api.messages.ChatFull({ fullChat, chats: [chatOf(channel, account)], users: [] });
}

function historyOf(
  channel: ScriptedChannel,
  account: number,
  request: Api.messages.GetHistory,
): ScriptedReply {
  const older = channel.messages.filter(({ id }) => request.offsetId === 0 || id < request.offsetId);
  return { answer: answerOf(channel, older.slice(0, request.limit), { account }) };
}

/** The messages of these ids, and a mark for each that is not there. */
function messagesById(
  channel: ScriptedChannel,
  account: number,
  request: Api.channels.GetMessages,
): ScriptedReply {
  const messages = request.id.map((each) => {
    const id = (each as Api.InputMessageID).id;
    return channel.messages.find((message) => message.id === id) ?? new Api.MessageEmpty({ id });
  });
  return { answer: answerOf(channel, messages, { account, count: messages.length }) };
}

/** An answer with these messages of a channel. */
export function answerOf(
  channel: ScriptedChannel,
  messages: Api.TypeMessage[],
  { account = 0, count = channel.messages.length, chats = [] as Api.TypeChat[] } = {},
): Api.messages.ChannelMessages {
  return new Api.messages.ChannelMessages({
    pts: 1,
    count,
    messages,
    topics: [],
    chats: [chatOf(channel, account), ...chats],
    users: [],
  });
}

function foundFor(words: string, channels: readonly ScriptedChannel[], account: number): ScriptedReply {
  const chats = channels
    .filter((channel) => channel.name !== null && (channel.title ?? `Title ${channel.id}`).includes(words))
    .map((channel) => chatOf(channel, account));
  const results = chats.map(({ id }) => new Api.PeerChannel({ channelId: id }));
  return { answer: new Api.contacts.Found({ myResults: [], results, chats, users: [] }) };
}

/** Where calls of channels say which channel they mean; `null` for other requests. */
export function channelIdOf({ method, request }: ScriptedRequest): number | null {
  const { channel, peer } = request as { channel?: Api.InputChannel; peer?: Api.InputPeerChannel };
  const holder = method.startsWith('channels.') ? channel : peer;
  return holder ? Number(holder.channelId.toString()) : null;
}

/** Answers as Telegram does for these channels: to whoever has the right key, and names to everybody. */
export function well(channels: readonly ScriptedChannel[]) {
  return (call: ScriptedRequest): ScriptedReply | undefined => {
    const { account, method, request } = call;
    if (method === 'updates.GetState') {
      return { answer: new Api.updates.State({ pts: 1, qts: 1, date: 1, seq: 1, unreadCount: 0 }) };
    }
    if (method === 'contacts.ResolveUsername') {
      const { username } = request as Api.contacts.ResolveUsername;
      const channel = channels.find(({ name }) => name?.toLowerCase() === username.toLowerCase());
      if (!channel) return { refuse: 'USERNAME_NOT_OCCUPIED' };
      const peer = new Api.PeerChannel({ channelId: big(channel.id) });
      return {
        answer: new Api.contacts.ResolvedPeer({ peer, chats: [chatOf(channel, account)], users: [] }),
      };
    }
    if (method === 'contacts.Search') {
      return foundFor((request as Api.contacts.Search).q, channels, account);
    }
    const id = channelIdOf(call);
    if (id === null) return undefined;
    const channel = channels.find((each) => each.id === id);
    const { channel: byChannel, peer } = request as {
      channel?: Api.InputChannel;
      peer?: Api.InputPeerChannel;
    };
    const key = (byChannel ?? peer)?.accessHash.toString();
    if (!channel || key !== accessHash(id, account)) return { refuse: 'CHANNEL_INVALID' };
    if (channel.refuse) return { refuse: channel.refuse, code: 406 };
    if (method === 'channels.GetFullChannel') return { answer: fullOf(channel, account) };
    if (method === 'channels.GetMessages') {
      return messagesById(channel, account, request as Api.channels.GetMessages);
    }
    return historyOf(channel, account, request as Api.messages.GetHistory);
  };
}

const servers: ScriptedTelegram[] = [];

/** Ends the servers of the test; how many connections to them were left open, which should be none. */
export async function closeTelegram(): Promise<number> {
  const count = () => servers.reduce((sum, server) => sum + server.open(), 0);
  // The server learns of a closing a moment later.
  for (let moment = 0; moment < 3_000 && count() > 0; moment += 1) await delay(10);
  const open = count();
  for (const server of servers.splice(0)) await server.close();
  return open;
}

/** A source under test, and what its server and its log saw. */
export interface SourceUnderTest {
  source: Source;
  server: ScriptedTelegram;
  log: LogLine[];
}

/** The real source against a server with a script: a fiftyfold hasty timer, one account unless said otherwise. */
export async function telegramSourceOf(
  script: (request: ScriptedRequest) => ScriptedReply | undefined,
  { accounts = 1, ...options }: Partial<TelegramSourceOptions> & { accounts?: number } = {},
): Promise<SourceUnderTest> {
  const server = await serveTelegramScript(accounts, script);
  servers.push(server);
  const log: LogLine[] = [];
  const stream = { write: (line: string) => log.push(JSON.parse(line) as LogLine) };
  const source = createTelegramSource({
    apiId: 1,
    apiHash: '0123456789abcdef0123456789abcdef',
    sessions: server.sessions,
    proxy: server.proxy,
    clock: setClock(now),
    timer: hastyTimer(50),
    // Three seconds of this timer’s, for a busy machine.
    deadline: 150_000,
    log: pino({ level: 'trace' }, stream),
    ...options,
  });
  return { source, server, log };
}

/** Requests for channels, pages numbered as the channels are. */
export function looksFor(
  channels: readonly ScriptedChannel[],
  more: Partial<LookRequest> = {},
): LookRequest[] {
  return channels.map(({ id, name }) => ({
    pageId: id,
    nativeId: id,
    name,
    newest: 20,
    since: null,
    ...more,
  }));
}

/** The methods asked for, in order, of one account or of all. */
export function methodsOf({ server }: SourceUnderTest, account?: number): string[] {
  return server.requests
    .filter((each) => account === undefined || each.account === account)
    .map(({ method }) => method.replace(/^\w+\./, ''));
}

/** An instant so many hours ago. */
export const hours = (count: number): Date => new Date(Date.parse(now) - count * 3_600_000);

/** A place in the past of a channel, as a former step gave it. */
export const placeAt = (id: number): HistoryPlace => ({ id, published: null, offset: null });

/** A request for a channel's past, pages numbered as the channels are. */
export const pastOf = (id: number, more: Partial<HistoryRequest> = {}): HistoryRequest => ({
  pageId: id,
  nativeId: id,
  name: `channel${id}`,
  from: hours(9999),
  place: null,
  ...more,
});

/** All steps into the past of these channels. */
export async function chunksOf(
  source: Source,
  requests: readonly HistoryRequest[],
  signal?: AbortSignal,
): Promise<HistoryChunk[]> {
  const chunks: HistoryChunk[] = [];
  for await (const chunk of source.history(requests, signal)) chunks.push(chunk);
  return chunks;
}
