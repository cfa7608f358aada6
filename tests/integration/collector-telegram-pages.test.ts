import { Api, helpers } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import { setClock } from '../helpers/collector-clocks.ts';
import {
  albumOf,
  channelOf,
  closeTelegram,
  hours,
  looksFor,
  methodsOf,
  now,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

describe('a look', () => {
  test('costs one history call, and one of all settings once a day', async () => {
    const clock = setClock(now);
    const channel = channelOf(7, 30, { subscribers: 412, reactions: true });
    const tested = await telegramSourceOf(well([channel]), { clock });
    const look = (await looksOf(tested.source, looksFor([channel]))).get(7);
    expect(look).toMatchObject({
      outcome: 'ok',
      state: 'ok',
      cause: '',
      profile: { name: 'channel7', title: 'Title 7', subscribers: 412, subscribersPrecision: 'exact' },
      window: { after: hours(20) },
    });
    expect(look?.posts).toHaveLength(20);
    expect(look?.posts[0]).toMatchObject({
      postId: 30,
      counters: { views: 10, likes: 0, comments: null, reposts: 0 },
    });
    expect(methodsOf(tested)).toEqual(['ResolveUsername', 'GetFullChannel', 'GetHistory']);

    clock.set('2026-03-10T18:00:00Z');
    const later = (await looksOf(tested.source, looksFor([channel]))).get(7);
    expect(later?.profile).toMatchObject({ title: 'Title 7', subscribers: null, subscribersPrecision: null });
    expect(later?.posts[0]?.counters.likes).toBe(0);
    clock.set('2026-03-11T09:00:00Z');
    expect((await looksOf(tested.source, looksFor([channel]))).get(7)?.profile?.subscribers).toBe(412);
    expect(methodsOf(tested).slice(3)).toEqual(['GetHistory', 'GetFullChannel', 'GetHistory']);
  });

  test('goes on until everything since the last one is seen, and its window covers all of it', async () => {
    const channel = channelOf(7, 400);
    const tested = await telegramSourceOf(well([channel]));
    const look = (await looksOf(tested.source, looksFor([channel], { since: hours(150) }))).get(7);
    expect(look?.posts).toHaveLength(220);
    expect(look?.window).toMatchObject({ after: hours(220) });
    expect(look?.window?.ids).toHaveLength(220);
    expect(methodsOf(tested).filter((method) => method === 'GetHistory')).toHaveLength(3);
  });

  test('of a whole channel says that nothing else is there', async () => {
    const channel = channelOf(7, 3);
    const { source } = await telegramSourceOf(well([channel]));
    const look = (await looksOf(source, looksFor([channel]))).get(7);
    expect(look?.window).toEqual({ after: null, ids: [3, 2, 1], proof: 'proven' });
  });

  test('never ends within an album: what may be cut is left out of posts and window', async () => {
    const messages = [
      ...channelOf(7, 30).messages.slice(0, 18),
      ...albumOf(7, [12, 11, 10, 9], 19),
      ...channelOf(7, 30).messages.slice(22),
    ];
    const channel = channelOf(7, 0, { messages });
    const { source } = await telegramSourceOf(well([channel]));
    const first = (await looksOf(source, looksFor([channel]))).get(7);
    expect(first?.posts.map(({ postId }) => postId).at(-1)).toBe(13);
    expect(first?.window?.ids.at(-1)).toBe(13);
    // What was left out is read again where it is wanted.
    const second = (await looksOf(source, looksFor([channel], { since: hours(25) }))).get(7);
    const parts = second?.posts.find(({ postId }) => postId === 9)?.parts;
    expect(parts).toEqual([9, 10, 11, 12]);
  });

  test('drops messages about the channel itself, and is empty without others', async () => {
    const action = new Api.MessageActionChannelCreate({ title: 'Профсоюз' });
    const peerId = new Api.PeerChannel({ channelId: helpers.returnBigInt(7) });
    const created = new Api.MessageService({ id: 1, peerId, date: Date.parse(now) / 1000, action });
    const channels = [channelOf(7, 0, { messages: [created] }), channelOf(8, 0)];
    const { source } = await telegramSourceOf(well(channels));
    const looks = await looksOf(source, looksFor(channels));
    expect(outcomes(looks)).toEqual(['empty', 'empty']);
    expect(looks.get(7)).toMatchObject({ dropped: { service: 1 }, window: { after: null, ids: [1] } });
  });

  test('shows the name that the channel has now', async () => {
    const channel = channelOf(7, 3);
    const { source } = await telegramSourceOf(well([channel]));
    await looksOf(source, looksFor([channel]));
    const requests = looksFor([channel]);
    channel.name = 'renamed';
    channel.title = 'Профсоюз области';
    expect((await looksOf(source, requests)).get(7)?.profile).toMatchObject({
      name: 'renamed',
      title: 'Профсоюз области',
    });
  });

  test('that fails on the way keeps what was found, and is no success', async () => {
    const channel = channelOf(7, 400);
    const good = well([channel]);
    const { source } = await telegramSourceOf((call) => {
      const isDeep = (call.request as Api.messages.GetHistory).offsetId > 0;
      return isDeep ? { refuse: 'INTERNAL', code: 500 } : good(call);
    });
    const look = (await looksOf(source, looksFor([channel], { since: hours(150) }))).get(7);
    expect(look).toMatchObject({ outcome: 'error', state: 'ok', window: null, posts: { length: 20 } });
    expect(look?.cause).toBe('telegram:INTERNAL');
  });

  test('an answer of another shape is an error that says so', async () => {
    const channel = channelOf(7, 3);
    const good = well([channel]);
    const notModified = new Api.messages.MessagesNotModified({ count: 3 });
    const { source } = await telegramSourceOf((call) =>
      call.method === 'messages.GetHistory' ? { answer: notModified } : good(call),
    );
    expect((await looksOf(source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'error',
      cause: expect.stringMatching(/^broken: .*not modified/),
    });
  });

  test('without the settings still has the posts', async () => {
    const channel = channelOf(7, 3);
    const good = well([channel]);
    const { source } = await telegramSourceOf((call) =>
      call.method === 'channels.GetFullChannel' ? { refuse: 'FLOOD_WAIT_900', code: 420 } : good(call),
    );
    const look = (await looksOf(source, looksFor([channel]))).get(7);
    expect(look).toMatchObject({ outcome: 'ok', profile: { subscribers: null } });
    expect(look?.posts[0]?.counters.likes).toBeNull();
  });
});

describe('a channel', () => {
  test.each(['CHANNEL_PRIVATE', 'CHAT_FORBIDDEN'])('that says %s is closed', async (refuse) => {
    const channel = channelOf(7, 3, { refuse });
    const { source } = await telegramSourceOf(well([channel]));
    expect((await looksOf(source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'closed',
      state: 'closed',
      cause: expect.stringContaining(`telegram:${refuse}`),
    });
  });

  test('that went private and lost its name is closed, whatever became of the name', async () => {
    const channel = channelOf(7, 3);
    const channels = [channel];
    const tested = await telegramSourceOf(well(channels));
    const requests = looksFor(channels);
    await looksOf(tested.source, requests);
    channel.refuse = 'CHANNEL_PRIVATE';
    channel.name = null;
    expect(outcomes(await looksOf(tested.source, requests))).toEqual(['closed']);
    channels.push(channelOf(8, 3, { name: 'channel7' }));
    // The name was looked up just now: not again for a week.
    expect(outcomes(await looksOf(tested.source, requests))).toEqual(['closed']);
    expect(methodsOf(tested).filter((method) => method === 'ResolveUsername')).toHaveLength(2);
  });

  test('whose name somebody else has taken is taken over, with both ids in the cause', async () => {
    const channels = [channelOf(7, 3)];
    const clock = setClock(now);
    const tested = await telegramSourceOf(well(channels), { clock });
    const requests = looksFor(channels);
    await looksOf(tested.source, requests);
    const takenOver = {
      outcome: 'gone',
      state: 'taken_over',
      cause: 'telegram: the name channel7 leads to the channel 8 now, the page was the channel 7',
    };
    channels[0] = { ...channelOf(7, 3), name: null, refuse: 'CHANNEL_PRIVATE' };
    channels.push(channelOf(8, 3, { name: 'channel7' }));
    expect((await looksOf(tested.source, requests)).get(7)).toMatchObject(takenOver);
    expect((await looksOf(tested.source, requests)).get(7)).toMatchObject(takenOver);
    // Gone without a trace it is the same.
    channels.shift();
    expect((await looksOf(tested.source, requests)).get(7)).toMatchObject(takenOver);
  });

  test('that no key fits and no name leads to is not known about, and its name is not looked up every hour', async () => {
    const channels = [channelOf(7, 3)];
    const tested = await telegramSourceOf(well(channels));
    const requests = looksFor(channels);
    await looksOf(tested.source, requests);
    channels.pop();
    const lost = {
      outcome: 'error',
      state: null,
      cause:
        'telegram: no account has a key to the channel 7 that holds, and nobody has the name channel7. If the channel has another name now, correct it',
    };
    const names = () => methodsOf(tested).filter((method) => method === 'ResolveUsername').length;
    expect((await looksOf(tested.source, requests)).get(7)).toMatchObject(lost);
    expect(names()).toBe(2);
    expect((await looksOf(tested.source, requests)).get(7)).toMatchObject(lost);
    expect(names()).toBe(2);
    tested.source.retryParked();
    expect((await looksOf(tested.source, requests)).get(7)).toMatchObject(lost);
    expect(names()).toBe(3);
    const [request] = looksFor([channelOf(7, 3)], { name: null });
    expect((await looksOf(tested.source, request ? [request] : [])).get(7)).toMatchObject({
      outcome: 'error',
      state: null,
      cause: expect.stringContaining('no name to find it by'),
    });
  });

  test('to which the key does not fit any more is found again by its name', async () => {
    const channel = channelOf(7, 3);
    const good = well([channel]);
    let isStale = false;
    const tested = await telegramSourceOf((call) => {
      if (!isStale || call.method !== 'messages.GetHistory') return good(call);
      isStale = false;
      return { refuse: 'CHANNEL_INVALID' };
    });
    await looksOf(tested.source, looksFor([channel]));
    isStale = true;
    const found = await looksOf(tested.source, looksFor([channel]));
    expect(found.get(7)).toMatchObject({ outcome: 'ok', foundAgain: true });
    expect((await looksOf(tested.source, looksFor([channel]))).get(7)?.foundAgain).toBe(false);
    expect(methodsOf(tested).pop()).toBe('GetHistory');
    tested.server.requests.pop();
    expect(methodsOf(tested).slice(-3)).toEqual(['GetHistory', 'ResolveUsername', 'GetHistory']);
  });

  test('that no key fits is looked up once, and is an error', async () => {
    const channel = channelOf(7, 3);
    const good = well([channel]);
    const tested = await telegramSourceOf((call) =>
      call.method === 'messages.GetHistory' ? { refuse: 'CHANNEL_INVALID' } : good(call),
    );
    await looksOf(tested.source, looksFor([channel]));
    expect((await looksOf(tested.source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'error',
      state: null,
      cause: 'telegram:CHANNEL_INVALID',
    });
    expect(methodsOf(tested).slice(-3)).toEqual(['GetHistory', 'ResolveUsername', 'GetHistory']);
  });

  test('that Telegram shows to nobody is blocked, with its reason', async () => {
    const restrictionReason = [new Api.RestrictionReason({ platform: 'all', reason: 'terms', text: 'Spam' })];
    const channel = channelOf(7, 3, { more: { restricted: true, restrictionReason } });
    const { source } = await telegramSourceOf(well([channel]));
    expect((await looksOf(source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'gone',
      state: 'blocked',
      cause: 'telegram: the channel is blocked (Spam)',
    });
  });

  test('that no account knows and that has no name cannot be found', async () => {
    const { source } = await telegramSourceOf(well([]));
    const look = (await looksOf(source, looksFor([channelOf(7, 3, { name: null })]))).get(7);
    expect(look).toMatchObject({ outcome: 'error', state: null });
    expect(look?.cause).toContain('no name to find it by');
  });
});

test('a run that is stopped asks for nothing more', async () => {
  const channels = Array.from({ length: 20 }, (_, index) => channelOf(100 + index, 3));
  const stop = new AbortController();
  const tested = await telegramSourceOf(well(channels));
  const seen: string[] = [];
  for await (const look of tested.source.look(looksFor(channels), stop.signal)) {
    seen.push(look.outcome);
    stop.abort();
  }
  expect(seen).toEqual(['ok']);
  expect(methodsOf(tested)).toEqual(['ResolveUsername', 'GetFullChannel', 'GetHistory']);
});
