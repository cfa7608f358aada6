import type { CheerioAPI } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  at,
  idsOn,
  now,
  posts,
  reactionsOf,
  starsOf,
  startTestServer,
  type TestServer,
  viewKeyOf,
  wordsOf,
} from './test-server.ts';

let testServer: TestServer;
let $: CheerioAPI;
beforeAll(async () => {
  testServer = await startTestServer();
  $ = await testServer.page('/s/channel1');
});
afterAll(() => testServer.server.close());

const within = ({ id }: { id: number }, selector: string): ReturnType<CheerioAPI> =>
  $(`[data-post="channel1/${id}"] ${selector}`);

describe('posts of a channel', () => {
  test('stand oldest first under its header, without deleted and future ones', () => {
    const { created, plain, edited, album, forward, pinned } = posts;
    const ids = idsOn($);
    expect(ids.slice(0, 5)).toEqual([created.id, plain.id, edited.id, album.id + 1, forward.id]);
    expect(ids.at(-1)).toBe(pinned.id);
    expect($('.tgme_channel_info_header_title').text()).toBe('Страница 1');
    expect($('.tgme_channel_info_header_username').text()).toBe('@channel1');
    const counters = $('.tgme_channel_info_counter')
      .toArray()
      .map((counter) => $(counter).text());
    expect(counters).toEqual(['12.3K subscribers', '3 photos', '1 video', '1 link']);
    expect($('.tgme_header_counter').text()).toBe('12.3K subscribers');
  });

  test('carry the channel’s id, the message and the time in data-view', () => {
    const time = Math.floor(now.getTime() / 1000);
    expect(viewKeyOf($, posts.plain.id)).toMatchObject({ c: -1, p: posts.plain.id, t: time });
    expect(viewKeyOf($, posts.album.id + 1)).toMatchObject({ c: -1, p: `${posts.album.id + 1}g`, t: time });
  });

  test('say their words as they were written, whatever is in them', () => {
    expect(wordsOf($, posts.plain.id)).toBe(posts.plain.text);
    expect(within(posts.plain, '.js-message_text b').text()).toBe('👍');
    expect(within(posts.plain, '.js-message_text a').length).toBe(3);
    expect(wordsOf($, posts.video.id)).toBeUndefined();
  });

  test('show rounded views, and reactions by kind that add up to all', () => {
    expect(within(posts.plain, '.tgme_widget_message_views').text()).toBe('85.9K');
    expect(within(posts.edited, '.tgme_widget_message_views').text()).toBe('100');
    expect(within(posts.signed, '.copyonly').text()).toBe(' view');
    expect(within(posts.silent, '.tgme_widget_message_views').length).toBe(0);
    expect(reactionsOf($, posts.plain.id)).toEqual([6, 3, 1]);
    expect(reactionsOf($, posts.signed.id)).toEqual([]);
    expect(reactionsOf($, posts.silent.id)).toEqual([]);
  });

  test('show Stars at some, apart from reactions', async () => {
    const page = await testServer.page('/s/channel10?before=41');
    const paid = idsOn(page).filter((id) => starsOf(page, id) !== '');
    expect(paid.length).toBeGreaterThan(0);
    expect(paid.length).toBeLessThan(10);
    for (const id of paid) expect(starsOf(page, id)).toMatch(/^[\d.]+K?$/);
    const silent = await testServer.page('/s/channel8');
    expect(silent('.tgme_reaction_paid').length).toBe(0);
  });

  test('have their time with an offset, at the top of their own link', () => {
    const date = within(posts.plain, 'a.tgme_widget_message_date');
    expect(date.attr('href')).toBe(`https://t.me/channel1/${posts.plain.id}`);
    expect(date.find('time').attr('datetime')).toBe('2026-02-04T20:00:00+00:00');
    expect(date.find('time').text()).toBe('20:00');
  });

  test('of several messages are one element that links to each photo', () => {
    const { album } = posts;
    const photos = $(`[data-post="channel1/${album.id + 1}"] .tgme_widget_message_grouped_layer a`);
    expect(photos.toArray().map((photo) => $(photo).attr('href'))).toEqual([
      `https://t.me/channel1/${album.id + 1}?single`,
      `https://t.me/channel1/${album.id + 2}?single`,
    ]);
    expect($(`[data-post="channel1/${album.id + 1}"] .js-message_text .js-message_text`).text()).toBe(
      'Подпись',
    );
  });

  test('passed on name their source, with a link where it can be opened', () => {
    const name = '.tgme_widget_message_forwarded_from_name';
    const nameOf = (post: { id: number }): unknown[] => [
      within(post, name).text(),
      within(post, name).attr('href'),
    ];
    expect(nameOf(posts.forward)).toEqual(['Федерация <и> "Ко"', 'https://t.me/channel2/77']);
    expect(nameOf(posts.outside)).toEqual(['Профсоюзы страны', 'https://t.me/profsim_strana_tg/77']);
    expect(nameOf(posts.ofClosed)).toEqual(['Страница 4', undefined]);
    expect(nameOf(posts.ofPerson)[0]).toMatch(/^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+$/u);
    expect(nameOf(posts.ofPerson)[1]).toBeUndefined();
    expect(within(posts.plain, name).length).toBe(0);
  });

  test('name who signed them, and say when they were edited', () => {
    const author = within(posts.signed, '.tgme_widget_message_from_author').text();
    expect(author).toMatch(/^\p{Lu}/u);
    expect(within(posts.signed, '.tgme_widget_message_meta').text()).not.toContain('edited');
    expect(within(posts.edited, '.tgme_widget_message_meta').text()).toMatch(/^edited\s/u);
    expect(wordsOf($, posts.edited.id)).toBe('Начало в шесть');
  });

  test('of Telegram itself are marked, and have neither views nor reactions', () => {
    const services = $('.service_message')
      .toArray()
      .map((element) => $(element).attr('data-post'));
    expect(services).toEqual([`channel1/${posts.created.id}`, `channel1/${posts.pinned.id}`]);
    expect(wordsOf($, posts.created.id)).toBe('Channel created');
    expect(wordsOf($, posts.pinned.id)).toBe('Страница 1 pinned a message');
    expect(within(posts.created, ':is(.tgme_widget_message_views, .tgme_reaction)').length).toBe(0);
    expect(within(posts.created, 'time[datetime]').length).toBe(1);
  });

  test('with a video, a link or a poll bring nodes of their own, beside their words', () => {
    expect(within(posts.video, 'time').length).toBe(2);
    expect(within(posts.video, 'time[datetime]').length).toBe(1);
    expect(within(posts.link, '.link_preview_title').length).toBe(1);
    expect(within(posts.poll, '.tgme_widget_message_poll_option').length).toBe(2);
    expect(within(posts.poll, '.tgme_widget_message_voters').length).toBe(1);
    expect(wordsOf($, posts.link.id)).toBe(posts.link.text);
    expect(wordsOf($, posts.poll.id)).toBe(posts.poll.text);
  });

  test('answer an earlier post with its words in a node of their own, or with what it shows', async () => {
    const quotesIn = async (name: string, befores: readonly number[]): Promise<Record<number, string>> => {
      const quotes: Record<number, string> = {};
      for (const before of befores) {
        const page = await testServer.page(`/s/${name}?before=${before}`);
        for (const reply of page('.tgme_widget_message_reply').toArray()) {
          const id = page(reply).closest('[data-post]').attr('data-post')?.split('/')[1];
          expect(page(reply).attr('href')).toBe(`https://t.me/${name}/${Number(id) - 1}`);
          const words = page(reply).find('.js-message_reply_text');
          quotes[Number(id)] = `${words.hasClass('tgme_widget_message_metatext') ? '*' : ''}${words.text()}`;
        }
      }
      return quotes;
    };
    const plain = Object.entries(await quotesIn('channel10', [21, 41, 61]));
    expect(plain.length).toBeGreaterThan(1);
    for (const [of, words] of plain) expect(words).toBe(`Новость номер ${Number(of) - 1} страницы 10`);
    const media = Object.values(await quotesIn('channel14', [21, 41, 61, 81, 91]));
    const cut = `${'Очень длинная новость '.repeat(3)}Очен…`;
    expect([...new Set(media)].sort()).toEqual(['*Photo', '*Video', cut].sort());
  });
});

describe('posts by the clock of the world', () => {
  test('are edited, deleted and published when their time comes', async () => {
    const { clock, page } = testServer;
    clock.set(new Date(at(101)));
    const before = await page('/s/channel1');
    expect(wordsOf(before, posts.edited.id)).toBe('Начало в пять');
    expect(
      before(`[data-post="channel1/${posts.edited.id}"] .tgme_widget_message_meta`).text(),
    ).not.toContain('edited');
    expect(idsOn(before)).toEqual(expect.arrayContaining([posts.deleted.id, posts.album.id]));
    expect(before(`[data-post="channel1/${posts.album.id}"] a[href$="?single"]`).length).toBe(3);
    clock.set(new Date(at(-25)));
    expect(idsOn(await page('/s/channel1')).at(-1)).toBe(posts.tomorrow.id);
    clock.set(now);
  });

  test('show no reactions where readers may not react', async () => {
    const page = await testServer.page('/s/channel8');
    expect(idsOn(page)).toEqual([1]);
    expect(page('.tgme_widget_message_reactions').length).toBe(0);
  });
});
