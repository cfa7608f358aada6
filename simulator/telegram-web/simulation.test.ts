import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSimulation } from '../index.ts';
import { countersAt } from '../world/counters.ts';
import { shortNumber } from '../world/short-number.ts';
import { subscribersShown, valueAt } from '../world/subscribers.ts';
import type { Page, Post } from '../world/types.ts';
import type { TelegramWebServer } from './serve.ts';
import { idsOn, reactionsOf, viewKeyOf, wordsOf } from './test-server.ts';

const anchor = new Date('2026-03-01T04:00:00Z');
const now = anchor.getTime();
const simulation = createSimulation({ seed: 7, anchor, size: { channels: true, historyWeeks: 6 } });
simulation.clock.speed = 0;
const { world } = simulation;
const open = world
  .pagesIn('telegram')
  .filter((page) => page.channel?.preview && world.stateOf(page, now) === 'ok');

let server: TelegramWebServer;
beforeAll(async () => {
  server = await simulation.serveTelegramWeb();
});
afterAll(() => server.close());

const nameOf = (page: Page): string => valueAt(page.screenNames, now);

/** Every message that the pages of a channel show, newest page first; each post is held to the world's. */
async function readThrough(page: Page, postOf: ReadonlyMap<number, Post>): Promise<number[]> {
  const read: number[] = [];
  let path: string | undefined = `/s/${nameOf(page)}`;
  while (path !== undefined) {
    const $ = load(await (await fetch(`${server.url}${path}`)).text());
    const onPage: number[] = [];
    for (const id of idsOn($)) {
      const post = postOf.get(id) as Post;
      const message = $(`[data-post$="/${id}"]`);
      const parts = message
        .find('a[href$="?single"]')
        .toArray()
        .map((a) => Number(/\d+(?=\?)/u.exec($(a).attr('href') ?? '')));
      onPage.push(...(parts.length === 0 ? [id] : parts));
      expect(viewKeyOf($, id)).toMatchObject({ c: -page.id, p: parts.length === 0 ? id : `${id}g` });
      expect(message.hasClass('service_message')).toBe(post.placement === 'service');
      if (post.placement === 'service') continue;
      const counters = countersAt(post, now);
      expect(wordsOf($, id)).toBe(world.textOf(post, now));
      expect(message.find('.tgme_widget_message_views').text()).toBe(shortNumber(counters.views as number));
      expect(reactionsOf($, id).reduce((sum, count) => sum + count, 0)).toBe(counters.likes ?? 0);
      expect(Date.parse(message.find('time[datetime]').attr('datetime') ?? '')).toBe(post.published);
      expect(message.find('.tgme_widget_message_forwarded_from_name').length).toBe(post.sources.length);
      expect(message.find('.tgme_widget_message_from_author').length).toBe(post.signerId === null ? 0 : 1);
    }
    read.unshift(...onPage);
    path = $('a.tme_messages_more[data-before]').attr('href');
  }
  return read;
}

test('channels that show their posts show the world’s, message by message', async () => {
  const some = open.filter((_page, index) => index % 3 === 0);
  expect(some.length).toBeGreaterThan(5);
  for (const page of some) {
    const messages = world.messages(page, now);
    const postOf = new Map(messages.map(({ id, post }) => [id, post]));
    const ids = messages.map(({ id }) => id).reverse();
    expect(await readThrough(page, postOf)).toEqual(ids);
  }
  expect(server.unexpected).toEqual([]);
});

test('cards give the exact subscribers of the world', async () => {
  for (const page of open) {
    const $ = load(await (await fetch(`${server.url}/${nameOf(page)}`)).text());
    const [count = ''] = /^[\d ]+/u.exec($('.tgme_page_extra').text()) ?? [];
    expect(Number(count.replaceAll(' ', ''))).toBe(subscribersShown(page, now));
  }
});

test('the same seed and instant give the same pages', async () => {
  const again = createSimulation({ seed: 7, anchor, size: { channels: true, historyWeeks: 6 } });
  again.clock.speed = 0;
  const other = await again.serveTelegramWeb();
  try {
    for (const path of open.flatMap((page) => [`/s/${nameOf(page)}`, `/${nameOf(page)}`])) {
      const [mine, theirs] = await Promise.all(
        [server, other].map(async ({ url }) => (await fetch(`${url}${path}`)).text()),
      );
      expect(mine).toBe(theirs);
    }
  } finally {
    await other.close();
  }
});
