import type { Api } from 'telegram';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import type { ScriptedReply, ScriptedRequest } from '../helpers/scripted-telegram.ts';
import type { ScriptedChannel } from '../helpers/telegram-source.ts';
import {
  albumOf,
  answerOf,
  channelOf,
  chunksOf,
  closeTelegram,
  looksFor,
  messageOf,
  pastOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf } from '../helpers/vk-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects a channel with one odd answer at each place');

afterEach(async () => {
  await closeTelegram();
});

/** How an answer is spoilt. */
const ways = ['none', 'count_none', 'newest', 'foreign', 'half_foreign', 'refused', 'cut', 'forget'] as const;
type Way = (typeof ways)[number];

/** A channel with gaps, and albums of up to ten messages; its first message may be gone. */
const channels = fc
  .record({
    size: fc.integer({ min: 1, max: 450 }),
    gone: fc.array(fc.integer({ min: 1, max: 450 }), { maxLength: 120 }),
    albums: fc.array(
      fc.record({ end: fc.integer({ min: 1, max: 450 }), size: fc.integer({ min: 2, max: 10 }) }),
      {
        maxLength: 12,
      },
    ),
  })
  .map(({ size, gone, albums }): ScriptedChannel => {
    const messages = new Map(channelOf(7, size).messages.map((message) => [message.id, message]));
    let free = size;
    for (const album of [...albums].sort((one, other) => other.end - one.end)) {
      const end = Math.min(album.end, free);
      if (end < album.size) continue;
      const ids = Array.from({ length: album.size }, (_, index) => end - index);
      for (const part of albumOf(7, ids, size - end + 1)) messages.set(part.id, part);
      free = end - album.size;
    }
    for (const id of gone) if (messages.size > 1) messages.delete(id);
    return channelOf(7, 0, { messages: [...messages.values()].sort((one, other) => other.id - one.id) });
  });

function spoilt(channel: ScriptedChannel, way: Way, request: Api.messages.GetHistory): ScriptedReply {
  const older = channel.messages.filter(({ id }) => request.offsetId === 0 || id < request.offsetId);
  const page = older.slice(0, request.limit);
  const foreign = (every: number) =>
    page.map((message, index) => (index % every === 0 ? messageOf(99, message.id, 1) : message));
  switch (way) {
    case 'none':
      return { answer: answerOf(channel, []) };
    case 'count_none':
      return { answer: answerOf(channel, [], { count: 0 }) };
    case 'newest':
      return { answer: answerOf(channel, channel.messages.slice(0, request.limit)) };
    case 'foreign':
      return { answer: answerOf(channel, foreign(1)) };
    case 'half_foreign':
      return { answer: answerOf(channel, foreign(2)) };
    case 'refused':
      return { refuse: 'INTERNAL', code: 500 };
    default:
      return way === 'cut' ? 'cut' : 'forget';
  }
}

/** Messages of posts, so that albums that were split would show. */
const shapeOf = (posts: readonly { postId: number; parts: readonly number[] }[]) =>
  posts.map(({ postId, parts }) => `${postId}: ${parts.join(' ')}`).sort();

test('single odd answers change neither what a history gives nor what a look does', async () => {
  await fc.assert(
    fc.asyncProperty(
      channels,
      fc.array(fc.record({ gap: fc.integer({ min: 1, max: 4 }), way: fc.constantFrom(...ways) }), {
        maxLength: 5,
      }),
      async (channel, odd) => {
        const good = well([channel]);
        const plain = await telegramSourceOf(good);
        const expected = (await chunksOf(plain.source, [pastOf(7)])).flatMap(({ posts }) => posts);
        const expectedLook = (await looksOf(plain.source, looksFor([channel]))).get(7);

        const waiting = [...odd];
        let passed = 0;
        const script = (call: ScriptedRequest): ScriptedReply | undefined => {
          const [next] = waiting;
          if (call.method !== 'messages.GetHistory' || !next) return good(call);
          passed += 1;
          if (passed <= next.gap) return good(call);
          passed = 0;
          waiting.shift();
          return spoilt(channel, next.way, call.request as Api.messages.GetHistory);
        };
        const tested = await telegramSourceOf(script, { timer: hastyTimer(1000), deadline: 5_000_000 });
        const chunks = await chunksOf(tested.source, [pastOf(7)]);
        const posts = chunks.flatMap((chunk) => chunk.posts);
        expect(chunks.at(-1)).toMatchObject({ cause: '', doubt: null });
        expect(chunks.at(-1)?.reached).not.toBeNull();
        expect(shapeOf(posts)).toEqual(shapeOf(expected));
        expect(new Set(shapeOf(posts)).size).toBe(posts.length);
        const look = (await looksOf(tested.source, looksFor([channel]))).get(7);
        expect(look).toMatchObject({ outcome: 'ok', doubt: null, window: expectedLook?.window });
        expect(shapeOf(look?.posts ?? [])).toEqual(shapeOf(expectedLook?.posts ?? []));
        expect(await closeTelegram()).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});
