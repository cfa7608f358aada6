import { describe, expect, test } from 'vitest';
import type { WrittenParts } from '#tests/helpers/shown-message.ts';
import { emoji, forwarded, link, reactions, read, text, view } from '#tests/helpers/shown-message.ts';
import { mapPost, parseView } from './map-message.ts';

test('a text is read with and without the class that serves the page’s script, a quoted one is not', () => {
  const quoted =
    '<div class="tgme_widget_message_reply"><div class="tgme_widget_message_text">Чужое</div></div>';
  const own = '<div class="tgme_widget_message_text">Своё</div>';
  expect(read({ body: quoted + own })?.text).toBe('Своё');
  expect(read({ body: quoted })?.text).toBe('');
});

describe('data-view', () => {
  test('tells channel and album in either alphabet of base64', () => {
    const json = JSON.stringify({ c: -1_413_275_904, p: '13373g', h: '???>>>' });
    for (const alphabet of ['base64', 'base64url'] as const) {
      expect(parseView(Buffer.from(json).toString(alphabet))).toEqual({
        channelId: 1_413_275_904,
        isAlbum: true,
      });
    }
    expect(parseView(view({ c: -5, p: 7 }))).toEqual({ channelId: 5, isAlbum: false });
  });

  test.each([
    undefined,
    '',
    'not base64 at all',
    view({ c: 'x' }),
    view([1]),
    Buffer.from('null').toString('base64'),
  ])('%s tells nothing', (encoded) => {
    expect(parseView(encoded)).toEqual({ channelId: null, isAlbum: false });
  });
});

describe('a message', () => {
  test('has its id, channel, time and views', () => {
    expect(read()).toMatchObject({
      channelName: 'Union',
      id: 12,
      parts: [],
      channelId: 77,
      isService: false,
      published: new Date('2026-03-01T09:30:00Z'),
      views: { count: 85_900, precision: 'rounded' },
      source: null,
    });
  });

  test.each(['', 'Union', 'Union/', 'Union/x', 'Union/0', '/5', 'Union/5/6'])(
    'data-post "%s" names none',
    (post) => {
      expect(read({ post })).toBeNull();
    },
  );

  test('without a time, or with nonsense for one, has none', () => {
    expect(read({ time: '' })?.published).toBeNull();
    expect(read({ time: '<time datetime="yesterday"></time>' })?.published).toBeNull();
  });

  test('of a video is dated by its publication, not by the video’s length', () => {
    const body =
      '<a class="tgme_widget_message_video_player" href="https://t.me/Union/12"><time class="message_video_duration">0:27</time></a>';
    expect(read({ body })?.published).toEqual(new Date('2026-03-01T09:30:00Z'));
  });

  test('of a poll has views, not the number of its voters', () => {
    const footer =
      '<span class="tgme_widget_message_voters">7</span><span class="copyonly"> voters</span><span class="tgme_widget_message_views">921</span>';
    const message = read({
      footer,
      body: '<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">Кто за?</div></div>',
    });
    expect(message).toMatchObject({
      text: 'Кто за?',
      textKind: 'poll',
      views: { count: 921, precision: 'exact' },
    });
  });

  test('about the channel itself is a service one', () => {
    expect(read({ classes: 'service_message' })?.isService).toBe(true);
  });
});

describe('an album', () => {
  const part = (id: number, name = 'union') =>
    `<a class="tgme_widget_message_photo_wrap" href="https://t.me/${name}/${id}?single"></a>`;

  test('is the messages that its media lead to, whatever the case of the name', () => {
    const body = `<div class="tgme_widget_message_grouped_wrap">${part(14)}${part(12)}${part(13)}</div>
      <div class="tgme_widget_message_text js-message_text"><a href="https://t.me/union/99?single">earlier</a></div>`;
    expect(read({ key: view({ c: -77, p: '12g' }), body })).toMatchObject({ id: 12, parts: [12, 13, 14] });
  });

  test('of which one message is left is an album still', () => {
    expect(read({ key: view({ c: -77, p: '12g' }) })).toMatchObject({ id: 12, parts: [12] });
  });

  test('is not made of another channel’s messages', () => {
    const body = `<div class="tgme_widget_message_grouped_wrap">${part(12)}${part(13, 'union2')}</div>`;
    expect(read({ body })?.parts).toEqual([12]);
  });
});

describe('the text', () => {
  test('has lines by <br>, emoji and links as they read', () => {
    expect(
      text(`<b>Профсоюз<br/><br/></b>${emoji('✍️')} добился <a href="https://x">надбавки</a>&#33;`),
    ).toBe('Профсоюз\n\n✍️ добился надбавки!');
  });

  test('keeps spaces of the author and not the line ends of the page', () => {
    expect(text('\n   два  пробела\n        и перенос   \n  ')).toBe('два  пробела и перенос');
    expect(text('<pre>a\n  b</pre>')).toBe('a\n  b');
  });

  test('stands once though under an album it is nested', () => {
    expect(text('<div class="tgme_widget_message_text js-message_text" dir="auto">Подпись</div>')).toBe(
      'Подпись',
    );
  });

  test('sets a quotation and code apart', () => {
    expect(text('до<blockquote>цитата</blockquote>после')).toBe('до\nцитата\nпосле');
  });

  test('is not that of the message it answers', () => {
    const body = `<a class="tgme_widget_message_reply" href="https://t.me/Union/3"><div class="tgme_widget_message_text js-message_reply_text js-message_text">Старое</div></a>`;
    expect(read({ body })?.text).toBe('');
    expect(
      read({ body: `${body}<div class="tgme_widget_message_text js-message_text">Ответ</div>` })?.text,
    ).toBe('Ответ');
  });
});

describe('reactions', () => {
  const stars = (count: string) =>
    `<span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>${count}</span>`;
  const all = (spans: string) =>
    read({ body: `<div class="tgme_widget_message_reactions js-message_reactions">${spans}</div>` });

  test('that were paid are money, kept apart', () => {
    expect(all(`${stars('500')}<span class="tgme_reaction">${emoji('👍')}7</span>`)).toMatchObject({
      reactions: { count: 7, precision: 'exact' },
      stars: 500,
    });
    expect(all(stars('1.2K'))).toMatchObject({ reactions: 'absent', stars: 1_200 });
    expect(all('<span class="tgme_reaction"><i class="icon-telegram-stars"></i>3</span>')).toMatchObject({
      reactions: 'absent',
      stars: 3,
    });
    expect(all(stars('many'))?.stars).toBeNull();
    expect(all('')?.stars).toBeNull();
  });

  test('are summed, whatever stands for the emoji', () => {
    expect(reactions(`${emoji('👍')}15`, '<tg-emoji emoji-id="5"></tg-emoji>2', '❤️ 3')).toEqual({
      count: 20,
      precision: 'exact',
    });
  });

  test('are rounded when one of them is', () => {
    expect(reactions(`${emoji('1️⃣')}1.2K`, `${emoji('👍')}7`)).toEqual({
      count: 1_207,
      precision: 'rounded',
    });
  });

  test('that cannot be read are unknown, those not there absent', () => {
    expect(reactions(`${emoji('👍')}many`)).toBeNull();
    expect(reactions()).toBe('absent');
  });
});

describe('a forward', () => {
  test.each([
    [link('https://t.me/luxta_tv/2320'), { name: 'luxta_tv', channelId: null, post: 2320 }],
    [link('https://t.me/some_user'), { name: 'some_user', channelId: null, post: null }],
    [link('https://t.me/c/1234567890/45'), { name: null, channelId: 1_234_567_890, post: 45 }],
    [
      '<span class="tgme_widget_message_forwarded_from_name">Иван</span>',
      { name: null, channelId: null, post: null },
    ],
    ['<span>Иван</span>', { name: null, channelId: null, post: null }],
    [link('javascript:'), { name: null, channelId: null, post: null }],
  ])('%s', (from, source) => {
    expect(forwarded(from)).toEqual(source);
  });
});

describe('the post of a message', () => {
  const context = { reactions: true, idOf: (name: string) => (name === 'luxta_tv' ? 55 : null) };
  const post = (parts: WrittenParts, more: Partial<typeof context> = {}) => {
    const message = read(parts);
    return message && mapPost(message, { ...context, ...more });
  };

  test('knows what the page shows, and nothing of forwards, comments, edits and pins', () => {
    expect(post({ body: '<div class="tgme_widget_message_text js-message_text">Новость</div>' })).toEqual({
      postId: 12,
      parts: [],
      published: new Date('2026-03-01T09:30:00Z'),
      placement: 'own',
      kind: 'original',
      text: 'Новость',
      textKind: 'text',
      sourceOwner: null,
      sourcePost: null,
      sourceText: '',
      counters: { views: 85_900, likes: 0, comments: null, reposts: null },
      precisions: { views: 'rounded', likes: 'exact', comments: null, reposts: null },
      stars: null,
      edited: null,
      removed: false,
      pinned: false,
      donut: false,
    });
  });

  test('without reactions has none where the page shows some, and unknown ones elsewhere', () => {
    expect(post({}, { reactions: false })).toMatchObject({
      counters: { likes: null },
      precisions: { likes: null },
    });
    const unreadable =
      '<div class="tgme_widget_message_reactions"><span class="tgme_reaction">?</span></div>';
    expect(post({ body: unreadable })).toMatchObject({
      counters: { likes: null },
      precisions: { likes: null },
    });
  });

  test('without views has unknown ones', () => {
    expect(post({ footer: '' })).toMatchObject({ counters: { views: null }, precisions: { views: null } });
  });

  test('that is a forward is a repost of a channel known by name, or of an unknown one', () => {
    const from = (href: string) =>
      `<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;${link(href)}</div>`;
    expect(post({ body: from('https://t.me/luxta_tv/2320') })).toMatchObject({
      kind: 'repost',
      sourceOwner: -55,
      sourcePost: 2320,
      sourceText: '',
    });
    expect(post({ body: from('https://t.me/c/66/7') })).toMatchObject({
      kind: 'repost',
      sourceOwner: -66,
      sourcePost: 7,
    });
    expect(post({ body: from('https://t.me/unknown/1') })).toMatchObject({
      kind: 'repost',
      sourceOwner: null,
      sourcePost: 1,
    });
  });

  test('needs a time', () => {
    expect(() => post({ time: '' })).toThrow(RangeError);
  });
});
