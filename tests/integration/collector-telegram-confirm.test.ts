import { Api } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConfirmRequest } from '#collector/source.ts';
import type { ScriptedReply, ScriptedRequest } from '../helpers/scripted-telegram.ts';
import {
  albumOf,
  answerOf,
  channelOf,
  closeTelegram,
  messageOf,
  methodsOf,
  now,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const channel = channelOf(7, 30);
const good = well([channel]);
const asking = (ids: readonly number[], more: Partial<ConfirmRequest> = {}): ConfirmRequest => ({
  pageId: 1,
  nativeId: 7,
  name: 'channel7',
  ids,
  ...more,
});
/** Answers what is asked by id with this. */
const answering = (reply: ScriptedReply) => (call: ScriptedRequest) =>
  call.method === 'channels.GetMessages' ? reply : good(call);

describe('posts asked for by their ids', () => {
  test('are there, with all that is shown of them, or gone', async () => {
    const tested = await telegramSourceOf(good);
    const confirmed = await tested.source.confirm(asking([30, 12, 31, 400]));
    expect(confirmed).toMatchObject({
      observed: new Date(now),
      there: [30, 12],
      gone: [31, 400],
      cause: '',
    });
    expect(confirmed.posts.map(({ postId, text }) => [postId, text])).toEqual([
      [30, 'text 30'],
      [12, 'text 12'],
    ]);
    expect(methodsOf(tested)).toEqual(['ResolveUsername', 'GetMessages']);
  });

  test('are asked for a hundred at once', async () => {
    const tested = await telegramSourceOf(good);
    expect(tested.source.confirmAtOnce).toBe(100);
    const ids = Array.from({ length: 130 }, (_, index) => index + 1);
    const confirmed = await tested.source.confirm(asking(ids));
    expect([confirmed.there.length, confirmed.gone.length, confirmed.cause]).toEqual([30, 100, '']);
    expect(methodsOf(tested)).toEqual(['ResolveUsername', 'GetMessages', 'GetMessages']);
  });

  test('that are parts of an album are there, and make no post of their own', async () => {
    const messages = [...albumOf(7, [32, 31], 0), ...channel.messages];
    const { source } = await telegramSourceOf(well([channelOf(7, 0, { messages })]));
    expect(await source.confirm(asking([31, 32]))).toMatchObject({ there: [31, 32], gone: [], posts: [] });
  });

  test('that are about the channel itself, or have no date, are there', async () => {
    const { peerId } = messageOf(7, 1, 1);
    const action = new Api.MessageActionPinMessage();
    const service = new Api.MessageService({ id: 5, peerId, date: 1_700_000_000, action });
    const messages = [service, messageOf(7, 6, 1, { date: 0 })];
    const { source } = await telegramSourceOf(answering({ answer: answerOf(channel, messages) }));
    expect(await source.confirm(asking([5, 6]))).toMatchObject({ there: [5, 6], posts: [], cause: '' });
  });
});

describe('an answer that', () => {
  test('leaves ids out says nothing of them', async () => {
    const reply = { answer: answerOf(channel, [messageOf(7, 5, 1), new Api.MessageEmpty({ id: 6 })]) };
    const { source } = await telegramSourceOf(answering(reply));
    expect(await source.confirm(asking([5, 6, 7, 8]))).toMatchObject({
      there: [5],
      gone: [6],
      cause: 'broken: the answer to channels.getMessages says nothing of 2 ids',
    });
  });

  test('is of another channel says nothing', async () => {
    const stranger = new Api.MessageEmpty({ id: 6, peerId: messageOf(99, 1, 1).peerId });
    const { source } = await telegramSourceOf(
      answering({ answer: answerOf(channel, [messageOf(99, 5, 1), stranger]) }),
    );
    expect(await source.confirm(asking([5, 6]))).toMatchObject({
      there: [],
      gone: [],
      posts: [],
      cause: expect.stringContaining('nothing of 2 ids'),
    });
  });

  test('says two things of an id takes it for there', async () => {
    const messages = [new Api.MessageEmpty({ id: 5 }), messageOf(7, 5, 1)];
    const { source } = await telegramSourceOf(answering({ answer: answerOf(channel, messages) }));
    expect(await source.confirm(asking([5]))).toMatchObject({ there: [5], gone: [] });
  });

  test.each<[string, ScriptedReply, RegExp]>([
    [
      'is of another shape',
      { answer: new Api.messages.MessagesNotModified({ count: 3 }) },
      /^broken: .*not modified/,
    ],
    [
      'is of another class',
      { answer: new Api.updates.State({ pts: 1, qts: 1, date: 1, seq: 1, unreadCount: 0 }) },
      /^broken: .*updates\.State, messages are wanted/,
    ],
    ['is an order to wait', { refuse: 'FLOOD_WAIT_4000', code: 420 }, /4000 s/],
    ['closes the channel', { refuse: 'CHANNEL_PRIVATE', code: 406 }, /CHANNEL_PRIVATE/],
    ['is none', 'cut', /was cut/],
  ])('%s is a cause, and proves nothing', async (_, reply, cause) => {
    const { source } = await telegramSourceOf(answering(reply));
    expect(await source.confirm(asking([5, 6]))).toEqual({
      observed: new Date(now),
      there: [],
      gone: [],
      posts: [],
      cause: expect.stringMatching(cause),
    });
  });

  test('shows a blocked channel, or a group, proves nothing', async () => {
    const restrictionReason = [new Api.RestrictionReason({ platform: 'all', reason: 'terms', text: 'Spam' })];
    const gone = [new Api.MessageEmpty({ id: 5 })];
    const blocked = channelOf(7, 3, { more: { restricted: true, restrictionReason } });
    const group = channelOf(7, 3, { more: { megagroup: true, broadcast: false } });
    for (const [shown, cause] of [
      [blocked, 'blocked (Spam)'],
      [group, 'a group chat'],
    ] as const) {
      const { source } = await telegramSourceOf(answering({ answer: answerOf(shown, gone) }));
      const confirmed = await source.confirm(asking([5]));
      expect(confirmed).toMatchObject({ gone: [], cause: expect.stringContaining(cause) });
    }
  });
});

test('what is no id is asked for by nobody', async () => {
  const tested = await telegramSourceOf(good);
  expect(await tested.source.confirm(asking([0, 2 ** 31, 1.5]))).toMatchObject({
    there: [],
    gone: [],
    cause: expect.stringContaining('nothing of 3 ids'),
  });
  expect(tested.server.requests).toEqual([]);
});

test('a channel that no account knows proves nothing', async () => {
  const { source } = await telegramSourceOf(well([]));
  expect(await source.confirm(asking([5]))).toMatchObject({
    gone: [],
    cause: expect.stringMatching(/no account has a key/) as string,
  });
});

test('a run that is stopped asks for nothing', async () => {
  const tested = await telegramSourceOf(good);
  const stopped = await tested.source.confirm(asking([5]), AbortSignal.abort());
  expect(stopped).toMatchObject({ there: [], gone: [], cause: 'stopped' });
  expect(tested.server.requests).toEqual([]);
});
