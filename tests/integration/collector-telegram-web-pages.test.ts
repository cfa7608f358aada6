import { afterEach, describe, expect, test } from 'vitest';
import { closeWeb, looksFor, pathsOf, webSourceOf, well } from '../helpers/telegram-web-source.ts';
import { looksOf } from '../helpers/vk-source.ts';
import type { WrittenChannel } from '../helpers/web-pages.ts';
import { cardHtml, hoursAgo, writtenAt, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const hour = 3_600_000;

async function lookAt(channel: WrittenChannel, more: Parameters<typeof looksFor>[1] = {}) {
  const under = await webSourceOf(well([channel]));
  const look = (await looksOf(under.source, looksFor([channel], more))).get(channel.id);
  return { ...under, look };
}

describe('a look', () => {
  test('is one page: posts, the head of the channel, and a window back to the oldest', async () => {
    const channel = writtenChannel(7, 30, { title: 'Профсоюз', name: 'Union' });
    const { look, server } = await lookAt(channel, { name: 'union' });
    expect(look).toMatchObject({
      pageId: 7,
      outcome: 'ok',
      cause: '',
      state: 'ok',
      profile: { name: 'Union', title: 'Профсоюз', subscribers: 921, subscribersPrecision: 'exact' },
      observed: new Date(writtenAt),
      removed: [],
      dropped: {},
    });
    const ids = Array.from({ length: 20 }, (_, index) => 11 + index);
    expect(look?.window).toEqual({ after: hoursAgo(20), ids });
    expect(look?.posts.map(({ postId }) => postId)).toEqual(ids);
    expect(server.requests.map(({ path }) => path)).toEqual(['/s/union']);
    expect(server.headers()).toMatchObject({ 'accept-language': 'en' });
  });

  test('of a channel that fits on the page covers all of it', async () => {
    const { look } = await lookAt(writtenChannel(7, 3));
    expect(look?.window).toEqual({ after: null, ids: [1, 2, 3], proof: 'proven' });
  });

  test('goes back to where the last one was, and as many pages as were wanted', async () => {
    const channel = writtenChannel(7, 100);
    const back = await lookAt(channel, { since: hoursAgo(45) });
    expect(pathsOf({ ...back })).toEqual(['/s/channel7', '/s/channel7?before=81', '/s/channel7?before=61']);
    expect(back.look?.posts).toHaveLength(60);
    expect(back.look?.window?.after).toEqual(hoursAgo(60));
    const deep = await lookAt(channel, { newest: 100 });
    expect(deep.look?.window).toMatchObject({ after: null });
    expect(deep.look?.posts).toHaveLength(100);
  });

  test('makes an album one post, and leaves one that the page cuts to the next', async () => {
    const newer = Array.from({ length: 18 }, (_, index) => ({ id: 30 - index, hours: index + 1 }));
    const album = { id: 10, more: [11, 12], hours: 19 };
    const channel = { id: 7, name: 'union', messages: [...newer, album, { id: 9, hours: 20 }] };
    const { look } = await lookAt(channel);
    expect(look?.posts.map(({ postId }) => postId)).not.toContain(11);
    expect(look?.window).toMatchObject({ after: hoursAgo(18) });
    const { look: deeper, server } = await lookAt(channel, { since: hoursAgo(20) });
    expect(deeper?.posts.at(-1)).toMatchObject({ postId: 10, parts: [10, 11, 12] });
    // What stands at 9 may be all there is, or the page has left out its link.
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/s/union',
      '/s/union?before=13',
      '/s/union?before=9',
      '/s/union?before=9',
    ]);
    expect(deeper?.window).toMatchObject({ after: null, proof: 'proven' });
  });

  test('passes pages of nothing but notices to find a post', async () => {
    const notices = Array.from({ length: 25 }, (_, index) => ({
      id: 50 - index,
      hours: index + 1,
      service: true,
    }));
    const { look, server } = await lookAt({
      id: 7,
      name: 'union',
      messages: [...notices, { id: 2, hours: 99 }],
    });
    expect(look).toMatchObject({
      outcome: 'ok',
      posts: [{ postId: 2 }],
      dropped: { service: 25 },
      doubt: null,
    });
    expect(server.requests).toHaveLength(4);
  });

  test('finds forwards of channels that are looked at too by their names', async () => {
    const messages = [
      {
        id: 2,
        hours: 1,
        forwardedFrom: 'https://t.me/Federation/17',
        reactions: ['1.2K', '5'],
        views: '85.9K',
      },
    ];
    const channels = [{ id: 7, name: 'union', messages }, writtenChannel(8, 1, { name: 'federation' })];
    const { source } = await webSourceOf(well(channels));
    const look = (await looksOf(source, looksFor(channels))).get(7);
    expect(look?.posts[0]).toMatchObject({
      kind: 'repost',
      sourceOwner: -8,
      sourcePost: 17,
      counters: { views: 85_900, likes: 1_205, comments: null, reposts: null },
      precisions: { views: 'rounded', likes: 'rounded', comments: null, reposts: null },
    });
  });
});

describe('subscribers', () => {
  const channel = writtenChannel(7, 3, { subscribers: '1.47M', exact: '1 474 933' });

  test('are read exactly from the card, once in twenty hours; nothing is said in between', async () => {
    const under = await webSourceOf(well([channel]));
    const subscribers = async () => {
      const look = (await looksOf(under.source, looksFor([channel]))).get(7);
      return [look?.profile?.subscribers, look?.profile?.subscribersPrecision];
    };
    expect(await subscribers()).toEqual([1_474_933, 'exact']);
    under.clock.set(new Date(Date.parse(writtenAt) + 19 * hour));
    expect(await subscribers()).toEqual([null, null]);
    under.clock.set(new Date(Date.parse(writtenAt) + 20 * hour));
    expect(await subscribers()).toEqual([1_474_933, 'exact']);
    expect(pathsOf(under).filter((path) => path === '/channel7')).toHaveLength(2);
  });

  test.each([
    ['fails', { html: 'no', status: 403 }],
    ['shows no number', { html: cardHtml('channel7', 'T', '') }],
    ['is of another channel', { html: cardHtml('other', 'T', '5 subscribers') }],
  ])('stay rounded when the card %s', async (_, card) => {
    const { source } = await webSourceOf((request) =>
      request.kind === 'card' ? card : well([channel])(request),
    );
    const look = (await looksOf(source, looksFor([channel]))).get(7);
    expect(look).toMatchObject({
      outcome: 'ok',
      profile: { subscribers: 1_470_000, subscribersPrecision: 'rounded' },
    });
  });
});

describe('a page that cannot be read', () => {
  const known = writtenChannel(7, 3, { name: 'union' });

  test('a name that leads to another channel: both ids are told', async () => {
    const { source } = await webSourceOf(well([{ ...known, id: 99 }]));
    expect((await looksOf(source, looksFor([known]))).get(7)).toMatchObject({
      outcome: 'gone',
      state: 'taken_over',
      cause: 'telegram: the name union leads to the channel 99 now, the page was the channel 7',
      profile: null,
      posts: [],
      window: null,
    });
  });

  test.each([
    ['no preview', cardHtml('union', 'T', '5 subscribers'), 'closed', 'closed', /shows no preview/],
    ['a free name', cardHtml('union', '', ''), 'gone', 'not_found', /nobody has the name union/],
    [
      'a person',
      cardHtml('union', 'Иван', '@union'),
      'gone',
      'taken_over',
      /union is not a channel but a person/,
    ],
    ['a group', cardHtml('union', 'Чат', '5 members, 1 online'), 'gone', 'taken_over', /but a group chat/],
    [
      'a blocked channel',
      cardHtml(
        'union',
        'T',
        '',
        '<div class="tgme_page_description">This channel can&#39;t be displayed.</div>',
      ),
      'gone',
      'blocked',
      /union is blocked \(This channel can't be displayed\.\)/,
    ],
    [
      'somebody else’s page',
      '<html><head><title>Доступ ограничен</title></head></html>',
      'error',
      null,
      /a page of the channel union was expected.*"Доступ ограничен"/,
    ],
    ['half a page', '<html><div class="tgme_page">', 'error', null, /cut off/],
  ])('%s', async (_, html, outcome, state, cause) => {
    const { source } = await webSourceOf(({ kind }) =>
      kind === 'preview' ? { redirect: '/union' } : { html },
    );
    const look = (await looksOf(source, looksFor([known]))).get(7);
    const profile =
      outcome === 'closed'
        ? { name: 'union', title: 'T', subscribers: 5, subscribersPrecision: 'exact' }
        : null;
    expect(look).toMatchObject({ outcome, state, profile, window: null, posts: [] });
    expect(look?.cause).toMatch(cause);
  });

  test('a channel without a name is closed to this way of reading, and nothing is asked', async () => {
    const { source, server } = await webSourceOf(well([known]));
    const look = (await looksOf(source, looksFor([known], { name: null }))).get(7);
    expect(look).toMatchObject({ outcome: 'closed', state: 'closed' });
    expect(look?.cause).toMatch(/the channel 7 has no name/);
    expect(server.requests).toEqual([]);
  });
});
