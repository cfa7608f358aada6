import { load, type CheerioAPI } from 'cheerio';
import { SimulatorClock } from '../clock.ts';
import { channelLike, curatedWorld, organisationLike, postLike } from '../world/curated.ts';
import type { Page, Post } from '../world/types.ts';
import { serveTelegramWeb, type TelegramWebOptions, type TelegramWebServer } from './serve.ts';

/** The instant at which the clock of a test server stands at first. */
export const now = new Date('2026-03-10T04:00:00Z');
/** So many hours before that instant, in milliseconds. */
export const at = (hoursAgo: number): number => now.getTime() - hoursAgo * 3_600_000;

const channel = (id: number, parts: Partial<Page> = {}): Page =>
  channelLike({ id, organisationId: 1, created: at(900), ...parts });
const traits = channel(0).channel as NonNullable<Page['channel']>;
const fromNowOn = (value: Page['states'][number]['value']): Page['states'] => [
  { from: 0, value: 'ok' },
  { from: at(30 * 24), value },
];

let nextId = 1;
/** A post of channel 1 with an id above the last one's; counters of an old post are the final ones. */
function post(hoursAgo: number, parts: Partial<Post> = {}): Post {
  const made = postLike({ pageId: 1, id: nextId, published: at(hoursAgo), ...parts });
  nextId += made.messages;
  return made;
}
const source = { postId: 77, authorId: 0, published: at(880), text: 'Источник', type: 'post' } as const;

/** Posts of channel 1 by what is special about them. */
export const posts = {
  created: post(899, { placement: 'service', text: 'Channel created' }),
  plain: post(800, {
    text: 'Первая строка & <b>"цитата"</b>\n\nhttps://example.org/a?b=1&c=2 👍 #профсоюз38 @profsim_obraz3_tg\n!',
    finalViews: 85_912,
  }),
  edited: post(790, { text: 'Начало в пять', edit: { at: at(100), text: 'Начало в шесть' } }),
  deleted: post(780, { text: 'Опечатка', deletedAt: at(50) }),
  album: post(770, { messages: 3, attachments: 'photo', text: 'Подпись', firstMessageDeletedAt: at(40) }),
  forward: post(760, { sources: [{ ...source, ownerId: -2 }], text: 'Источник', attachments: 'photo' }),
  outside: post(750, { sources: [{ ...source, ownerId: -900 }] }),
  ofPerson: post(740, { sources: [{ ...source, ownerId: 55 }] }),
  ofClosed: post(735, { sources: [{ ...source, ownerId: -4 }] }),
  signed: post(730, { signerId: 77, finalLikes: 0, finalViews: 1 }),
  silent: post(720, { finalViews: null, finalLikes: null }),
  video: post(710, { attachments: 'video', text: '' }),
  link: post(700, { attachments: 'link' }),
  poll: post(690, { attachments: 'poll' }),
  pinned: post(680, { placement: 'service', text: 'pinned a message' }),
  tomorrow: post(-24),
};

/** Channel 10 has 60 posts of a message each, and after them 3 albums of 9. */
const long = [
  ...Array.from({ length: 60 }, (_unused, index) =>
    postLike({
      pageId: 10,
      id: index + 1,
      published: at(800 - index),
      attachments: index % 2 ? 'none' : 'photo',
    }),
  ),
  ...[61, 70, 79].map((id) => postLike({ pageId: 10, id, messages: 9, published: at(800 - id) })),
];

const longWords = 'Очень длинная новость '.repeat(8).trim();

/** Channel 14 has 90 posts: videos, photos without words, and long words, in turn. */
const quoted = Array.from({ length: 90 }, (_unused, index) =>
  postLike({
    pageId: 14,
    id: index + 1,
    published: at(800 - index),
    attachments: (['video', 'photo', 'none'] as const)[index % 3] ?? 'none',
    text: index % 3 === 1 ? '' : longWords,
  }),
);

const world = curatedWorld({
  organisations: [organisationLike({ id: 1 })],
  pages: [
    channel(1, { subscribers: { base: 12_345, anchor: 0, weeklyGrowth: 0, noise: 0, jumps: [] } }),
    channel(2, { titles: [{ from: 0, value: 'Федерация <и> "Ко"' }] }),
    channel(3, { channel: { ...traits, preview: false } }),
    channel(4, { states: fromNowOn('private') }),
    channel(5, { states: fromNowOn('deleted') }),
    channel(6, { states: fromNowOn('banned') }),
    channel(7, {
      states: fromNowOn('taken'),
      channel: { ...traits, takenBy: { id: 7777, title: 'Скидки', subscribers: 312 } },
    }),
    channel(8, { channel: { ...traits, reactions: false } }),
    channel(9, { states: fromNowOn('closed') }),
    channel(10),
    channel(11, { subscribers: { base: 1, anchor: 0, weeklyGrowth: 0, noise: 0, jumps: [] } }),
    channel(12, {
      screenNames: [
        { from: 0, value: 'channel12' },
        { from: at(24), value: 'channel12_new' },
      ],
    }),
    channel(13, { created: at(-48) }),
    channel(14),
  ],
  posts: [
    ...Object.values(posts),
    ...long,
    ...quoted,
    postLike({ pageId: 7, id: 1, published: at(790), text: 'Слова прежнего канала' }),
    postLike({ pageId: 8, id: 1, published: at(790) }),
    postLike({ pageId: 12, id: 1, published: at(790) }),
  ],
});

/** A server over the little world, with ways to ask it. */
export interface TestServer {
  server: TelegramWebServer;
  clock: SimulatorClock;
  get: (path: string, options?: RequestInit) => Promise<Response>;
  /** The page at a path; throws for anything but HTTP 200. */
  page: (path: string) => Promise<CheerioAPI>;
}

/** Starts a server over the little world; its clock stands still. Redirects are not followed. */
export async function startTestServer(options: TelegramWebOptions = {}): Promise<TestServer> {
  const clock = new SimulatorClock({ at: now, speed: 0 });
  const server = await serveTelegramWeb({ world, clock }, options);
  const get = (path: string, options: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { redirect: 'manual', ...options });
  const page = async (path: string): Promise<CheerioAPI> => {
    const response = await get(path);
    if (response.status !== 200) throw new Error(`${path}: HTTP ${response.status}`);
    return load(await response.text());
  };
  return { server, clock, get, page };
}

/** The ids of the posts on a page, from top to bottom. */
export function idsOn($: CheerioAPI): number[] {
  return $('.tgme_widget_message[data-post]')
    .toArray()
    .map((element) => Number($(element).attr('data-post')?.split('/')[1]));
}

/** What is in a post's `data-view`. */
export function viewKeyOf($: CheerioAPI, id: number): { c: number; p: number | string; t: number } {
  const encoded = $(`[data-post$="/${id}"]`).attr('data-view') ?? '';
  return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as ReturnType<typeof viewKeyOf>;
}

/** A post's own words with their line breaks; `undefined` without any. */
export function wordsOf($: CheerioAPI, id: number): string | undefined {
  const text = $(`[data-post$="/${id}"] .js-message_text`).last().clone();
  text.find('br').replaceWith('\n');
  return text.length === 0 ? undefined : text.text();
}

/** A post's Stars as they are shown; '' without any. */
export function starsOf($: CheerioAPI, id: number): string {
  return $(`[data-post$="/${id}"] .tgme_reaction_paid`).text();
}

/** A post's reactions that nobody paid for, by their counts; nothing stands for no reactions. */
export function reactionsOf($: CheerioAPI, id: number): number[] {
  return $(`[data-post$="/${id}"] .tgme_reaction:not(.tgme_reaction_paid)`)
    .toArray()
    .map((span) => Number($(span).contents().last().text()));
}
