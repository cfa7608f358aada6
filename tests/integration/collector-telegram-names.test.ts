import { Api, helpers } from 'telegram';
import { afterEach, expect, test } from 'vitest';
import type { Resolution, Source, UnresolvedPage } from '#collector/source.ts';
import type { ScriptedReply } from '../helpers/scripted-telegram.ts';
import {
  channelOf,
  closeTelegram,
  looksFor,
  methodsOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const page = (pageId: number, name: string | null): UnresolvedPage => ({
  pageId,
  name,
  link: `https://t.me/${name}`,
});

async function resolved(
  source: Source,
  pages: UnresolvedPage[],
  signal?: AbortSignal,
): Promise<Resolution[]> {
  const found: Resolution[] = [];
  for await (const each of source.resolve(pages, signal)) found.push(each);
  return found;
}

const peerOf = (id: number) => new Api.PeerChannel({ channelId: helpers.returnBigInt(id) });
const userAnswer = new Api.contacts.ResolvedPeer({
  peer: new Api.PeerUser({ userId: helpers.returnBigInt(3) }),
  chats: [],
  users: [new Api.User({ id: helpers.returnBigInt(3), bot: true })],
});

const channel = channelOf(7, 3, { name: 'ProfUnion', title: 'Профсоюз' });
const group = channelOf(8, 3, { name: 'chat', more: { broadcast: false, megagroup: true } });
const personAnswer = new Api.contacts.ResolvedPeer({
  peer: new Api.PeerUser({ userId: helpers.returnBigInt(4) }),
  chats: [],
  users: [new Api.User({ id: helpers.returnBigInt(4) })],
});
const answers: Record<string, ScriptedReply> = {
  person: { answer: personAnswer },
  // An answer of a class that the method never gives.
  nonsense: { answer: new Api.updates.State({ pts: 1, qts: 1, date: 1, seq: 1, unreadCount: 0 }) },
  bot: { answer: userAnswer },
  'no name': { refuse: 'USERNAME_INVALID' },
  hidden: { answer: new Api.contacts.ResolvedPeer({ peer: peerOf(9), chats: [], users: [] }) },
  odd: { refuse: 'SOMETHING_NEW' },
};
const good = well([channel, group]);

test('a name leads to a channel, to something else, to nobody, or nothing is learnt', async () => {
  const { source } = await telegramSourceOf((call) => {
    const { username } = call.request as Api.contacts.ResolveUsername;
    return answers[username] ?? good(call);
  });
  const names = [
    'profunion',
    'chat',
    'bot',
    'nobody',
    'no name',
    'hidden',
    'odd',
    null,
    'person',
    'nonsense',
  ];
  const found = await resolved(
    source,
    names.map((name, index) => page(index, name)),
  );
  expect(found).toMatchObject([
    { pageId: 0, result: 'found', nativeId: 7, name: 'ProfUnion', title: 'Профсоюз' },
    {
      pageId: 1,
      result: 'unresolved',
      is: 'group_chat',
      cause:
        'telegram: chat is not a channel but a group chat: people talk in it, it is no channel of publications',
    },
    { pageId: 2, result: 'unresolved', is: 'bot', cause: 'telegram: bot is not a channel but a bot' },
    { pageId: 3, result: 'not_found', cause: 'telegram:USERNAME_NOT_OCCUPIED nobody has this name: nobody' },
    { pageId: 4, result: 'not_found', cause: expect.stringContaining('allows no such name') },
    { pageId: 5, result: 'failed', outcome: 'error', cause: expect.stringContaining('broken: ') },
    { pageId: 6, result: 'failed', outcome: 'error', cause: 'telegram:SOMETHING_NEW' },
    { pageId: 7, result: 'unresolved', is: null },
    {
      pageId: 8,
      result: 'unresolved',
      is: 'person',
      cause: 'telegram: person is not a channel but a person',
    },
    { pageId: 9, result: 'failed', outcome: 'error', cause: expect.stringMatching(/^broken: /) },
  ]);
});

test('a name is looked up once, and not again for the look', async () => {
  const tested = await telegramSourceOf(good);
  const found = await resolved(tested.source, [page(1, 'profunion'), page(2, 'ProfUnion')]);
  expect(found).toMatchObject([{ result: 'found' }, { result: 'found', nativeId: 7 }]);
  await looksOf(tested.source, looksFor([channel]));
  expect(methodsOf(tested)).toEqual(['ResolveUsername', 'GetFullChannel', 'GetHistory']);
});

test('a channel that lets nobody in is found, and its look says that it is closed', async () => {
  const forbidden = new Api.ChannelForbidden({
    id: helpers.returnBigInt(7),
    accessHash: helpers.returnBigInt(700),
    title: 'Профсоюз',
    broadcast: true,
  });
  const resolvedPeer = new Api.contacts.ResolvedPeer({ peer: peerOf(7), chats: [forbidden], users: [] });
  const closed = well([{ ...channel, refuse: 'CHANNEL_PRIVATE' }]);
  const { source } = await telegramSourceOf((call) =>
    call.method === 'contacts.ResolveUsername' ? { answer: resolvedPeer } : closed(call),
  );
  expect(await resolved(source, [page(1, 'profunion')])).toMatchObject([{ result: 'found', nativeId: 7 }]);
  expect((await looksOf(source, looksFor([channel]))).get(7)).toMatchObject({ outcome: 'closed' });
});

test('names wait when Telegram wants it or the day’s are used up', async () => {
  const flooded = await telegramSourceOf(({ method }) =>
    method === 'contacts.ResolveUsername' ? { refuse: 'FLOOD_WAIT_54000', code: 420 } : undefined,
  );
  const found = await resolved(flooded.source, [page(1, 'one'), page(2, 'two')]);
  expect(found).toMatchObject(Array(2).fill({ result: 'failed', outcome: 'rate_limited' }));
  expect(flooded.server.requests).toHaveLength(1);
  const bounded = await telegramSourceOf(good, { namesPerDay: 1 });
  expect(await resolved(bounded.source, [page(1, 'profunion'), page(2, 'two')])).toMatchObject([
    { result: 'found' },
    { result: 'failed', outcome: 'rate_limited', cause: expect.stringContaining('tomorrow') },
  ]);
});

test('a run that is stopped looks up no more', async () => {
  const tested = await telegramSourceOf(good);
  const stop = new AbortController();
  for await (const each of tested.source.resolve([page(1, 'profunion'), page(2, 'chat')], stop.signal)) {
    expect(each.pageId).toBe(1);
    stop.abort();
  }
  expect(tested.server.requests).toHaveLength(1);
});
