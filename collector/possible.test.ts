import { Api, helpers } from 'telegram';
import { describe, expect, test } from 'vitest';
import { possibleLook, possibleSubscribers, withPossibleValues } from './possible.ts';
import { parseHtml } from './sources/telegram-web/html.ts';
import { mapPost as mapShown, messageSelector, readMessage } from './sources/telegram-web/map-message.ts';
import { mapPost as mapMessage } from './sources/telegram/map-post.ts';
import { mapItem } from './sources/vk/map-post.ts';
import { lookOf, observedPost } from '#tests/helpers/looks.ts';

const tooMany = 4_294_967_296;
const profile = {
  name: 'union',
  title: 'Профсоюз',
  subscribers: tooMany,
  subscribersPrecision: 'exact',
} as const;

test('values that no column holds are unknown, each for itself, and named', () => {
  const counters = { views: 1e18, likes: -5, comments: tooMany - 1, reposts: 2.5 };
  const precisions = { views: 'exact', likes: 'exact', comments: 'exact', reposts: 'exact' } as const;
  const odd = observedPost({
    postId: 7,
    counters,
    precisions,
    stars: tooMany,
    sourceOwner: 2 ** 60,
    sourcePost: 0,
  });
  const look = possibleLook(lookOf({ profile, posts: [odd, observedPost()] }));
  expect(look).toMatchObject({
    outcome: 'ok',
    profile: { title: 'Профсоюз', subscribers: null, subscribersPrecision: null },
    note: 'values that cannot be were left out: subscribers 4294967296, views of post 7 1000000000000000000, likes of post 7 -5 (+4)',
  });
  expect(look.posts[0]).toMatchObject({
    counters: { views: null, likes: null, comments: tooMany - 1, reposts: null },
    precisions: { views: null, likes: null, comments: 'exact', reposts: null },
    ...{ stars: null, sourceOwner: null, sourcePost: null },
  });
  expect(look.posts[1]).toEqual(observedPost());
});

test('posts with ids or dates that cannot be are none, and counted', () => {
  const posts = [
    observedPost({ postId: 2 ** 60 }),
    observedPost({ postId: -1 }),
    observedPost({ postId: 3, published: new Date('1969-01-01T00:00:00Z') }),
    observedPost({ postId: 4 }),
  ];
  const { observed } = lookOf();
  expect(withPossibleValues(posts, observed)).toEqual({
    posts: [observedPost({ postId: 4 })],
    dropped: { impossible_id: 2, impossible_date: 1 },
    note: '',
  });
});

test('a look that failed says its cause first', () => {
  const look = possibleLook(lookOf({ outcome: 'closed', cause: 'vk:15 closed', profile }));
  expect(look.cause).toBe('vk:15 closed; values that cannot be were left out: subscribers 4294967296');
});

describe('counts that cannot be, as each network says them, are unknown and named', () => {
  const observed = new Date('2026-03-10T12:00:00Z');
  const date = observed.getTime() / 1000 - 3600;
  const vk = (views: unknown) => {
    const mapped = mapItem({ id: 7, from_id: -5, owner_id: -5, date, views }, -5);
    return 'post' in mapped ? mapped.post : observedPost();
  };
  const telegram = (counts: readonly number[], views?: number) => {
    const reaction = (emoticon: string) => new Api.ReactionEmoji({ emoticon });
    const results = counts.map(
      (count, index) => new Api.ReactionCount({ count, reaction: reaction(`${index}`) }),
    );
    const message = new Api.Message({
      ...{ id: 7, date, message: '', peerId: new Api.PeerChannel({ channelId: helpers.returnBigInt(5) }) },
      ...(views === undefined ? {} : { views }),
      reactions: new Api.MessageReactions({ results }),
    });
    return mapMessage([message], { reactions: true, answered: observed });
  };
  const web = (views: string, reaction: string) => {
    const $ = parseHtml(
      `<div class="tgme_widget_message" data-post="union/7">
        <span class="tgme_widget_message_views">${views}</span>
        <div class="tgme_widget_message_reactions"><span class="tgme_reaction">${reaction}</span></div>
        <a class="tgme_widget_message_date"><time datetime="2026-03-10T11:00:00+00:00"></time></a>
      </div>`,
    );
    const message = readMessage($, $(messageSelector).toArray()[0] as never);
    return message ? mapShown(message, { reactions: true, idOf: () => null }) : observedPost();
  };

  test.each([
    ['VK: too many', vk({ count: tooMany }), 'views of post 7 4294967296'],
    ['VK: negative', vk({ count: -1 }), 'views of post 7 -1'],
    ['VK: a fraction', vk({ count: 2.5 }), 'views of post 7 2.5'],
    ['VK: words', vk({ count: '12' }), 'views of post 7 (no number)'],
    ['VK: no object', vk('12'), 'views of post 7 (no number)'],
    ['Telegram: a sum of too many', telegram([2 ** 31, 2 ** 31]), 'likes of post 7 4294967296'],
    ['Telegram: negative', telegram([3, -1]), 'likes of post 7 -1'],
    ['Telegram: negative views', telegram([], -5), 'views of post 7 -5'],
    ['t.me: too many', web('99B', '1'), 'views of post 7 99000000000'],
    ['t.me: a sum of too many', web('1', '4295M'), 'likes of post 7 4295000000'],
    ['t.me: negative', web('-3', '1'), 'views of post 7 (no number)'],
    ['t.me: a fraction', web('1', '2.5'), 'likes of post 7 (no number)'],
  ])('%s', (_, post, named) => {
    const { posts, note } = withPossibleValues([post], observed);
    expect(note).toBe(`values that cannot be were left out: ${named}`);
    const counter = named.startsWith('views') ? 'views' : 'likes';
    expect(posts[0]).toMatchObject({ counters: { [counter]: null }, precisions: { [counter]: null } });
  });

  test('unsaid ones are unknown without a word', () => {
    const posts = [vk({}), vk(undefined), vk(null), vk([]), telegram([]), web('', 'x')];
    expect(withPossibleValues(posts, observed).note).toBe('');
  });

  test('subscribers of a page that has no id yet', () => {
    expect(possibleSubscribers({ subscribers: 9_999e9, subscribersPrecision: 'rounded' })).toEqual({
      subscribers: null,
      subscribersPrecision: null,
      note: 'values that cannot be were left out: subscribers 9999000000000',
    });
  });
});
