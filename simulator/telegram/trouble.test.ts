import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Api, helpers } from 'telegram';
import { afterEach, expect, test } from 'vitest';
import { AuthKey } from './auth-key.ts';
import type { TelegramServer, TelegramServerOptions } from './serve.ts';
import { connectClient, reach } from './test-client.ts';
import { serveTestWorld } from './test-world.ts';

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function serve(options?: TelegramServerOptions): Promise<TelegramServer> {
  const { server } = await serveTestWorld(options);
  ends.push(() => server.close());
  return server;
}

async function clientOf(server: TelegramServer, options?: { session?: string; apiId?: number }) {
  const client = await connectClient(server, options);
  ends.push(() => client.destroy());
  return client;
}

const getState = new Api.updates.GetState();
const waits = (milliseconds: number) =>
  new Promise<'silence'>((resolve) => {
    setTimeout(() => resolve('silence'), milliseconds);
  });

test('accounts reach channels by keys of their own, and a key is the same at every start', async () => {
  const server = await serve({ accounts: [{ name: 'one' }, { name: 'two' }] });
  const again = await serve({ accounts: [{ name: 'one' }] });
  expect(again.sessions[0]).toBe(server.sessions[0]);
  const channel = await reach(await clientOf(server), 'channel1');
  const other = await clientOf(server, { session: server.sessions[1] ?? '' });
  expect(String((await reach(other, 'channel1')).accessHash)).not.toBe(String(channel.accessHash));
  await expect(other.invoke(new Api.channels.GetFullChannel({ channel }))).rejects.toMatchObject({
    errorMessage: 'CHANNEL_INVALID',
  });
});

test('names looked up beyond a day’s have to wait until tomorrow', async () => {
  const server = await serve({ accounts: [{ name: 'one', resolvesADay: 1 }] });
  const client = await clientOf(server);
  await reach(client, 'channel1');
  await expect(reach(client, 'channel6')).rejects.toMatchObject({ seconds: 20 * 3600 });
  expect(server.accounts.get('one')?.resolves).toBe(1);
});

test('a dead account is refused in Telegram’s words, and may live again', async () => {
  const server = await serve({ accounts: [{ name: 'one', dead: 'SESSION_REVOKED' }] });
  await expect(connectClient(server)).rejects.toMatchObject({ errorMessage: 'SESSION_REVOKED', code: 401 });
  server.accounts.get('one')?.die(null);
  const client = await clientOf(server);
  expect(await client.invoke(getState)).toMatchObject({ className: 'updates.State' });
  server.accounts.get('one')?.die('AUTH_KEY_DUPLICATED');
  await expect(client.invoke(getState)).rejects.toMatchObject({ code: 406 });
});

test('faults hit the calls they are meant for', async () => {
  const server = await serve();
  const client = await clientOf(server);
  const channel = await reach(client, 'channel1');
  const full = () => client.invoke(new Api.channels.GetFullChannel({ channel }));
  const flood = server.faults.add({
    kind: 'refuse',
    word: 'FLOOD_WAIT_30',
    method: 'channels.GetFullChannel',
    times: 1,
  });
  await expect(full()).rejects.toMatchObject({ seconds: 30 });
  expect(flood.hits).toBe(1);
  server.faults.add({ kind: 'refuse', word: 'CHANNEL_PRIVATE', code: 406, page: 1, times: 1 });
  await expect(full()).rejects.toMatchObject({ errorMessage: 'CHANNEL_PRIVATE', code: 406 });
  server.faults.add({ kind: 'delay', delay: 150, times: 1 });
  const before = performance.now();
  await full();
  expect(performance.now() - before).toBeGreaterThan(140);
  const hang = server.faults.add({ kind: 'hang', token: 'simulator' });
  expect(await Promise.race([full(), waits(200)])).toBe('silence');
  hang.remove();
  expect(server.calls.count('channels.GetFullChannel')).toBe(4);
  expect(server.calls.latest.find(({ error }) => error === 420)?.parameters).toEqual({ channel: '1' });
});

test('a connection is cut, or its key forgotten, when that is wanted', async () => {
  const server = await serve();
  const client = await clientOf(server);
  server.faults.add({ kind: 'forget', method: 'updates.GetState', times: 1 });
  expect(await Promise.race([client.invoke(getState), waits(200)])).toBe('silence');
  const other = await clientOf(server);
  server.faults.add({ kind: 'cut', times: 1 });
  await expect(other.invoke(getState)).rejects.toBeDefined();
  expect(server.unexpected).toEqual([]);
});

test('a connection may be left without a word, and a forgotten key be answered by -404', async () => {
  const server = await serve({ accounts: [{ name: 'one', forgotten: true }] });
  server.faults.add({ kind: 'hang', method: 'connection', times: 1 });
  const socket = connect(server.port, '127.0.0.1');
  ends.push(async () => socket.destroy());
  socket.write(Buffer.from([5, 1, 0]));
  expect(await Promise.race([once(socket, 'data'), waits(150)])).toBe('silence');
  server.faults.add({ kind: 'cut', method: 'connection', times: 1 });
  const refused = connect(server.port, '127.0.0.1');
  await once(refused, 'close').catch((error: NodeJS.ErrnoException) => expect(error.code).toBe('ECONNRESET'));
  const client = connectClient(server);
  expect(await Promise.race([client.then((each) => each.invoke(getState)), waits(300)])).toBe('silence');
  ends.push(async () => (await Promise.race([client, waits(10)])) !== 'silence' && (await client).destroy());
});

test('who says another application’s number is refused', async () => {
  const server = await serve();
  await expect(connectClient(server, { apiId: 7 })).rejects.toMatchObject({
    errorMessage: 'CONNECTION_API_ID_INVALID',
  });
});

test.each([
  ['another version of SOCKS', Buffer.from([4, 1, 0]), /SOCKS version 4/],
  ['a password wanted', Buffer.from([5, 1, 2]), /without a password/],
  ['another command', Buffer.from([5, 1, 0, 5, 2, 0, 1]), /only CONNECT/],
])('%s is no greeting here', async (_what, bytes, words) => {
  const server = await serve();
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  socket.resume();
  await once(socket, 'close');
  expect(server.unexpected.map(({ what }) => what).join()).toMatch(words);
});

test('bytes that are no packet of the transport end the connection', async () => {
  const server = await serve();
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    Buffer.concat([
      Buffer.from([5, 1, 0]),
      Buffer.from([5, 1, 0, 3, 4]),
      Buffer.from('t.me\x01\xbb', 'latin1'),
    ]),
  );
  socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  socket.resume();
  await once(socket, 'close');
  expect(server.unexpected.map(({ what }) => what).join()).toMatch(/^protocol: a packet of/);
});

test('a message is opened with its own key only, and a changed one not at all', () => {
  const key = new AuthKey(randomBytes(256));
  const sealed = key.seal({ salt: 1n, session: 2n, id: 5n, number: 1, body: Buffer.alloc(8) });
  // What the server seals is not what a client would: the direction is part of the key.
  expect(() => key.open(sealed)).toThrow(/own key does not fit/);
  expect(() => key.open(sealed.subarray(0, 60))).toThrow(/36 bytes/);
  expect(helpers.readBigIntFromBuffer(key.id, true).isZero()).toBe(false);
  expect(() => new AuthKey(Buffer.alloc(8))).toThrow(/256 bytes/);
});

test('answers may be without messages, at one place or at all, with a count that is true or none', async () => {
  const server = await serve();
  const client = await clientOf(server);
  const { channelId, accessHash } = await reach(client, 'channel6');
  const history = async (offsetId: number) => {
    const peer = new Api.InputPeerChannel({ channelId, accessHash });
    const hash = helpers.returnBigInt(0);
    const place = { offsetId, offsetDate: 0, addOffset: 0, limit: 10, maxId: 0, minId: 0, hash };
    const answer = await client.invoke(new Api.messages.GetHistory({ peer, ...place }));
    if (!(answer instanceof Api.messages.ChannelMessages)) throw new Error(answer.className);
    return { length: answer.messages.length, count: answer.count };
  };
  const method = 'messages.GetHistory';
  server.faults.add({ kind: 'empty', method, offset: 'newest', times: 1 });
  server.faults.add({ kind: 'empty', method, offset: 50, count: 'none', times: 1 });
  expect(await history(60)).toEqual({ length: 10, count: 130 });
  expect(await history(0)).toEqual({ length: 0, count: 130 });
  expect(await history(0)).toEqual({ length: 10, count: 130 });
  expect(await history(50)).toEqual({ length: 0, count: 0 });
  server.faults.add({ kind: 'empty', method, offset: 'older' });
  expect(await history(0)).toEqual({ length: 10, count: 130 });
  expect(await history(50)).toEqual({ length: 0, count: 130 });
});

test('messages in an answer may be another channel’s', async () => {
  const server = await serve();
  const client = await clientOf(server);
  const channel = await reach(client, 'channel1');
  server.faults.add({ kind: 'foreign', method: 'channels.GetMessages', every: 2 });
  const id = [1, 2, 3, 400].map((each) => new Api.InputMessageID({ id: each }));
  const answer = await client.invoke(new Api.channels.GetMessages({ channel, id }));
  const owners = (answer as Api.messages.ChannelMessages).messages.map((message) => {
    const { channelId } = (message.peerId ?? {}) as Partial<Api.PeerChannel>;
    return [message.className, String(channelId) === String(channel.channelId)];
  });
  expect(owners).toEqual([
    ['MessageService', true],
    ['Message', false],
    ['Message', true],
    ['MessageEmpty', false],
  ]);
});
