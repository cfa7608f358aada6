import { Api, helpers } from 'telegram';
import { describe, expect, test } from 'vitest';
import { BrokenAnswer } from './errors.ts';
import type { HistoryQuestion } from './map.ts';
import { mapHistory } from './map.ts';

const channelId = 1_413_275_904;
const peerId = new Api.PeerChannel({ channelId: helpers.returnBigInt(channelId) });
const newest = Date.UTC(2026, 2, 10, 9) / 1000;
const big = (value: number) => helpers.returnBigInt(value);

type Traits = Partial<ConstructorParameters<typeof Api.Message>[0]>;

/** A message of the channel; the smaller the id, the earlier, a minute each. */
function message(id: number, more: Traits = {}): Api.Message {
  return new Api.Message({ id, peerId, date: newest - (1000 - id) * 60, message: `text ${id}`, ...more });
}

function service(id: number): Api.MessageService {
  const action = new Api.MessageActionChannelCreate({ title: 'Профсоюз' });
  return new Api.MessageService({ id, peerId, date: newest - (1000 - id) * 60, action });
}

function album(ids: readonly number[], of: readonly Traits[] = []): Api.Message[] {
  return ids.map((id, index) => message(id, { groupedId: big(77), message: '', ...of[index] }));
}

function read(messages: Api.TypeMessage[], more: Partial<HistoryQuestion> & { count?: number } = {}) {
  const { count = messages.length, ...question } = more;
  const answer = new Api.messages.ChannelMessages({
    pts: 1,
    count,
    messages,
    topics: [],
    chats: [],
    users: [],
  });
  return mapHistory(answer, { nativeId: channelId, asked: 100, before: 0, reactions: true, ...question });
}

const only = (more: Traits, reactions: boolean | null = true) =>
  read([message(5, more)], { reactions }).posts[0];
const reactions = (...counts: number[]) =>
  new Api.MessageReactions({
    results: counts.map(
      (count) => new Api.ReactionCount({ count, reaction: new Api.ReactionEmoji({ emoticon: '👍' }) }),
    ),
  });
const replies = (count: number) => new Api.MessageReplies({ replies: count, repliesPts: 0, comments: true });

describe('a message', () => {
  test('is a post of the channel with exact counters where they are said', () => {
    const more = { views: 921, forwards: 0, reactions: reactions(3, 4), replies: replies(2) };
    expect(only(more)).toMatchObject({
      postId: 5,
      parts: [],
      placement: 'own',
      kind: 'original',
      text: 'text 5',
      counters: { views: 921, likes: 7, comments: 2, reposts: 0 },
      precisions: { views: 'exact', likes: 'exact', comments: 'exact', reposts: 'exact' },
      edited: null,
      pinned: false,
    });
  });

  test('without reactions has none where readers may react, and an unknown number elsewhere', () => {
    expect(only({}, true)?.counters).toEqual({ views: null, likes: 0, comments: null, reposts: null });
    expect(only({}, true)?.precisions.likes).toBe('exact');
    expect(only({}, false)?.counters.likes).toBeNull();
    expect(only({}, null)?.counters.likes).toBeNull();
    expect(only({ reactions: reactions(2) }, false)?.counters.likes).toBe(2);
    expect(only({ reactions: reactions() }, null)?.counters.likes).toBe(0);
  });

  test('that is forwarded names its source where it is known', () => {
    const forward = (more: object) => ({
      fwdFrom: new Api.MessageFwdHeader({ date: newest, ...more }),
    });
    const channel = new Api.PeerChannel({ channelId: big(4_294_967_299) });
    expect(only(forward({ fromId: channel, channelPost: 8 }))).toMatchObject({
      kind: 'repost',
      text: 'text 5',
      sourceOwner: -4_294_967_299,
      sourcePost: 8,
      sourceText: '',
    });
    const person = new Api.PeerUser({ userId: big(7_000_000_001) });
    expect(only(forward({ fromId: person }))).toMatchObject({ sourceOwner: 7_000_000_001, sourcePost: null });
    expect(only(forward({ fromName: 'Иван' }))).toMatchObject({ kind: 'repost', sourceOwner: null });
    expect(only(forward({ imported: true }))?.kind).toBe('original');
  });

  test('is edited unless the edit is hidden, and may be pinned', () => {
    expect(only({ editDate: newest + 60, pinned: true })).toMatchObject({
      edited: new Date((newest + 60) * 1000),
      pinned: true,
    });
    expect(only({ editDate: newest + 60, editHide: true })?.edited).toBeNull();
  });

  test('of the channel about itself is dropped, but is there', () => {
    const page = read([message(3), service(2), message(1)]);
    expect(page).toMatchObject({ dropped: { service: 1 }, ids: [3, 2, 1] });
    expect(page.posts.map(({ postId }) => postId)).toEqual([3, 1]);
  });

  test('that is empty has been removed; what is no post is dropped by its reason', () => {
    const stranger = new Api.PeerChannel({ channelId: big(5) });
    const page = read([
      message(9),
      new Api.MessageEmpty({ id: 8 }),
      message(7, { date: 0 }),
      message(6, { peerId: stranger }),
    ]);
    expect(page).toMatchObject({ removed: [8], dropped: { no_date: 1, other_channel: 1 }, ids: [9, 7, 6] });
    expect(page.posts).toHaveLength(1);
  });
});

describe('an album', () => {
  test('is one post, with the words and the counters of whichever message has them', () => {
    const parts = album(
      [12, 11, 10],
      [
        { views: 90, forwards: 1 },
        { views: 100, forwards: 3, message: 'caption', editDate: newest },
        { views: 90, reactions: reactions(5), replies: replies(4) },
      ],
    );
    const page = read([message(13), ...parts, message(9)]);
    expect(page.posts.map(({ postId }) => postId)).toEqual([13, 10, 9]);
    expect(page.posts[1]).toMatchObject({
      parts: [10, 11, 12],
      text: 'caption',
      counters: { views: 100, likes: 5, comments: 4, reposts: 3 },
      published: new Date((newest - 990 * 60) * 1000),
      edited: new Date(newest * 1000),
    });
    expect(page.ids).toEqual([13, 12, 11, 10, 9]);
  });

  test('of which one message is left is one still', () => {
    expect(read(album([11])).posts[0]).toMatchObject({ postId: 11, parts: [11] });
  });

  test('that the end of the answer may have cut is left out altogether, and read again from there', () => {
    const page = read([message(13), ...album([12, 11])], { count: 500, asked: 3 });
    expect(page.posts.map(({ postId }) => postId)).toEqual([13]);
    expect(page).toMatchObject({ ids: [13], next: 13, end: false, oldest: page.posts[0]?.published });
  });

  test('at the channel’s beginning is whole', () => {
    expect(read([message(3), ...album([2, 1])], { count: 500, asked: 3 })).toMatchObject({ end: true });
    expect(read([message(13), ...album([12, 11])]).posts).toHaveLength(2);
  });
});

describe('an answer', () => {
  test('is the end when it is empty, reaches the first message, or holds all that there is', () => {
    expect(read([], { before: null })).toMatchObject({ end: true, next: null, oldest: null });
    expect(read([message(2), message(1)], { before: null, asked: 2 }).end).toBe(true);
    expect(read([message(9), message(8)], { count: 2 }).end).toBe(true);
    expect(read([message(9), message(8)], { count: 102, before: 100 }).end).toBe(true);
    // Short alone it proves nothing, and an unknown place even less.
    expect(read([message(9), message(8)], { count: 40 }).end).toBe(false);
    expect(read([message(9), message(8)], { count: 2, before: null }).end).toBe(false);
  });

  test('that does not run from new to old says so', () => {
    expect(read([message(3), message(2)]).inOrder).toBe(true);
    expect(read([message(2), message(3)]).inOrder).toBe(false);
    expect(read([message(3), message(2, { date: newest })]).inOrder).toBe(false);
  });

  test('of another shape is broken', () => {
    const notModified = new Api.messages.MessagesNotModified({ count: 3 });
    const question = { nativeId: channelId, asked: 100, before: 0, reactions: true };
    expect(() => mapHistory(notModified, question)).toThrow(BrokenAnswer);
    expect(() => read([message(3, { date: 0 })])).toThrow(/no_date/);
  });

  test('shows the channel under its present name', () => {
    const channel = new Api.Channel({
      id: big(channelId),
      accessHash: big(-7),
      title: 'Профсоюз',
      username: 'union',
      photo: new Api.ChatPhotoEmpty(),
      date: newest,
      participantsCount: 412,
    });
    const answer = new Api.messages.MessagesSlice({ count: 9, messages: [], chats: [channel], users: [] });
    const question = { nativeId: channelId, asked: 100, before: 0, reactions: true };
    expect(mapHistory(answer, question).channel).toMatchObject({
      name: 'union',
      title: 'Профсоюз',
      subscribers: 412,
    });
  });
});
