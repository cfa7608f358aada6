import type { Api } from 'telegram';
import { afterEach, expect, test } from 'vitest';
import type { HistoryChunk, HistoryRequest, Source } from '../../collector/source.ts';
import {
  albumOf,
  channelOf,
  closeTelegram,
  methodsOf,
  now,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const hours = (count: number) => new Date(Date.parse(now) - count * 3_600_000);

async function chunksOf(source: Source, requests: HistoryRequest[], signal?: AbortSignal) {
  const chunks: HistoryChunk[] = [];
  for await (const chunk of source.history(requests, signal)) chunks.push(chunk);
  return chunks;
}
const requestFor = (id: number, more: Partial<HistoryRequest> = {}): HistoryRequest => ({
  pageId: id,
  nativeId: id,
  name: `channel${id}`,
  from: hours(9999),
  cursor: null,
  ...more,
});

test('the past of several channels is read in turn to their beginnings', async () => {
  const channels = [channelOf(7, 250), channelOf(8, 120)];
  const tested = await telegramSourceOf(well(channels));
  const chunks = await chunksOf(tested.source, [requestFor(7), requestFor(8)]);
  expect(chunks.map(({ pageId, posts, cursor, reached }) => [pageId, posts.length, cursor, reached])).toEqual(
    [
      [7, 100, 151, false],
      [8, 100, 21, false],
      [7, 100, 51, false],
      [8, 20, 1, true],
      [7, 50, 1, true],
    ],
  );
  expect(await tested.source.looksUsed()).toBe(5);
});

test('it ends at the wanted instant, and goes on from a cursor', async () => {
  const channel = channelOf(7, 400);
  const { source } = await telegramSourceOf(well([channel]));
  const chunks = await chunksOf(source, [requestFor(7, { from: hours(330), cursor: 200 })]);
  expect(chunks).toMatchObject([
    { posts: { length: 100 }, oldest: hours(301), cursor: 100, reached: false },
    { posts: { length: 29 }, oldest: hours(400), reached: true },
  ]);
});

test('a step never ends within an album', async () => {
  const single = channelOf(7, 300).messages;
  const messages = [...single.slice(0, 97), ...albumOf(7, [203, 202, 201, 200], 98), ...single.slice(101)];
  const { source } = await telegramSourceOf(well([channelOf(7, 0, { messages })]));
  const chunks = await chunksOf(source, [requestFor(7)]);
  const posts = chunks.flatMap((chunk) => chunk.posts);
  expect(chunks[0]).toMatchObject({ cursor: 204, oldest: hours(97) });
  expect(posts.filter(({ parts }) => parts.length > 0)).toMatchObject([{ parts: [200, 201, 202, 203] }]);
  expect(new Set(posts.map(({ postId }) => postId)).size).toBe(297);
});

test('it stops with its cause and its cursor when the channel cannot be read', async () => {
  const channel = channelOf(7, 400, { refuse: 'CHANNEL_PRIVATE' });
  const { source } = await telegramSourceOf(well([channel]));
  expect(await chunksOf(source, [requestFor(7, { cursor: 60 })])).toMatchObject([
    { cursor: 60, reached: false, posts: [], cause: expect.stringContaining('CHANNEL_PRIVATE') },
  ]);
});

test('a server is not followed where it does not go on', async () => {
  const channel = channelOf(7, 400);
  const good = well([channel]);
  const tested = await telegramSourceOf((call) => {
    if (call.method === 'messages.GetHistory') (call.request as Api.messages.GetHistory).offsetId = 0;
    return good(call);
  });
  const chunks = await chunksOf(tested.source, [requestFor(7)]);
  expect(chunks).toHaveLength(2);
  expect(chunks.at(-1)).toMatchObject({ reached: true });
});

test('it is left when the consumer has enough, without a connection left open', async () => {
  const tested = await telegramSourceOf(well([channelOf(7, 400)]));
  for await (const chunk of tested.source.history([requestFor(7)])) {
    expect(chunk.posts).toHaveLength(100);
    break;
  }
  expect(methodsOf(tested).filter((method) => method === 'GetHistory')).toHaveLength(1);
});
