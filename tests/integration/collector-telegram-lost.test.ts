import { Api, helpers } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import type { Look, LookRequest, Source } from '#collector/source.ts';
import { createMemoryEntityStore } from '#collector/sources/telegram/entities.ts';
import { fingerprintOf } from '#collector/sources/telegram/session.ts';
import type { ScriptedRequest } from '../helpers/scripted-telegram.ts';
import type { ScriptedChannel } from '../helpers/telegram-source.ts';
import {
  answerOf,
  channelOf,
  chatOf,
  closeTelegram,
  looksFor,
  methodsOf,
  now,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const group = { megagroup: true, broadcast: false };

async function lookOf(source: Source, channel: ScriptedChannel, more = {}): Promise<Look | undefined> {
  return (await looksOf(source, looksFor([channel], more))).get(channel.id);
}

describe('a channel that has become a group', () => {
  const cause =
    'telegram: the channel 7 is now a group chat: people talk in it, it is no channel of publications';

  test('is not read on, and says what it is; as a channel again it is one', async () => {
    const channel = channelOf(7, 30);
    const { source } = await telegramSourceOf(well([channel]));
    expect(await lookOf(source, channel)).toMatchObject({ outcome: 'ok', became: null });
    channel.more = group;
    const became = {
      outcome: 'gone',
      state: 'unresolved',
      became: 'group_chat',
      posts: [],
      window: null,
      cause,
    };
    expect(await lookOf(source, channel)).toMatchObject(became);
    channel.more = {};
    expect(await lookOf(source, channel)).toMatchObject({ outcome: 'ok', state: 'ok', became: null });
  });

  test('says so by its settings, its history and its name', async () => {
    const channel = channelOf(7, 30, { more: group });
    const good = well([channel]);
    for (const hidden of ['channels.GetFullChannel', 'messages.GetHistory', 'none']) {
      const { source } = await telegramSourceOf((call: ScriptedRequest) =>
        call.method === hidden ? { refuse: 'INTERNAL', code: 400 } : good(call),
      );
      expect(await lookOf(source, channel)).toMatchObject({
        state: 'unresolved',
        became: 'group_chat',
        cause,
      });
    }
    const { source } = await telegramSourceOf(good);
    const chunks = [];
    const request = { pageId: 7, nativeId: 7, name: 'channel7', from: new Date(0), place: null };
    for await (const chunk of source.history([request])) chunks.push(chunk);
    expect(chunks).toMatchObject([{ posts: [], reached: null, cause }]);
  });

  test('and lets nobody in says so as well', async () => {
    const channel = channelOf(7, 3);
    const good = well([channel]);
    const forbidden = new Api.ChannelForbidden({
      id: helpers.returnBigInt(7),
      accessHash: helpers.returnBigInt(0),
      title: '',
      megagroup: true,
    });
    const peer = new Api.PeerChannel({ channelId: helpers.returnBigInt(7) });
    const { source } = await telegramSourceOf((call) =>
      call.method === 'contacts.ResolveUsername'
        ? { answer: new Api.contacts.ResolvedPeer({ peer, chats: [forbidden], users: [] }) }
        : good(call),
    );
    expect(await lookOf(source, channel)).toMatchObject({ state: 'unresolved', became: 'group_chat' });
  });
});

describe('a channel whose key holds no more, and that has another name', () => {
  /** A source whose first accounts have an old key to the channel, which is now called `oblprof`. */
  async function renamed({ stale = 1, accounts = 1, others = [] as ScriptedChannel[] } = {}) {
    const entities = createMemoryEntityStore();
    const channel = channelOf(7, 3, { name: 'oblprof', title: 'Профсоюз области' });
    const tested = await telegramSourceOf(well([channel, ...others]), { entities, accounts });
    for (const [index, session] of tested.server.sessions.entries()) {
      const accessHash = index < stale ? '1' : String(700 + index);
      const entity = { account: fingerprintOf(session), channelId: 7, accessHash, name: 'channel7' };
      await entities.save(entity, new Date(now));
    }
    const look = async (more: Partial<LookRequest> = {}) =>
      lookOf(tested.source, channel, { name: 'channel7', ...more });
    return { tested, channel, look };
  }
  const lost = 'nobody has the name channel7. If the channel has another name now, correct it';

  test('is found by its title, under its new name', async () => {
    const { tested, look } = await renamed();
    expect(await look({ title: 'Профсоюз области' })).toMatchObject({
      outcome: 'ok',
      foundAgain: true,
      profile: { name: 'oblprof' },
    });
    expect(methodsOf(tested)).toEqual([
      'GetFullChannel',
      'ResolveUsername',
      'Search',
      'GetFullChannel',
      'GetHistory',
    ]);
    expect((await look({ name: 'oblprof' }))?.foundAgain).toBe(false);
  });

  test('is found so although its old name is somebody else’s', async () => {
    const { look } = await renamed({ others: [channelOf(9, 3, { name: 'channel7' })] });
    expect(await look({ title: 'Профсоюз области' })).toMatchObject({ outcome: 'ok', foundAgain: true });
    const without = await renamed({ others: [channelOf(9, 3, { name: 'channel7' })] });
    expect(await without.look()).toMatchObject({ outcome: 'gone', state: 'taken_over' });
  });

  test('is found so although it had no name', async () => {
    const { look } = await renamed();
    expect(await look({ name: null, title: 'Профсоюз области' })).toMatchObject({ outcome: 'ok' });
  });

  test('is left for a person when nothing leads to it, and goes on when its name is corrected', async () => {
    const { look } = await renamed();
    const unknown = {
      outcome: 'error',
      state: null,
      cause: expect.stringContaining(lost),
      foundAgain: false,
    };
    expect(await look()).toMatchObject(unknown);
    expect(await look({ title: 'Другой профсоюз' })).toMatchObject(unknown);
    expect(await look({ name: 'oblprof' })).toMatchObject({ outcome: 'ok', foundAgain: true });
  });

  test('is searched for by the title it was last seen with', async () => {
    const channel = channelOf(7, 3, { title: 'Профсоюз области' });
    let isStale = false;
    const good = (call: ScriptedRequest) => well([channel])(call);
    const tested = await telegramSourceOf((call) => {
      if (!isStale || call.method !== 'messages.GetHistory') return good(call);
      isStale = false;
      return { refuse: 'CHANNEL_INVALID' };
    });
    await lookOf(tested.source, channel);
    isStale = true;
    channel.name = 'oblprof';
    expect(await lookOf(tested.source, channel, { name: 'channel7' })).toMatchObject({
      outcome: 'ok',
      foundAgain: true,
    });
  });

  test('is read by another account whose key holds, and no name is looked up', async () => {
    const { tested, look } = await renamed({ accounts: 2 });
    expect(await look()).toMatchObject({ outcome: 'ok', foundAgain: false, profile: { name: 'oblprof' } });
    expect(methodsOf(tested)).not.toContain('ResolveUsername');
  });

  test('is found by the key that another channel’s messages show', async () => {
    const channel = channelOf(7, 3, { name: 'oblprof' });
    const passesOn = channelOf(8, 3);
    const good = well([channel, passesOn]);
    const entities = createMemoryEntityStore();
    const tested = await telegramSourceOf(
      (call) => {
        const peer = (call.request as Api.messages.GetHistory).peer as Api.InputPeerChannel | undefined;
        const isOther = call.method === 'messages.GetHistory' && peer?.channelId.toString() === '8';
        return isOther
          ? { answer: answerOf(passesOn, passesOn.messages, { chats: [chatOf(channel, 0)] }) }
          : good(call);
      },
      { entities },
    );
    const account = fingerprintOf(tested.server.sessions[0] ?? '');
    await entities.save({ account, channelId: 7, accessHash: '1', name: 'channel7' }, new Date(now));
    expect(await lookOf(tested.source, channel, { name: 'channel7' })).toMatchObject({ outcome: 'error' });
    expect(await lookOf(tested.source, passesOn)).toMatchObject({ outcome: 'ok' });
    expect(await lookOf(tested.source, channel, { name: 'channel7' })).toMatchObject({
      outcome: 'ok',
      foundAgain: true,
      profile: { name: 'oblprof' },
    });
  });

  test('is not found where Telegram does not let it be searched for', async () => {
    const channel = channelOf(7, 3, { name: 'oblprof', title: 'Профсоюз области' });
    const good = well([channel]);
    const { source } = await telegramSourceOf((call) =>
      call.method === 'contacts.Search' ? { refuse: 'FLOOD_WAIT_4000', code: 420 } : good(call),
    );
    expect(await lookOf(source, channel, { name: 'channel7', title: 'Профсоюз области' })).toMatchObject({
      outcome: 'error',
      cause: expect.stringContaining(lost),
    });
  });
});

describe('a channel that is blocked', () => {
  const restrictionReason = [new Api.RestrictionReason({ platform: 'all', reason: 'terms', text: 'Spam' })];
  const blocked = { outcome: 'gone', state: 'blocked', cause: 'telegram: the channel is blocked (Spam)' };

  test.each([undefined, 'CHANNEL_PRIVATE'])('is so at its first look (%s)', async (refuse) => {
    const more = { restricted: true, restrictionReason };
    const channel = channelOf(7, 3, { more, ...(refuse ? { refuse } : {}) });
    const { source } = await telegramSourceOf(well([channel]));
    const found = [];
    const page = { pageId: 1, name: 'channel7', link: 'https://t.me/channel7' };
    for await (const each of source.resolve([page])) found.push(each);
    expect(found).toMatchObject([{ result: 'found', nativeId: 7 }]);
    expect(await lookOf(source, channel)).toMatchObject(blocked);
    expect(await lookOf(source, channel)).toMatchObject(blocked);
  });
});
