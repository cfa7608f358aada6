import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { WrongPlace } from './errors.ts';
import type { PageQuestion } from './map.ts';
import { mapMessages } from './map.ts';

interface Written {
  id: number;
  parts?: number[];
  name?: string;
  channel?: number | null;
  service?: boolean;
  minute?: number;
  dated?: boolean;
  reactions?: string;
}

const anchor = Date.UTC(2026, 2, 1);
const at = (minute: number) => new Date(anchor + minute * 60_000);

function message(written: Written): string {
  const { id, parts, name = 'union', channel = 77, service, reactions, dated = true } = written;
  const view = Buffer.from(
    JSON.stringify({ c: channel === null ? null : -channel, p: parts ? `${id}g` : id }),
  ).toString('base64');
  const time = new Date(anchor + (written.minute ?? id) * 60_000).toISOString();
  return `<div class="tgme_widget_message${service ? ' service_message' : ''} js-widget_message" data-post="${name}/${id}" data-view="${view}">
    ${(parts ?? []).map((part) => `<a class="tgme_widget_message_photo_wrap" href="https://t.me/${name}/${part}?single"></a>`).join('')}
    ${reactions ? `<div class="tgme_widget_message_reactions"><span class="tgme_reaction">${reactions}</span></div>` : ''}
    <a class="tgme_widget_message_date">${dated ? `<time datetime="${time}"></time>` : ''}</a></div>`;
}

function question(more: Partial<PageQuestion> = {}): PageQuestion {
  return {
    name: 'Union',
    nativeId: 77,
    before: null,
    hasReacted: false,
    now: at(100),
    idOf: () => null,
    ...more,
  };
}

function map(messages: Written[], more: Partial<PageQuestion> & { older?: string } = {}) {
  const { older, ...rest } = more;
  const link =
    older === undefined
      ? ''
      : `<a class="tme_messages_more" data-before="${older}"></a><a class="tme_messages_more" data-after="99"></a>`;
  const $ = load(`<section class="tgme_channel_history">${link}${messages.map(message).join('')}</section>`);
  return mapMessages($, question(rest));
}

describe('a page of messages', () => {
  test('has posts, ids, the way to older ones, and the oldest instant', () => {
    const page = map([{ id: 3 }, { id: 5 }, { id: 9 }], { older: '3' });
    expect(page).toMatchObject({
      channelId: 77,
      ids: [3, 5, 9],
      next: 3,
      oldest: at(3),
      inOrder: true,
      dropped: {},
    });
    expect(page.posts.map(({ postId }) => postId)).toEqual([3, 5, 9]);
  });

  test('ends the channel with its first message, not without a link', () => {
    expect(map([{ id: 1 }, { id: 2 }])).toMatchObject({ next: null, isLinked: false, isEmpty: false });
    expect(map([{ id: 3 }])).toMatchObject({ next: 3, isLinked: false });
    expect(map([])).toMatchObject({
      channelId: null,
      ids: [],
      posts: [],
      next: null,
      oldest: null,
      isEmpty: true,
    });
  });

  test('leads on from its oldest message, whatever number its link has, so that none is passed over', () => {
    expect(map([{ id: 30 }], { older: '3' })).toMatchObject({ next: 30, isLinked: true });
    expect(map([{ id: 30 }], { older: 'soon' })).toMatchObject({ next: 30, isLinked: true });
    expect(map([{ id: 30 }], { before: 40, older: '40' })).toMatchObject({ next: 30 });
  });

  test('has a way to older ones by its head alone', () => {
    const $ = load(
      `<html><head><link rel="prev" href="/s/union?before=30"></head><body>${message({ id: 30 })}</body></html>`,
    );
    expect(mapMessages($, question()).isLinked).toBe(true);
  });

  test('leaves out what is dated later than the answer, and counts it', () => {
    const page = map([{ id: 1 }, { id: 2 }, { id: 3, minute: 400 * 24 * 60 }]);
    expect(page).toMatchObject({ ids: [1, 2, 3], dropped: { future_date: 1 }, oldest: at(1), doubt: null });
    expect(page.posts.map(({ postId }) => postId)).toEqual([1, 2]);
    expect(map([{ id: 1, minute: 159 }]).posts).toHaveLength(1);
  });

  test('with a message twice has it once', () => {
    expect(map([{ id: 1 }, { id: 2 }, { id: 2 }])).toMatchObject({
      ids: [1, 2],
      posts: [{ postId: 1 }, { postId: 2 }],
      dropped: { twice: 1 },
      inOrder: false,
      doubt: null,
    });
  });

  test('with an odd date does not go back as far as that says', () => {
    expect(map([{ id: 3 }, { id: 4, minute: -90 * 24 * 60 }, { id: 5 }])).toMatchObject({
      inOrder: false,
      oldest: at(5),
    });
  });

  test('of more messages than any is read no further', () => {
    const many = Array.from({ length: 201 }, (_, index) => ({ id: index + 1 }));
    expect(() => map(many)).toThrow(
      'about twenty messages of Union were expected, the page has more than 200',
    );
  });

  test('drops notices about the channel and counts their ids', () => {
    expect(map([{ id: 1, service: true }, { id: 2 }])).toMatchObject({
      ids: [1, 2],
      dropped: { service: 1 },
      posts: [{ postId: 2 }],
    });
    expect(map([{ id: 1, service: true }])).toMatchObject({
      posts: [],
      dropped: { service: 1 },
      channelId: 77,
    });
  });

  test('takes the absence of reactions for none when another message shows some', () => {
    expect(map([{ id: 1 }, { id: 2, reactions: '5' }]).posts.map(({ counters }) => counters.likes)).toEqual([
      0, 5,
    ]);
    expect(map([{ id: 1 }, { id: 2 }]).posts.map(({ counters }) => counters.likes)).toEqual([null, null]);
  });

  test('takes it for none too when the channel has shown reactions before', () => {
    const page = map([{ id: 1 }], { hasReacted: true });
    expect(page.posts[0]?.counters.likes).toBe(0);
    expect(page.hasReacted).toBe(true);
    expect(map([{ id: 1 }])).toMatchObject({ hasReacted: false, posts: [{ counters: { likes: null } }] });
  });

  test('with a message whose id cannot be read proves nothing by absence', () => {
    expect(map([{ id: 0 }, { id: 5 }])).toMatchObject({ dropped: { no_id: 1 }, inOrder: false, ids: [5] });
  });

  test('that is out of order proves nothing by absence', () => {
    expect(map([{ id: 5 }, { id: 3 }]).inOrder).toBe(false);
    expect(map([{ id: 3, minute: 9 }, { id: 5 }]).inOrder).toBe(false);
  });
});

describe('an album', () => {
  test('is one post', () => {
    expect(map([{ id: 2 }, { id: 4, parts: [4, 5, 6] }]).posts[1]).toMatchObject({
      postId: 4,
      parts: [4, 5, 6],
    });
  });

  test('at the old end of a page is left to the next page, which begins behind it', () => {
    const page = map([{ id: 4, parts: [4, 5] }, { id: 6 }], { older: '4' });
    expect(page).toMatchObject({ ids: [6], next: 6, oldest: at(6), posts: [{ postId: 6 }] });
  });

  test('is taken when it is all there is, and whole when it holds the first message', () => {
    expect(map([{ id: 1, parts: [1, 2] }, { id: 6 }]).ids).toEqual([1, 2, 6]);
    expect(map([{ id: 4, parts: [4, 5] }], { older: '4' })).toMatchObject({ ids: [4, 5], next: 4 });
  });

  test('is left to the next page without a link too: it may have been left out', () => {
    expect(map([{ id: 4, parts: [4, 5] }, { id: 6 }])).toMatchObject({ ids: [6], next: 6 });
  });

  test('that encloses all other ids of the page is taken, and the next place is below it', () => {
    const enclosing = [{ id: 5, parts: [5, 20] }, { id: 6 }, { id: 7 }];
    for (const before of [null, 21]) {
      expect(map(enclosing, { before, older: '5' })).toMatchObject({ ids: [5, 20, 6, 7], next: 5 });
    }
  });

  test('with others between its messages is left to the next page together with them', () => {
    const page = map([{ id: 5, parts: [5, 9] }, { id: 6 }, { id: 12 }], { older: '5' });
    expect(page).toMatchObject({ ids: [12], next: 12, posts: [{ postId: 12 }] });
  });

  test('shown whole though only its first messages are older is at its place', () => {
    expect(map([{ id: 5, parts: [5, 6, 7] }], { before: 6 })).toMatchObject({ ids: [5, 6, 7], next: 5 });
  });
});

describe('whose a page is', () => {
  test('is told by data-view', () => {
    expect(map([{ id: 1, channel: 88 }]).channelId).toBe(88);
    expect(map([{ id: 1, channel: null }, { id: 2 }], { nativeId: null }).channelId).toBe(77);
    expect(() => map([{ id: 1, channel: null }])).toThrow(/data-view/);
  });

  test('messages of others on it are dropped', () => {
    expect(map([{ id: 1, channel: 88 }, { id: 2 }])).toMatchObject({
      dropped: { other_channel: 1 },
      posts: [{ postId: 2 }],
    });
    expect(map([{ id: 1, name: 'other' }, { id: 2 }])).toMatchObject({
      dropped: { other_channel: 1 },
      ids: [2],
    });
    expect(() => map([{ id: 1, channel: 88 }, { id: 2 }], { nativeId: null })).toThrow(
      /those of Union are of several/,
    );
    expect(() =>
      map([
        { id: 1, channel: 88 },
        { id: 2, channel: 99 },
      ]),
    ).toThrow(/those of Union are of several/);
  });

  test('a page of another name’s messages is in doubt, one without readable addresses is broken', () => {
    expect(map([{ id: 1, name: 'other' }])).toMatchObject({
      channelId: null,
      dropped: { other_channel: 1 },
      isEmpty: false,
      next: null,
      doubt: { kind: 'dropped' },
    });
    expect(() => map([{ id: 0 }])).toThrow(/none of 1 has a data-post/);
  });

  test('is in doubt when half of its messages are oddly none', () => {
    const detail = 'half of the messages of Union or more are no posts of it (no_date)';
    expect(map([{ id: 1, dated: false }, { id: 2 }])).toMatchObject({
      dropped: { no_date: 1 },
      ids: [1, 2],
      doubt: { kind: 'dropped', detail },
    });
    expect(map([{ id: 1, dated: false }, { id: 2 }, { id: 3 }]).doubt).toBeNull();
    expect(map([{ id: 1, service: true }]).doubt).toBeNull();
  });
});

describe('a page before an id', () => {
  test('that shows newer messages, or the same again, is of another place', () => {
    const place = 'messages of Union before 5 were expected, the page shows others';
    expect(() => map([{ id: 4 }, { id: 5 }], { before: 5 })).toThrow(new WrongPlace(place));
  });

  test('may be empty and lead further back', () => {
    expect(map([], { before: 50, older: '30' })).toMatchObject({ next: 30, ids: [], isEmpty: true });
    expect(map([], { before: 50, older: '0' }).next).toBeNull();
    expect(() => map([], { before: 5, older: '8' })).toThrow(WrongPlace);
    expect(() => map([], { older: 'soon' })).toThrow('the link to older messages of Union names no message');
  });
});
