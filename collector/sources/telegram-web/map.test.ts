import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
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

function map(messages: Written[], more: Partial<PageQuestion> & { older?: string } = {}) {
  const { older, ...question } = more;
  const link =
    older === undefined
      ? ''
      : `<a class="tme_messages_more" data-before="${older}"></a><a class="tme_messages_more" data-after="99"></a>`;
  const $ = load(`<section class="tgme_channel_history">${link}${messages.map(message).join('')}</section>`);
  return mapMessages($, {
    name: 'Union',
    nativeId: 77,
    before: null,
    hasReacted: false,
    idOf: () => null,
    ...question,
  });
}

const at = (minute: number) => new Date(anchor + minute * 60_000);

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

  test('ends the channel when it leads to no older ones', () => {
    expect(map([{ id: 1 }]).next).toBeNull();
    expect(map([])).toMatchObject({ channelId: null, ids: [], posts: [], next: null, oldest: null });
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

  test('is whole at the channel’s beginning, and taken when it is all there is', () => {
    expect(map([{ id: 4, parts: [4, 5] }, { id: 6 }]).ids).toEqual([4, 5, 6]);
    expect(map([{ id: 4, parts: [4, 5] }], { older: '4' })).toMatchObject({ ids: [4, 5], next: 4 });
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

  test('a page of another name’s messages is broken', () => {
    expect(() => map([{ id: 1, name: 'other' }])).toThrow(
      'messages of Union were expected, the page shows those of other',
    );
    expect(() => map([{ id: 0 }])).toThrow(/none of 1 has a data-post/);
  });

  test('messages without a time are dropped; a page of nothing else is broken', () => {
    expect(map([{ id: 1, dated: false }, { id: 2 }])).toMatchObject({ dropped: { no_date: 1 }, ids: [1, 2] });
    expect(() => map([{ id: 1, dated: false }])).toThrow(
      'not one of 1 messages of Union is a post (no_date)',
    );
  });
});

describe('a page before an id', () => {
  test('that shows newer messages, or the same again, is broken', () => {
    expect(() => map([{ id: 4 }, { id: 5 }], { before: 5 })).toThrow(
      'messages of Union before 5 were expected, the page goes up to 5',
    );
  });

  test('that does not lead further back is broken', () => {
    expect(() => map([{ id: 3 }], { before: 5, older: '5' })).toThrow(
      'older messages than 5 were expected, the page leads on before 5',
    );
    expect(() => map([], { before: 5, older: '8' })).toThrow(/leads on before 8/);
    expect(() => map([{ id: 3 }], { older: 'soon' })).toThrow('leads before "soon", a number was expected');
  });

  test('may be empty and lead on', () => {
    expect(map([], { before: 50, older: '30' })).toMatchObject({ next: 30, ids: [] });
  });
});
