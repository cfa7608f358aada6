import { afterEach, describe, expect, test } from 'vitest';
import {
  albumOf,
  channelOf,
  chunksOf,
  closeTelegram,
  hours,
  looksFor,
  messageOf,
  pastOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

describe('dates', () => {
  test('of one message that is older than wanted end no history', async () => {
    const channel = channelOf(7, 250);
    const messages = channel.messages.map((each) => (each.id === 151 ? messageOf(7, 151, 90_000) : each));
    const { source } = await telegramSourceOf(well([channelOf(7, 0, { messages })]));
    const chunks = await chunksOf(source, [pastOf(7, { from: hours(300) })]);
    expect(chunks.map(({ posts, reached, oldest }) => [posts.length, reached, oldest])).toEqual([
      [99, null, hours(99)],
      [100, null, hours(200)],
      [50, 'proven', hours(250)],
    ]);
  });
});

describe('an album spread over an answer', () => {
  /** All messages from `size` down, those of `parts` being one album. */
  const withAlbum = (size: number, parts: readonly number[]) => {
    const album = albumOf(7, parts, 5);
    return channelOf(7, size).messages.map((each) => album.find(({ id }) => id === each.id) ?? each);
  };

  test.each([
    ['encloses all others of a page', [250, 151]],
    ['encloses all others of a later page', [150, 51]],
    ['stands on both sides of a page’s end', [152, 150]],
    ['begins above and ends below two pages’ ends', [155, 151, 149, 51]],
    [
      'is as large as albums are, and reaches over a page',
      [250, 240, 230, 220, 210, 200, 190, 180, 170, 151],
    ],
    ['is all that there is', Array.from({ length: 10 }, (_, index) => 250 - index)],
  ])('that %s: the history goes on to its end, and nothing is lost', async (_, parts) => {
    const channel = channelOf(7, 0, { messages: withAlbum(250, parts) });
    const tested = await telegramSourceOf(well([channel]));
    const chunks = await chunksOf(tested.source, [pastOf(7)]);
    expect(chunks.at(-1)).toMatchObject({ reached: 'proven', doubt: null, cause: '' });
    const places = chunks.map(({ place }) => place?.id ?? 0);
    expect(places).toEqual([...new Set(places)].sort((one, other) => other - one));
    const posts = chunks.flatMap((chunk) => chunk.posts);
    const messages = posts.flatMap((post) => (post.parts.length > 0 ? post.parts : [post.postId]));
    expect(new Set(messages).size).toBe(250);
    expect(tested.server.requests.length).toBeLessThan(10);
  });

  test('of a look leaves enough to look at', async () => {
    const channel = channelOf(7, 0, { messages: withAlbum(250, [249, 231]) });
    const { source } = await telegramSourceOf(well([channel]));
    const look = (await looksOf(source, looksFor([channel]))).get(7);
    expect(look?.posts.length).toBeGreaterThanOrEqual(10);
    expect(look?.posts.find(({ parts }) => parts.length > 0)?.parts).toEqual([231, 249]);
  });
});
