import { Api, helpers, type TelegramClient } from 'telegram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TelegramServer } from './serve.ts';
import { connectClient, reach } from './test-client.ts';
import { at, serveTestWorld, world } from './test-world.ts';

let server: TelegramServer;
let client: TelegramClient;

beforeAll(async () => {
  ({ server } = await serveTestWorld());
  client = await connectClient(server);
});
afterAll(async () => {
  await client.destroy();
  await server.close();
});

const peerOf = ({ channelId, accessHash }: Api.InputChannel) =>
  new Api.InputPeerChannel({ channelId, accessHash });

async function historyOf(
  name: string,
  bounds: Partial<ConstructorParameters<typeof Api.messages.GetHistory>[0]> = {},
): Promise<Api.messages.ChannelMessages> {
  const peer = peerOf(await reach(client, name));
  const answer = await client.invoke(new Api.messages.GetHistory({ peer, limit: 100, ...bounds }));
  if (!(answer instanceof Api.messages.ChannelMessages)) throw new Error(answer.className);
  return answer;
}

const idsOf = ({ messages }: Api.messages.ChannelMessages) => messages.map(({ id }) => id);

test('a name leads to its channel whatever its case, and to somebody else’s once it was taken', async () => {
  const found = await client.invoke(new Api.contacts.ResolveUsername({ username: 'CHANNEL1' }));
  expect(found.peer).toMatchObject({ className: 'PeerChannel' });
  expect(found.chats[0]).toMatchObject({ title: 'Страница 1', username: 'channel1', broadcast: true });
  const taken = await client.invoke(new Api.contacts.ResolveUsername({ username: 'channel5' }));
  expect(taken.chats[0]).toMatchObject({ title: 'Скидки', username: 'channel5' });
  expect(String((taken.peer as Api.PeerChannel).channelId)).toBe('99');
});

test.each([
  ['channel2', 'USERNAME_NOT_OCCUPIED'],
  ['channel3', 'USERNAME_NOT_OCCUPIED'],
  ['long_ago', 'USERNAME_NOT_OCCUPIED'],
  ['nobody_here', 'USERNAME_NOT_OCCUPIED'],
  ['1x', 'USERNAME_INVALID'],
])('the name %s is answered by %s', async (username, word) => {
  await expect(client.invoke(new Api.contacts.ResolveUsername({ username }))).rejects.toMatchObject({
    errorMessage: word,
    code: 400,
  });
});

describe('a channel', () => {
  test('says its exact subscribers, and whether readers may react', async () => {
    const full = async (name: string) =>
      (await client.invoke(new Api.channels.GetFullChannel({ channel: await reach(client, name) }))).fullChat;
    expect(await full('channel1')).toMatchObject({
      participantsCount: 1000,
      availableReactions: { className: 'ChatReactionsAll' },
    });
    expect(await full('channel6')).toMatchObject({
      availableReactions: { className: 'ChatReactionsNone' },
    });
    expect(await full('channel5')).toMatchObject({ participantsCount: 312 });
  });

  test('that is blocked says so, and shows nothing', async () => {
    const blocked = await historyOf('channel4');
    expect(blocked.messages).toEqual([]);
    expect(blocked.chats[0]).toMatchObject({ restricted: true, restrictionReason: [{ platform: 'all' }] });
  });

  test('lets nobody in by a key that is not the account’s', async () => {
    const channel = await reach(client, 'channel1');
    const wrong = new Api.InputChannel({ ...channel, accessHash: helpers.returnBigInt(5) });
    await expect(client.invoke(new Api.channels.GetFullChannel({ channel: wrong }))).rejects.toMatchObject({
      errorMessage: 'CHANNEL_INVALID',
    });
  });

  test('can be asked for by id, several at once', async () => {
    const id = [await reach(client, 'channel1'), await reach(client, 'channel6')];
    const { chats } = await client.invoke(new Api.channels.GetChannels({ id }));
    expect(chats.map((chat) => (chat as Api.Channel).username)).toEqual(['channel1', 'channel6']);
  });
});

describe('its messages', () => {
  test('come newest first; deleted ones are gone, albums are as many messages', async () => {
    const history = await historyOf('channel1');
    expect(idsOf(history)).toEqual([12, 11, 9, 8, 6, 5, 4, 3, 2, 1]);
    expect(history.count).toBe(10);
    const albums = history.messages.flatMap((each) =>
      each instanceof Api.Message && each.groupedId ? [String(each.groupedId)] : [],
    );
    expect(albums).toHaveLength(5);
    expect(new Set(albums).size).toBe(2);
  });

  test('carry what they carry in Telegram', async () => {
    const { messages } = await historyOf('channel1');
    const message = (id: number) => messages.find((each) => each.id === id);
    expect(message(1)).toMatchObject({ action: { className: 'MessageActionChannelCreate' } });
    expect(message(2)).toMatchObject({ message: 'Исправлено', editDate: at(390) / 1000 });
    expect(message(3)).toMatchObject({ fwdFrom: { channelPost: 70 }, views: 100, forwards: 1 });
    expect(String(((message(3) as Api.Message).fwdFrom?.fromId as Api.PeerChannel).channelId)).toBe('7');
    expect(message(4)).toMatchObject({ message: 'Новость номер 4 страницы 1', replies: { replies: 2 } });
    expect(message(5)).toMatchObject({ message: '', reactions: null });
    expect(message(8)).toMatchObject({ message: 'Новость номер 7 страницы 1' });
    expect(message(11)).toMatchObject({ media: { className: 'MessageMediaPoll' }, replies: null });
    expect((message(11) as Api.Message).postAuthor).toMatch(/^Автор/);
    expect(message(12)).toMatchObject({ reactions: null, views: 99 });
    const counts = (message(2) as Api.Message).reactions?.results.map(({ count }) => count) ?? [];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10);
  });

  test('are read on from where a page of them ended, at most a hundred at a time', async () => {
    const first = await historyOf('channel6', { limit: 1000 });
    expect(idsOf(first)).toHaveLength(100);
    expect(first.count).toBe(130);
    const rest = await historyOf('channel6', { offsetId: idsOf(first).at(-1) ?? 0 });
    expect(idsOf(rest)).toEqual(Array.from({ length: 30 }, (_unused, index) => 30 - index));
    expect(idsOf(await historyOf('channel6', { offsetId: 1 }))).toEqual([]);
    expect(idsOf(await historyOf('channel6', { minId: 127, maxId: 130 }))).toEqual([129, 128]);
    expect(idsOf(await historyOf('channel6', { offsetDate: at(500 - 9.5) / 1000 }))).toHaveLength(10);
  });

  test('are had by their ids; one that is gone is empty', async () => {
    const answer = await client.invoke(
      new Api.channels.GetMessages({
        channel: await reach(client, 'channel1'),
        id: [new Api.InputMessageID({ id: 2 }), new Api.InputMessageID({ id: 10 })],
      }),
    );
    expect((answer as Api.messages.ChannelMessages).messages.map(({ className }) => className)).toEqual([
      'Message',
      'MessageEmpty',
    ]);
  });

  test('grow in counters as the clock goes on', async () => {
    const { server: other, clock } = await serveTestWorld();
    const reader = await connectClient(other);
    const viewsOf = async () => {
      const peer = peerOf(await reach(reader, 'channel1'));
      const answer = await reader.invoke(new Api.messages.GetHistory({ peer, limit: 1 }));
      const [newest] = (answer as Api.messages.ChannelMessages).messages;
      return (newest as Api.Message).views ?? 0;
    };
    try {
      clock.set(new Date(at(89)));
      const early = await viewsOf();
      clock.set(new Date(at(0)));
      expect(await viewsOf()).toBeGreaterThan(early);
    } finally {
      await reader.destroy();
      await other.close();
    }
  });
});

test('what is there for nobody is refused and named', async () => {
  await expect(client.invoke(new Api.help.GetNearestDc())).rejects.toMatchObject({
    errorMessage: 'METHOD_INVALID',
  });
  expect(server.unexpected.map(({ what }) => what)).toEqual(['method help.GetNearestDc']);
  expect(world.pagesIn('telegram')).toHaveLength(6);
});

test('channels are found by words of their titles', async () => {
  const { title } = channelTitle(
    await client.invoke(new Api.contacts.ResolveUsername({ username: 'channel6' })),
  );
  const found = await client.invoke(new Api.contacts.Search({ q: title.toUpperCase(), limit: 20 }));
  expect(found.chats.map((chat) => channelTitle({ chats: [chat] }).username)).toContain('channel6');
  const nothing = await client.invoke(new Api.contacts.Search({ q: 'нет такого канала', limit: 20 }));
  expect(nothing.chats).toEqual([]);
});

function channelTitle({ chats }: { chats: Api.TypeChat[] }): { title: string; username: string | undefined } {
  const [chat] = chats;
  if (!(chat instanceof Api.Channel)) throw new Error('A channel is wanted.');
  return { title: chat.title, username: chat.username };
}
