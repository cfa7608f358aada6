import { load } from 'cheerio';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { idsOn, posts, now, startTestServer, type TestServer, viewKeyOf } from './test-server.ts';

let testServer: TestServer;
beforeAll(async () => {
  testServer = await startTestServer();
});
afterEach(() => testServer.clock.set(now));
afterAll(() => testServer.server.close());

const page: TestServer['page'] = (path) => testServer.page(path);
async function redirectOf(path: string): Promise<[number, string | null]> {
  const response = await testServer.get(path);
  return [response.status, response.headers.get('location')];
}
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_unused, index) => from + index);

describe('pages of posts', () => {
  test('hold some twenty messages, albums whole, and lead to the ones before until there are none', async () => {
    const newest = await page('/s/channel10');
    expect(idsOn(newest)).toEqual([61, 70, 79]);
    const more = newest('a.tme_messages_more');
    expect(more.length).toBe(1);
    expect(more.attr('data-before')).toBe('61');
    expect(more.attr('href')).toBe('/s/channel10?before=61');
    expect(idsOn(await page('/s/channel10?before=61'))).toEqual(range(41, 60));
    expect(idsOn(await page('/s/channel10?before=41'))).toEqual(range(21, 40));
    const oldest = await page('/s/channel10?before=21');
    expect(idsOn(oldest)).toEqual(range(1, 20));
    expect(oldest('a.tme_messages_more[data-before]').length).toBe(0);
  });

  test('older than the newest lead forward too, by a link that has no data-before', async () => {
    const older = await page('/s/channel10?before=21');
    expect(older('a.tme_messages_more').attr('data-after')).toBe('20');
    const next = await page('/s/channel10?after=20');
    expect(idsOn(next)).toEqual(range(21, 40));
    expect(next('a.tme_messages_more').length).toBe(2);
    expect(idsOn(await page('/s/channel10?after=60'))).toEqual([61, 70, 79]);
  });

  test('cut albums where they end, when they are told to', async () => {
    const cutting = await startTestServer({ cutsAlbums: true });
    try {
      const shownOn = async (path: string): Promise<[(string | undefined)[], number, string | undefined]> => {
        const $ = await cutting.page(path);
        const elements = $('[data-post]').toArray();
        return [
          elements.slice(0, 3).map((element) => $(element).attr('data-post')),
          $('a[href$="?single"]').length,
          $('a.tme_messages_more[data-before]').attr('data-before'),
        ];
      };
      const albums = ['channel10/68', 'channel10/70', 'channel10/79'];
      expect(await shownOn('/s/channel10')).toEqual([albums, 20, '68']);
      const older = ['channel10/48', 'channel10/49', 'channel10/50'];
      expect(await shownOn('/s/channel10?before=68')).toEqual([older, 7, '48']);
      expect(await shownOn('/s/channel10?before=70')).toEqual([
        ['channel10/50', 'channel10/51', 'channel10/52'],
        9,
        '50',
      ]);
      const one = await cutting.page('/s/channel10?before=62');
      expect(viewKeyOf(one, 61)).toMatchObject({ p: '61g' });
      const newer = await cutting.page('/s/channel10?after=50');
      expect(idsOn(newer)).toEqual([...range(51, 60), 61, 70]);
      expect(newer('a.tme_messages_more[data-after]').attr('data-after')).toBe('70');
      expect(viewKeyOf(await cutting.page('/s/channel10'), 68)).toMatchObject({ c: -10, p: '68g' });
    } finally {
      await cutting.server.close();
    }
  });

  test('without posts say so', async () => {
    const empty = await page('/s/channel11');
    expect(empty('.tme_no_messages_found').text()).toBe('No posts found');
    expect(empty('.tgme_channel_info_counter').text()).toBe('1 subscriber');
    expect((await page('/s/channel10?before=1'))('.tme_no_messages_found').length).toBe(1);
  });

  test('come by a name in letters of any case, and bear the channel’s own', async () => {
    const other = await page('/s/ChAnNeL10');
    expect(other('[data-post]').first().attr('data-post')).toBe('channel10/61');
    expect((await page('/CHANNEL10'))('.tgme_page_title').text().trim()).toBe('Страница 10');
  });
});

describe('what stands under a name', () => {
  test('is a card with the exact subscribers, and a way to the posts', async () => {
    const card = await page('/channel1');
    expect(card('.tgme_page_title').text().trim()).toBe('Страница 1');
    expect(card('.tgme_page_extra').text()).toBe('12 345 subscribers');
    expect(card('.tgme_page_context_action a').attr('href')).toBe('/s/channel1');
    expect((await page('/channel11'))('.tgme_page_extra').text()).toBe('1 subscriber');
  });

  test.each(['channel3', 'channel9'])(
    'of a channel whose posts are not shown (%s) is the card alone',
    async (name) => {
      expect(await redirectOf(`/s/${name}`)).toEqual([302, `/${name}`]);
      const card = await page(`/${name}`);
      expect(card('.tgme_page_extra').text()).toBe('1 000 subscribers');
      expect(card('.tgme_page_context_action').length).toBe(0);
    },
  );

  test.each(['channel4', 'channel5', 'channel12', 'channel13', 'nobody_here'])(
    'that is free (%s) is a page to write to a person',
    async (name) => {
      expect(await redirectOf(`/s/${name}`)).toEqual([302, `/${name}`]);
      const contact = await page(`/${name}`);
      expect(contact('title').text()).toBe(`Telegram: Contact @${name}`);
      expect(contact('.tgme_icon_user').length).toBe(1);
      expect(contact('.tgme_username_link').text()).toBe(`@${name}`);
      expect(contact('meta[name=robots]').attr('content')).toBe('noindex, nofollow');
      expect(contact('.tgme_page_title, .tgme_page_extra').length).toBe(0);
    },
  );

  test('of a blocked channel is its title and Telegram’s reason', async () => {
    expect(await redirectOf('/s/channel6')).toEqual([302, '/channel6']);
    const card = await page('/channel6');
    expect(card('.tgme_page_title').text().trim()).toBe('Страница 6');
    expect(card('.tgme_page_description').text()).toContain("This channel can't be displayed because");
    expect(card('.tgme_page_extra, .tgme_page_context_action').length).toBe(0);
  });

  test('that was taken is an unknown page with an id and posts of its own', async () => {
    const unknownPage = await page('/s/channel7');
    expect(unknownPage('.tgme_channel_info_header_title').text()).toBe('Скидки');
    expect(viewKeyOf(unknownPage, 31)).toMatchObject({ c: -7777 });
    expect(unknownPage('.js-message_text').text()).not.toContain('прежнего');
    expect((await page('/channel7'))('.tgme_page_extra').text()).toBe('312 subscribers');
    testServer.clock.set(new Date('2026-02-06T00:00:00Z'));
    const own = await page('/s/channel7');
    expect(own('.js-message_text').text()).toBe('Слова прежнего канала');
    expect(viewKeyOf(own, 1)).toMatchObject({ c: -7 });
  });

  test('moves with the channel when it is renamed', async () => {
    expect(idsOn(await page('/s/channel12_new'))).toEqual([1]);
    testServer.clock.set(new Date('2026-03-08T00:00:00Z'));
    expect(idsOn(await page('/s/channel12'))).toEqual([1]);
  });

  test('that Telegram gives to nobody is the home page of telegram.org', async () => {
    expect(await redirectOf('/s/ab')).toEqual([302, '/']);
    expect(await redirectOf('/1channel')).toEqual([302, '/']);
    const home = load(await (await fetch(`${testServer.server.url}/s/ab`)).text());
    expect(home('title').text()).toBe('Telegram Messenger');
    expect(home('.tgme_channel_info, .tgme_page').length).toBe(0);
  });
});

describe('a message of its own', () => {
  const embedded = (name: string, id: number) => testServer.page(`/${name}/${id}?embed=1&mode=tme`);

  test('is shown as in the preview, an album whole by any of its messages', async () => {
    const { plain, album } = posts;
    const one = await embedded('Channel1', plain.id);
    expect(idsOn(one)).toEqual([plain.id]);
    expect(viewKeyOf(one, plain.id)).toMatchObject({ c: -1, p: plain.id });
    expect(idsOn(await embedded('channel1', album.id + 2))).toEqual([album.id + 1]);
  });

  test.each([
    ['channel1', posts.deleted.id, 'Post not found'],
    ['channel1', posts.album.id, 'Post not found'],
    ['channel1', 999, 'Post not found'],
    ['channel3', 1, 'Channel with username @channel3 not found'],
    ['nobody_here', 1, 'Channel with username @nobody_here not found'],
  ])('of %s by %i is not found: %s', async (name, id, words) => {
    const page = await embedded(name, id);
    expect([idsOn(page), page('.tgme_widget_message_error').text()]).toEqual([[], words]);
    expect(testServer.server.calls.latest.at(-1)).toMatchObject({ kind: 'message', name, status: 200 });
  });

  test('is not there by another address', async () => {
    expect((await testServer.get('/channel1/2')).status).toBe(404);
  });
});
