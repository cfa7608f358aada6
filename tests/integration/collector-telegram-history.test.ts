import type { Api } from 'telegram';
import { afterEach, expect, test } from 'vitest';
import {
  albumOf,
  channelOf,
  chunksOf,
  closeTelegram,
  hours,
  methodsOf,
  pastOf,
  placeAt,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

test('the past of several channels is read in turn to their beginnings', async () => {
  const channels = [channelOf(7, 250), channelOf(8, 120)];
  const tested = await telegramSourceOf(well(channels));
  const chunks = await chunksOf(tested.source, [pastOf(7), pastOf(8)]);
  expect(
    chunks.map(({ pageId, posts, place, reached }) => [pageId, posts.length, place?.id, reached]),
  ).toEqual([
    [7, 100, 151, null],
    [8, 100, 21, null],
    [7, 100, 51, null],
    [8, 20, 1, 'proven'],
    [7, 50, 1, 'proven'],
  ]);
  expect(await tested.source.looksUsed()).toBe(5);
});

test('it ends at the wanted instant, and goes on from a cursor', async () => {
  const channel = channelOf(7, 400);
  const { source } = await telegramSourceOf(well([channel]));
  const chunks = await chunksOf(source, [pastOf(7, { from: hours(330), place: placeAt(200) })]);
  expect(chunks).toMatchObject([
    { posts: { length: 100 }, oldest: hours(301), place: { id: 100, published: hours(300) }, reached: null },
    { posts: { length: 29 }, oldest: hours(400), reached: 'proven' },
  ]);
});

test('a step never ends within an album', async () => {
  const single = channelOf(7, 300).messages;
  const messages = [...single.slice(0, 97), ...albumOf(7, [203, 202, 201, 200], 98), ...single.slice(101)];
  const { source } = await telegramSourceOf(well([channelOf(7, 0, { messages })]));
  const chunks = await chunksOf(source, [pastOf(7)]);
  const posts = chunks.flatMap((chunk) => chunk.posts);
  expect(chunks[0]).toMatchObject({ place: { id: 204 }, oldest: hours(97) });
  expect(posts.filter(({ parts }) => parts.length > 0)).toMatchObject([{ parts: [200, 201, 202, 203] }]);
  expect(new Set(posts.map(({ postId }) => postId)).size).toBe(297);
});

test('it stops with its cause and its cursor when the channel cannot be read', async () => {
  const channel = channelOf(7, 400, { refuse: 'CHANNEL_PRIVATE' });
  const { source } = await telegramSourceOf(well([channel]));
  expect(await chunksOf(source, [pastOf(7, { place: placeAt(60) })])).toMatchObject([
    { place: placeAt(60), reached: null, posts: [], cause: expect.stringContaining('CHANNEL_PRIVATE') },
  ]);
});

test('a server is not followed where it does not go on', async () => {
  const channel = channelOf(7, 400);
  const good = well([channel]);
  const tested = await telegramSourceOf((call) => {
    if (call.method === 'messages.GetHistory') (call.request as Api.messages.GetHistory).offsetId = 0;
    return good(call);
  });
  const chunks = await chunksOf(tested.source, [pastOf(7)]);
  expect(chunks).toHaveLength(2);
  expect(chunks.at(-1)).toMatchObject({
    place: { id: 301 },
    reached: null,
    oldest: null,
    doubt: { kind: 'wrong_place', detail: 'none of the messages is older than 301, as was asked for' },
  });
  // One answer alone proves nothing: it was asked for again.
  expect(methodsOf(tested).filter((method) => method === 'GetHistory')).toHaveLength(3);
});

test('it is left when the consumer has enough, without a connection left open', async () => {
  const tested = await telegramSourceOf(well([channelOf(7, 400)]));
  for await (const chunk of tested.source.history([pastOf(7)])) {
    expect(chunk.posts).toHaveLength(100);
    break;
  }
  expect(methodsOf(tested).filter((method) => method === 'GetHistory')).toHaveLength(1);
});
