import { Api, helpers } from 'telegram';
import { describe, expect, test } from 'vitest';
import { BrokenAnswer } from './errors.ts';
import type { HistoryQuestion } from './map.ts';
import { mapHistory } from './map.ts';

const channelId = 1_413_275_904;
const peerId = new Api.PeerChannel({ channelId: helpers.returnBigInt(channelId) });
const newest = Date.UTC(2026, 2, 10, 9) / 1000;
const answered = new Date((newest + 3600) * 1000);
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
  return mapHistory(answer, {
    nativeId: channelId,
    asked: 100,
    before: 0,
    reactions: true,
    answered,
    ...question,
  });
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

  test('with paid Stars has them apart from the reactions of readers', () => {
    const paid = new Api.ReactionCount({ count: 500, reaction: new Api.ReactionPaid() });
    const free = new Api.ReactionCount({ count: 3, reaction: new Api.ReactionEmoji({ emoticon: '👍' }) });
    const with_ = (...results: Api.ReactionCount[]) => ({ reactions: new Api.MessageReactions({ results }) });
    expect(only(with_(paid, free))).toMatchObject({ stars: 500, counters: { likes: 3 } });
    expect(only(with_(paid), true)).toMatchObject({ stars: 500, counters: { likes: 0 } });
    expect(only(with_(paid), false)).toMatchObject({ stars: 500, counters: { likes: null } });
    expect(only(with_(free))).toMatchObject({ stars: null, counters: { likes: 3 } });
    expect(only({})?.stars).toBeNull();
  });

  test('with numbers that cannot be hands its counts on as they are said, to be named; others are unknown', () => {
    const odd = new Api.ReactionCount({ count: -1, reaction: new Api.ReactionEmoji({ emoticon: '👍' }) });
    const channel = new Api.PeerChannel({ channelId: helpers.returnBigInt('9123456789012345678') });
    const post = only({
      views: -5,
      reactions: new Api.MessageReactions({ results: [odd] }),
      fwdFrom: new Api.MessageFwdHeader({ date: newest, fromId: channel, channelPost: -1 }),
      editDate: newest + 400 * 86_400,
    });
    expect(post).toMatchObject({
      counters: { views: -5, likes: -1 },
      kind: 'repost',
      sourceOwner: null,
      sourcePost: null,
      edited: null,
    });
  });

  test('that stands twice in an answer is one, and nothing follows from the order', () => {
    const page = read([message(9), message(8), message(8)]);
    expect(page).toMatchObject({ dropped: { twice: 1 }, ids: [9, 8], posts: { length: 2 } });
    expect(page.posts[1]?.text).toBe('text 8');
  });

  test('dated later than the answer is refused, and is there', () => {
    const page = read([message(9, { date: newest + 400 * 86_400 }), message(8)]);
    expect(page).toMatchObject({ dropped: { future_date: 1 }, ids: [9, 8], posts: { length: 1 } });
    // The machine's clock may be a little behind Telegram's.
    expect(read([message(9, { date: newest + 3600 + 300 })]).posts).toHaveLength(1);
  });

  test('without an id is dropped', () => {
    const page = read([message(9), new Api.MessageEmpty({ id: -1 }), message(-4)]);
    expect(page).toMatchObject({ dropped: { no_id: 2 }, ids: [9], removed: [] });
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
    expect(page).toMatchObject({ removed: [8], dropped: { no_date: 1, other_channel: 1 }, ids: [9, 7] });
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
    expect(page).toMatchObject({ ids: [13], next: 13, end: null, oldest: page.posts[0]?.published });
  });

  test('at the channel’s beginning is whole', () => {
    expect(read([message(3), ...album([2, 1])], { count: 5, asked: 3 })).toMatchObject({ end: 'proven' });
    expect(read([message(13), ...album([12, 11])]).posts).toHaveLength(2);
  });
});

describe('an answer', () => {
  test('proves the end by the first message of all, and makes it likely by the channel’s count', () => {
    expect(read([message(2), message(1)], { before: null, asked: 2 }).end).toBe('proven');
    expect(read([message(9), message(8)], { count: 2 }).end).toBe('weak');
    expect(read([message(9), message(8)], { count: 102, before: 100 }).end).toBe('weak');
    // Short alone it proves nothing, and an unknown place even less.
    expect(read([message(9), message(8)], { count: 40 }).end).toBeNull();
    expect(read([message(9), message(8)], { count: 2, before: null }).end).toBeNull();
    // A count of none beside messages is no count.
    expect(read([message(9), message(8)], { count: 0 }).end).toBeNull();
    // The first message right behind the newest contradicts a channel that counts hundreds.
    expect(read([message(900), message(1)], { count: 900 }).end).toBe('weak');
  });

  test('without messages proves nothing', () => {
    expect(read([], { before: null })).toMatchObject({ end: null, next: null, oldest: null, count: 0 });
    expect(read([], { count: 161 })).toMatchObject({ end: null, next: null, count: 161 });
  });

  test('that does not run from new to old says so', () => {
    expect(read([message(3), message(2)]).inOrder).toBe(true);
    expect(read([message(2), message(3)]).inOrder).toBe(false);
    expect(read([message(3), message(2, { date: newest })]).inOrder).toBe(false);
  });

  test('of another shape is broken', () => {
    const notModified = new Api.messages.MessagesNotModified({ count: 3 });
    const question = { nativeId: channelId, asked: 100, before: 0, reactions: true, answered };
    expect(() => mapHistory(notModified, question)).toThrow(BrokenAnswer);
    expect(() => mapHistory({ className: 'updates.State' } as never, question)).toThrow(
      /messages are wanted/,
    );
    expect(() => read(Array.from({ length: 1001 }, (_, index) => message(2000 - index)))).toThrow(
      /1001 messages/,
    );
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
    const question = { nativeId: channelId, asked: 100, before: 0, reactions: true, answered };
    expect(mapHistory(answer, question).channel).toMatchObject({
      name: 'union',
      title: 'Профсоюз',
      subscribers: 412,
    });
  });
});
