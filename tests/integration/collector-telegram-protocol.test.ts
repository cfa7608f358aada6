import { gzipSync } from 'node:zlib';
import { Api, helpers } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import { serveMtProxy } from '../helpers/mtproxy.ts';
import type { ScriptedReply, ScriptedRequest } from '../helpers/scripted-telegram.ts';
import { resultOf } from '../helpers/scripted-telegram.ts';
import {
  channelOf,
  closeTelegram,
  looksFor,
  methodsOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it signs in and exchanges keys as the network does');

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const channels = [channelOf(7, 3), channelOf(8, 3)];
const good = well(channels);
const hasty = { timer: hastyTimer(60), deadline: 30_000 };
const state = new Api.updates.State({ pts: 1, qts: 1, date: 1, seq: 1, unreadCount: 0 });
const longOf = (id: Buffer) => helpers.returnBigInt(id.readBigInt64LE(0).toString());

function word(code: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(code, 0);
  return buffer;
}

function textOf(content: Buffer): Buffer {
  const head = Buffer.from([254, content.length & 255, (content.length >> 8) & 255, content.length >> 16]);
  return Buffer.concat([head, content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}

const packed = (content: Buffer) => Buffer.concat([word(0x3072cfa1), textOf(gzipSync(content))]);
/** An object of a class that nobody knows. */
const unknown = Buffer.concat([word(0x0badf00d), Buffer.alloc(16)]);

function containerOf(...bodies: Buffer[]): Buffer {
  const messages = bodies.map((body, index) => {
    const head = Buffer.alloc(16);
    head.writeBigInt64LE(
      (BigInt(Math.floor(systemClock.now().getTime() / 1000)) << 32n) + BigInt(index * 4 + 1),
      0,
    );
    head.writeInt32LE(index * 2 + 1, 8);
    head.writeInt32LE(body.length, 12);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([word(0x73f1f8dc), word(messages.length), ...messages]);
}

/** What the answer of the well-behaved server is made of, the first one being replied to in another way. */
function once(
  reply: (content: Buffer, call: ScriptedRequest) => ScriptedReply,
  method: string | null = null,
) {
  let isFirst = true;
  return (call: ScriptedRequest): ScriptedReply | undefined => {
    const answer = good(call) ?? { answer: state };
    if (!isFirst || (method !== null && method !== call.method)) return answer;
    isFirst = false;
    return reply(
      'answer' in (answer as object) ? (answer as { answer: Api.updates.State }).answer.getBytes() : unknown,
      call,
    );
  };
}

const always =
  (reply: (content: Buffer, call: ScriptedRequest) => ScriptedReply) => (call: ScriptedRequest) => {
    const answer = (good(call) ?? { answer: state }) as { answer: { getBytes(): Buffer } };
    return reply(answer.answer.getBytes(), call);
  };

const badSalt = (id: Buffer) =>
  new Api.BadServerSalt({
    badMsgId: longOf(id),
    badMsgSeqno: 1,
    errorCode: 48,
    newServerSalt: helpers.returnBigInt(77),
  }).getBytes();
const badMessage = (id: Buffer, errorCode: number) =>
  new Api.BadMsgNotification({ badMsgId: longOf(id), badMsgSeqno: 1, errorCode }).getBytes();
const newSession = (id: Buffer) =>
  new Api.NewSessionCreated({
    firstMsgId: longOf(id),
    uniqueId: helpers.returnBigInt(5),
    serverSalt: helpers.returnBigInt(6),
  }).getBytes();
const acknowledged = (id: Buffer) => new Api.MsgsAck({ msgIds: [longOf(id)] }).getBytes();

describe('a server may', () => {
  const ways: Record<string, (call: ScriptedRequest) => ScriptedReply | undefined> = {
    'pack what it answers': always((content) => ({ messages: (id) => [resultOf(id, packed(content))] })),
    'pack the message as a whole': always((content) => ({
      messages: (id) => [packed(resultOf(id, content))],
    })),
    'put the answer into a container': always((content) => ({
      messages: (id) => [containerOf(newSession(id), acknowledged(id), resultOf(id, content))],
    })),
    'tell of things nobody knows': always((content) => ({
      messages: (id) => [unknown, new Api.UpdatesTooLong().getBytes(), resultOf(id, content)],
    })),
    'want another salt': once(() => ({ messages: (id) => [badSalt(id)] })),
    'want another salt in the middle': once(
      () => ({ messages: (id) => [badSalt(id)] }),
      'messages.GetHistory',
    ),
    'say that the clock is wrong': once(
      () => ({ messages: (id) => [badMessage(id, 16)] }),
      'messages.GetHistory',
    ),
    'want other numbers': once(() => ({ messages: (id) => [badMessage(id, 32)] }), 'messages.GetHistory'),
    'not take a message': once(() => ({ messages: (id) => [badMessage(id, 18)] }), 'messages.GetHistory'),
    'have too many connections': once(() => ({ transport: -429 }), 'messages.GetHistory'),
    'give no configuration': (call) => (call.method === 'connecting' ? 'silence' : good(call)),
    'refuse the configuration': (call) =>
      call.method === 'connecting' ? { refuse: 'METHOD_INVALID' } : good(call),
    'answer the configuration with something else': (call) =>
      call.method === 'connecting' ? { messages: (id) => [resultOf(id, unknown)] } : good(call),
  };

  test.each(Object.keys(ways))('%s', async (way) => {
    const tested = await telegramSourceOf(ways[way] ?? good, hasty);
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(['ok', 'ok']);
    expect(looks.get(8)?.posts).toHaveLength(3);
  });
});

test('an answer of a class that nobody knows is that page’s error', async () => {
  const tested = await telegramSourceOf(
    once(() => ({ messages: (id) => [resultOf(id, unknown)] }), 'messages.GetHistory'),
    hasty,
  );
  const looks = await looksOf(tested.source, looksFor(channels));
  expect(outcomes(looks)).toEqual(['error', 'ok']);
  expect(looks.get(7)?.cause).toBe('broken: Telegram answered with something this version does not know');
});

test.each([
  ['wants another salt', badSalt],
  ['takes no message', (id: Buffer) => badMessage(id, 34)],
])('a server that for ever %s ends every page in time', async (_, message) => {
  const tested = await telegramSourceOf(
    (call) => (call.method === 'messages.GetHistory' ? { messages: (id) => [message(id)] } : good(call)),
    hasty,
  );
  expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(['error', 'error']);
});

test('an account that is sent to another server is said to need a new session, and another goes on', async () => {
  const moved = (call: ScriptedRequest) =>
    call.account === 0 && call.method === 'messages.GetHistory'
      ? { refuse: 'USER_MIGRATE_4', code: 303 }
      : good(call);
  const one = await telegramSourceOf(moved, hasty);
  const looks = await looksOf(one.source, looksFor(channels));
  expect(outcomes(looks)).toEqual(['error', 'error']);
  expect(looks.get(8)?.cause).toMatch(/^telegram:USER_MIGRATE_4 .*telegram login/);
  expect(methodsOf(one).filter((method) => method === 'GetConfig')).toEqual([]);
  const two = await telegramSourceOf(moved, { ...hasty, accounts: 2 });
  expect(outcomes(await looksOf(two.source, looksFor(channels)))).toEqual(['ok', 'ok']);
});

test('an MTProxy is gone through, and one with another secret is a silence', async () => {
  const secret = 'a1'.repeat(16);
  const direct = await telegramSourceOf(good);
  const proxy = await serveMtProxy(direct.server.proxy, secret);
  const { sessions } = direct.server;
  const through = (url: string) => telegramSourceOf(good, { ...hasty, sessions, proxy: url });
  const { source } = await through(proxy.url);
  expect(outcomes(await looksOf(source, looksFor(channels)))).toEqual(['ok', 'ok']);
  const other = await through(proxy.url.replace(/a1$/, 'b2'));
  const looks = await looksOf(other.source, looksFor(channels));
  expect(outcomes(looks)).toEqual(['error', 'error']);
  expect(looks.get(7)?.cause).toMatch(/^network: /);
  await proxy.close();
});

describe('answers as short as they may be', () => {
  const channel = channelOf(7, 3, { more: { min: true, broadcast: undefined, username: undefined } });
  const messages = channel.messages;
  const chats = [
    new Api.Channel({
      id: helpers.returnBigInt(7),
      title: 'Профсоюз',
      photo: new Api.ChatPhotoEmpty(),
      date: 1,
    }),
  ];
  const plain = new Api.messages.Messages({ messages, chats, users: [] });
  const slice = new Api.messages.MessagesSlice({ count: 3, messages, chats: [], users: [] });

  test.each([
    ['messages.Messages', plain],
    ['messages.MessagesSlice', slice],
  ])('%s, a channel without key and name, no subscribers', async (_, history) => {
    const peer = new Api.PeerChannel({ channelId: helpers.returnBigInt(7) });
    const tested = await telegramSourceOf((call) => {
      if (call.method === 'contacts.ResolveUsername') {
        return { answer: new Api.contacts.ResolvedPeer({ peer, chats, users: [] }) };
      }
      return call.method === 'messages.GetHistory' ? { answer: history } : good(call);
    }, hasty);
    const look = (await looksOf(tested.source, looksFor([channel]))).get(7);
    expect(look).toMatchObject({ outcome: 'ok', state: 'ok', window: { after: null, ids: [3, 2, 1] } });
    expect(look?.posts[0]).toMatchObject({ postId: 3, counters: { views: 10, comments: null } });
  });

  test('a channel that is forbidden is closed, without a cause of its own', async () => {
    const forbidden = new Api.ChannelForbidden({
      id: helpers.returnBigInt(7),
      accessHash: helpers.returnBigInt(0),
      title: '',
    });
    const answer = new Api.messages.ChannelMessages({
      pts: 0,
      count: 0,
      messages: [],
      topics: [],
      chats: [forbidden],
      users: [],
    });
    const tested = await telegramSourceOf((call) =>
      call.method === 'messages.GetHistory' ? { answer } : good(call),
    );
    expect((await looksOf(tested.source, looksFor(channels.slice(0, 1)))).get(7)).toMatchObject({
      outcome: 'closed',
      state: 'closed',
    });
  });
});
