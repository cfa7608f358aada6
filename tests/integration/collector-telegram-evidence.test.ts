import { Api } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import type { HistoryChunk } from '#collector/source.ts';
import type { OddHistory } from '../helpers/odd-histories.ts';
import { historyCalls, oddHistories } from '../helpers/odd-histories.ts';
import type { ScriptedChannel } from '../helpers/telegram-source.ts';
import {
  channelOf,
  chunksOf,
  closeTelegram,
  hours,
  looksFor,
  messageOf,
  pastOf,
  placeAt,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

/** Answers histories as the fault says, so many times, where it has an answer. */
const odd = (
  channel: ScriptedChannel,
  fault: (request: Api.messages.GetHistory) => ReturnType<OddHistory>,
  most?: number,
) => oddHistories(channel, (_, request) => fault(request), { most });

const postsIn = (chunks: readonly HistoryChunk[]) =>
  chunks.flatMap(({ posts }) => posts.map(({ postId }) => postId));
const noMessages = 'asked again: the first answer had no messages';

describe('a look whose answer has no messages', () => {
  test.each([0, 161])(
    '(count %i) asks once more, and goes on with a note when there are some',
    async (count) => {
      const channel = channelOf(7, 161);
      const tested = await telegramSourceOf(odd(channel, () => ({ count }), 1));
      const look = (await looksOf(tested.source, looksFor([channel]))).get(7);
      expect(look).toMatchObject({ outcome: 'ok', posts: { length: 20 }, note: noMessages, doubt: null });
      expect(look?.window).toEqual({ after: hours(20), ids: look?.posts.map(({ postId }) => postId) });
    },
  );

  test('twice, though the channel counts some, is doubtful, and shows what is missing', async () => {
    const channel = channelOf(7, 161);
    const tested = await telegramSourceOf(odd(channel, () => ({ count: 161 })));
    expect((await looksOf(tested.source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'empty',
      posts: [],
      window: { after: null, ids: [], proof: 'weak' },
      doubt: { kind: 'no_posts', detail: 'no messages, though the channel counts some' },
      note: '',
    });
    expect(historyCalls(tested)).toBe(2);
  });

  test('twice, with a count of none, is empty, weakly', async () => {
    const channel = channelOf(7, 161);
    const { source } = await telegramSourceOf(odd(channel, () => ({ count: 0 })));
    expect((await looksOf(source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'empty',
      window: { after: null, ids: [], proof: 'weak' },
      doubt: null,
    });
  });

  test('on its way back covers what was read, and no more', async () => {
    const channel = channelOf(7, 161);
    const { source } = await telegramSourceOf(
      odd(channel, ({ offsetId }) => (offsetId > 0 ? { count: 161 } : null)),
    );
    expect((await looksOf(source, looksFor([channel], { since: hours(100) }))).get(7)).toMatchObject({
      outcome: 'ok',
      posts: { length: 20 },
      window: { after: hours(20), ids: { length: 20 } },
      doubt: {
        kind: 'no_posts',
        detail: 'no messages older than these, though the channel counts some',
      },
    });
  });
});

describe('a step into the past whose answer has no messages', () => {
  test.each([0, 250])(
    '(count %i) asks once more, and goes on with a note when there are some',
    async (count) => {
      const channel = channelOf(7, 250);
      const { source } = await telegramSourceOf(
        odd(channel, ({ offsetId }) => (offsetId === 151 ? { count } : null), 1),
      );
      const chunks = await chunksOf(source, [pastOf(7)]);
      expect(chunks.map(({ posts, reached, note }) => [posts.length, reached, note])).toEqual([
        [100, null, ''],
        [100, null, noMessages],
        [50, 'proven', ''],
      ]);
    },
  );

  test('though the channel counts more, twice and once more on another way, keeps its place and reaches nothing', async () => {
    const channel = channelOf(7, 250);
    const tested = await telegramSourceOf(
      odd(channel, ({ offsetId }) => (offsetId > 0 ? { count: 250 } : null)),
    );
    expect((await chunksOf(tested.source, [pastOf(7)])).at(-1)).toMatchObject({
      posts: [],
      place: { id: 151 },
      reached: null,
      oldest: null,
      doubt: { kind: 'no_posts', detail: 'no messages older than 151, though the channel counts some' },
      cause: '',
    });
    expect(historyCalls(tested)).toBe(6);
  });

  test('at the newest, though the channel counts some, stays at the newest', async () => {
    const channel = channelOf(7, 250);
    const { source } = await telegramSourceOf(odd(channel, () => ({ count: 250 })));
    expect(await chunksOf(source, [pastOf(7)])).toMatchObject([
      { place: null, reached: null, doubt: { kind: 'no_posts' } },
    ]);
  });

  test('twice, and the count agrees, is the end, weakly; its place answers in one step later', async () => {
    const messages = channelOf(7, 250).messages.slice(0, 200);
    const channel = channelOf(7, 0, { messages });
    const { source } = await telegramSourceOf(well([channel]));
    const chunks = await chunksOf(source, [pastOf(7)]);
    expect(chunks.map(({ place, reached, doubt }) => [place?.id, reached, doubt])).toEqual([
      [151, null, null],
      [51, null, null],
      [51, 'weak', null],
    ]);
    expect(await chunksOf(source, [pastOf(7, { place: placeAt(51) })])).toMatchObject([
      { posts: [], place: placeAt(51), reached: 'weak', doubt: null },
    ]);
  });

  test('behind the very first message is not asked for', async () => {
    const tested = await telegramSourceOf(well([channelOf(7, 3)]));
    expect(await chunksOf(tested.source, [pastOf(7, { place: placeAt(1) })])).toMatchObject([
      { place: placeAt(1), reached: 'proven', cause: '' },
    ]);
    expect(tested.server.requests).toEqual([]);
  });
});

describe('items that are no posts of the channel', () => {
  const foreign = (channel: ScriptedChannel, every: number) =>
    channel.messages.map((message) => (message.id % every === 0 ? messageOf(99, message.id, 1) : message));
  const page = (messages: Api.TypeMessage[], { offsetId, limit }: Api.messages.GetHistory) =>
    messages.filter(({ id }) => offsetId === 0 || id < offsetId).slice(0, limit);

  test('once are read over, and all is whole', async () => {
    const channel = channelOf(7, 250);
    const { source } = await telegramSourceOf(
      odd(channel, (request) => page(foreign(channel, 2), request), 1),
    );
    const chunks = await chunksOf(source, [pastOf(7)]);
    expect(new Set(postsIn(chunks)).size).toBe(250);
    expect(chunks[0]).toMatchObject({ dropped: {}, note: expect.stringContaining('other_channel') });
  });

  test('as every second one give what is good, and the step is doubtful', async () => {
    const channel = channelOf(7, 250);
    const { source } = await telegramSourceOf(odd(channel, (request) => page(foreign(channel, 2), request)));
    expect(await chunksOf(source, [pastOf(7)])).toMatchObject([
      {
        posts: { length: 50 },
        dropped: { other_channel: 50 },
        place: null,
        oldest: null,
        reached: null,
        doubt: {
          kind: 'dropped',
          detail: 'half of the messages or more are no posts of the channel (other_channel)',
        },
      },
    ]);
    const look = (await looksOf(source, looksFor([channel]))).get(7);
    expect(look).toMatchObject({ posts: { length: 10 }, window: null, doubt: { kind: 'dropped' } });
  });

  test('in all of an answer leave nothing, and the look is doubtful', async () => {
    const channel = channelOf(7, 250);
    const { source } = await telegramSourceOf(odd(channel, (request) => page(foreign(channel, 1), request)));
    expect((await looksOf(source, looksFor([channel]))).get(7)).toMatchObject({
      outcome: 'empty',
      window: null,
      doubt: { kind: 'dropped' },
      dropped: { other_channel: 20 },
    });
  });

  test('that are few are counted, and nothing follows from what is missing', async () => {
    const channel = channelOf(7, 250);
    const { source } = await telegramSourceOf(odd(channel, (request) => page(foreign(channel, 10), request)));
    const chunks = await chunksOf(source, [pastOf(7)]);
    expect(chunks.map(({ dropped, doubt }) => [dropped, doubt])).toEqual([
      [{ other_channel: 10 }, null],
      [{ other_channel: 10 }, null],
      [{ other_channel: 5 }, null],
    ]);
    const look = (await looksOf(source, looksFor([channel]))).get(7);
    expect(look).toMatchObject({ outcome: 'ok', window: null, doubt: null, dropped: { other_channel: 2 } });
  });

  test('as they are about the channel itself say nothing against an answer', async () => {
    const service = (id: number) =>
      new Api.MessageService({
        id,
        peerId: messageOf(7, 1, 1).peerId,
        date: Math.floor(hours(251 - id).getTime() / 1000),
        action: new Api.MessageActionPinMessage(),
      });
    const messages = channelOf(7, 250).messages.map((each) => (each.id % 2 ? service(each.id) : each));
    const { source } = await telegramSourceOf(well([channelOf(7, 0, { messages })]));
    const chunks = await chunksOf(source, [pastOf(7)]);
    expect(chunks.map(({ dropped, reached }) => [dropped.service, reached])).toEqual([
      [50, null],
      [50, null],
      [25, 'proven'],
    ]);
  });

  test('as they are dated later than the answer are refused until their dates are right', async () => {
    const channel = channelOf(7, 30);
    const ahead = (message: Api.TypeMessage) => messageOf(7, message.id, -400 * 24);
    const { source } = await telegramSourceOf(
      odd(
        channel,
        ({ limit }) => channel.messages.slice(0, limit).map((each) => (each.id > 25 ? ahead(each) : each)),
        1,
      ),
    );
    const first = (await looksOf(source, looksFor([channel]))).get(7);
    expect(first).toMatchObject({
      posts: { length: 15 },
      dropped: { future_date: 5 },
      window: null,
      doubt: null,
    });
    const second = (await looksOf(source, looksFor([channel]))).get(7);
    expect(second).toMatchObject({ posts: { length: 20 }, dropped: {} });
  });
});

describe('an answer of another place', () => {
  test('is asked for again, and leads on when the second is right', async () => {
    const channel = channelOf(7, 250);
    const { source } = await telegramSourceOf(
      odd(channel, ({ offsetId }) => (offsetId === 151 ? channel.messages.slice(0, 100) : null), 1),
    );
    const chunks = await chunksOf(source, [pastOf(7)]);
    expect(new Set(postsIn(chunks)).size).toBe(250);
    expect(chunks[1]?.note).toBe('asked again: the first answer had messages of another place');
    expect(chunks.at(-1)?.reached).toBe('proven');
  });
});
