import { gzipSync } from 'node:zlib';
import { Api, helpers } from 'telegram';
import { afterEach, expect, test } from 'vitest';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import { resultOf, type ScriptedReply } from '../helpers/scripted-telegram.ts';
import {
  answerOf,
  channelIdOf,
  channelOf,
  closeTelegram,
  looksFor,
  messageOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it waits for the bounds of waiting');

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const channels = [channelOf(7, 3), channelOf(8, 3)];
const good = well(channels);
const megabyte = 1024 * 1024;

function word(code: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(code, 0);
  return buffer;
}

function textOf(content: Buffer): Buffer {
  const head = Buffer.from([254, content.length & 255, (content.length >> 8) & 255, content.length >> 16]);
  return Buffer.concat([head, content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}

const packed = (content: Buffer) =>
  Buffer.concat([word(0x3072cfa1), textOf(gzipSync(content, { level: 1 }))]);

/** Looks at two channels, of which the history of the first is answered so. */
async function looksWith(reply: ScriptedReply) {
  const tested = await telegramSourceOf(
    (call) => (call.method === 'messages.GetHistory' && channelIdOf(call) === 7 ? reply : good(call)),
    { timer: hastyTimer(10), deadline: 150_000 },
  );
  const looks = await looksOf(tested.source, looksFor(channels));
  return { looks, tested };
}

const odd: [string, ScriptedReply, RegExp][] = [
  [
    'is larger than any, packed',
    { messages: (id) => [resultOf(id, packed(Buffer.alloc(24 * megabyte)))] },
    /^broken: Telegram’s answer has more than 16 MB/,
  ],
  [
    'is larger than any as it comes',
    { messages: (id) => [resultOf(id, Buffer.alloc(17 * megabyte))] },
    /^broken: Telegram’s answer has more than 16 MB/,
  ],
  [
    'has more messages than were asked for',
    {
      answer: answerOf(
        channelOf(7, 0),
        Array.from({ length: 1001 }, (_, index) => messageOf(7, 5000 - index, index + 1)),
      ),
    },
    /^broken: .*1001 messages/,
  ],
  [
    'is cut short',
    {
      messages: (id) => {
        const whole = answerOf(channelOf(7, 3), channelOf(7, 3).messages).getBytes();
        return [resultOf(id, whole.subarray(0, whole.length / 2))];
      },
    },
    /^broken: /,
  ],
  [
    'has a message without an id',
    {
      messages: (id) => {
        const whole = answerOf(channelOf(7, 0), [messageOf(7, 0x01020304, 1)]).getBytes();
        whole.writeInt32LE(0, whole.indexOf(Buffer.from([4, 3, 2, 1])));
        return [resultOf(id, whole)];
      },
    },
    /^broken: /,
  ],
  ['has parts of another class', { answer: answerOf(channelOf(7, 0), [chatAsMessage()]) }, /^broken: |doubt/],
  ['is refused by a word without end', { refuse: 'X'.repeat(5_000_000) }, /^telegram:X{250,300}…$/],
];

/** Something that is no message, where one is wanted. */
function chatAsMessage(): Api.TypeMessage {
  return new Api.ChatEmpty({ id: helpers.returnBigInt(5) }) as never;
}

test.each(odd)('an answer that %s is that page’s error alone', async (_, reply, cause) => {
  const { looks, tested } = await looksWith(reply);
  const look = looks.get(7);
  expect(look?.cause || `doubt ${look?.doubt?.kind ?? 'none'}`).toMatch(cause);
  expect(outcomes(looks)[1]).toBe('ok');
  expect(look?.window ?? null).toBeNull();
  // The account has done nothing wrong.
  expect(tested.source.parked?.()).toEqual([]);
});

test('an answer that was cut within its list leaves the next ones readable', async () => {
  const { tested } = await looksWith(odd[3]?.[1] ?? 'cut');
  const again = await telegramSourceOf(good, {
    proxy: tested.server.proxy,
    sessions: tested.server.sessions,
  });
  const looks = await looksOf(again.source, looksFor(channels.slice(1)));
  expect(looks.get(8)).toMatchObject({ outcome: 'ok', posts: { length: 3 } });
});

test('a post of five million letters is kept, cut, and the run goes on', async () => {
  const long = messageOf(7, 3, 1, { message: 'я'.repeat(5_000_000) });
  const { looks } = await looksWith({ answer: answerOf(channelOf(7, 1), [long]) });
  expect(outcomes(looks)).toEqual(['ok', 'ok']);
  expect(looks.get(7)?.posts[0]?.text).toHaveLength(65_536);
});
