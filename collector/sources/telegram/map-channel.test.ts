import { Api, helpers } from 'telegram';
import { describe, expect, test } from 'vitest';
import { BrokenAnswer } from './errors.ts';
import { findChannel, mapFullChannel, mapResolvedPeer } from './map-channel.ts';

const big = (value: number) => helpers.returnBigInt(value);
const photo = new Api.ChatPhotoEmpty();

function channel(more: Partial<ConstructorParameters<typeof Api.Channel>[0]> = {}): Api.Channel {
  return new Api.Channel({
    id: big(55),
    accessHash: helpers.returnBigInt('-9123456789012345678'),
    title: 'Профсоюз',
    username: 'union',
    broadcast: true,
    photo,
    date: 1,
    ...more,
  });
}

function resolved(
  chat: Api.TypeChat | null,
  peer: Api.TypePeer = new Api.PeerChannel({ channelId: big(55) }),
) {
  return mapResolvedPeer(new Api.contacts.ResolvedPeer({ peer, chats: chat ? [chat] : [], users: [] }));
}

describe('a name', () => {
  test('leads to a channel with the account’s key to it', () => {
    expect(resolved(channel())).toEqual({
      channel: {
        nativeId: 55,
        accessHash: '-9123456789012345678',
        name: 'union',
        title: 'Профсоюз',
        subscribers: null,
        blocked: null,
        forbidden: false,
        group: false,
      },
    });
  });

  test('may be one of several, of which the active one counts', () => {
    const usernames = [
      new Api.Username({ username: 'old', active: false }),
      new Api.Username({ username: 'union', active: true }),
    ];
    expect(resolved(channel({ username: undefined, usernames }))).toMatchObject({
      channel: { name: 'union' },
    });
    expect(resolved(channel({ username: undefined }))).toMatchObject({ channel: { name: null } });
  });

  test('that leads to people, bots or groups leads to no channel', () => {
    const user = (bot: boolean) =>
      mapResolvedPeer(
        new Api.contacts.ResolvedPeer({
          peer: new Api.PeerUser({ userId: big(3) }),
          chats: [],
          users: [new Api.User({ id: big(3), bot })],
        }),
      );
    expect(user(false)).toEqual({ other: 'a person', is: 'person', nativeId: null });
    expect(user(true)).toEqual({ other: 'a bot', is: 'bot', nativeId: null });
    expect(resolved(null, new Api.PeerChat({ chatId: big(3) }))).toEqual({
      other: 'a group chat',
      is: 'group_chat',
      nativeId: null,
    });
    expect(resolved(channel({ broadcast: false, megagroup: true }))).toMatchObject({
      other: expect.stringContaining('no channel of publications'),
    });
    expect(resolved(channel({ gigagroup: true }))).toMatchObject({ other: expect.stringContaining('group') });
  });

  test('to which the answer shows no channel makes it broken', () => {
    expect(() => resolved(null)).toThrow(BrokenAnswer);
  });
});

describe('a channel', () => {
  test('shortened is a channel all the same, and one that lets nobody in says so', () => {
    const short = channel({ min: true, broadcast: undefined, accessHash: undefined });
    expect(resolved(short)).toMatchObject({ channel: { nativeId: 55, accessHash: null } });
    const forbidden = new Api.ChannelForbidden({
      id: big(55),
      accessHash: big(9),
      title: 'Закрыт',
      broadcast: true,
    });
    expect(resolved(forbidden)).toMatchObject({ channel: { forbidden: true, title: 'Закрыт' } });
  });

  test('is blocked when it is shown nowhere, not when one shop forbids it', () => {
    const blocked = (platform: string, text = 'This channel violated the law') =>
      findChannel(
        [
          channel({
            restricted: true,
            restrictionReason: [new Api.RestrictionReason({ platform, reason: 'terms', text })],
          }),
        ],
        55,
      )?.blocked;
    expect(blocked('all')).toBe('This channel violated the law');
    expect(blocked('all', '')).toBe('terms');
    expect(blocked('ios')).toBeNull();
  });

  test('is found among others by its id', () => {
    const chat = new Api.ChatEmpty({ id: big(55) });
    expect(findChannel([chat, channel({ id: big(56) })], 55)).toBeNull();
    expect(findChannel([chat, channel()], 55)?.title).toBe('Профсоюз');
  });
});

describe('all of a channel’s settings', () => {
  function full(more: Partial<ConstructorParameters<typeof Api.ChannelFull>[0]>, chat = channel()) {
    const fullChat = new Api.ChannelFull({
      id: big(55),
      about: '',
      readInboxMaxId: 0,
      readOutboxMaxId: 0,
      unreadCount: 0,
      chatPhoto: new Api.PhotoEmpty({ id: big(0) }),
      notifySettings: new Api.PeerNotifySettings({}),
      botInfo: [],
      pts: 1,
      ...more,
    });
    return mapFullChannel(new Api.messages.ChatFull({ fullChat, chats: [chat], users: [] }), 55);
  }

  test('say subscribers, or leave them unknown', () => {
    expect(full({ participantsCount: 1204 }).subscribers).toBe(1204);
    expect(full({}, channel({ participantsCount: 7 })).subscribers).toBe(7);
    expect(full({}).subscribers).toBeNull();
  });

  test('say whether readers may react; nothing said means that they may not', () => {
    const some = (...reactions: Api.TypeReaction[]) => new Api.ChatReactionsSome({ reactions });
    expect(full({ availableReactions: new Api.ChatReactionsAll({}) }).reactions).toBe(true);
    expect(full({ availableReactions: some(new Api.ReactionEmoji({ emoticon: '👍' })) }).reactions).toBe(
      true,
    );
    expect(full({ availableReactions: some() }).reactions).toBe(false);
    expect(full({ availableReactions: new Api.ChatReactionsNone() }).reactions).toBe(false);
    expect(full({}).reactions).toBe(false);
    // Stars are no reactions of readers.
    expect(full({ paidReactionsAvailable: true }).reactions).toBe(false);
  });

  test('of an ordinary group are an answer of another shape', () => {
    const fullChat = new Api.ChatFull({
      id: big(55),
      about: '',
      participants: new Api.ChatParticipantsForbidden({ chatId: big(55) }),
      notifySettings: new Api.PeerNotifySettings({}),
    });
    const answer = new Api.messages.ChatFull({ fullChat, chats: [], users: [] });
    expect(() => mapFullChannel(answer, 55)).toThrow(/ChannelFull is wanted/);
  });
});
