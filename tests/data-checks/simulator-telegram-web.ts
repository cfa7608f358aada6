import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CheerioAPI, load } from 'cheerio';
import { createSimulation } from '#simulator/index.ts';
import type { DataCheck } from './data-check.ts';

const anchor = new Date('2026-03-10T04:00:00Z');
const saved = 'telegram-web';

/** A node that a reader of `t.me` goes by: what is read of it, and the form of that. */
interface ReadNode {
  selector: string;
  /** What is read: an attribute, or the text without it. */
  attribute?: string;
  form: RegExp;
}

const count = /^\d+(?:\.\d+)?[KM]?$/;
const link = /^https:\/\/t\.me\/\w+(?:\/\d+)?$/;
const words = /\S/;

/** What is read of posts and of the header above them. */
const readOfPosts: readonly ReadNode[] = [
  { selector: '.tgme_channel_info_header_title', form: words },
  { selector: '.tgme_channel_info_header_username a', form: /^@\w+$/ },
  { selector: '.tgme_channel_info_counter .counter_value', form: count },
  {
    selector: '.tgme_channel_info_counter .counter_type',
    form: /^(?:members|subscriber|photo|video|file|link)s?$/,
  },
  { selector: '.tgme_header_counter', form: /^\d+(?:\.\d+)?[KM]? (?:members|subscribers?)$/ },
  { selector: 'meta[property="og:title"]', attribute: 'content', form: words },
  { selector: 'main.tgme_main', attribute: 'data-url', form: /^\/[\w-]+$/ },
  { selector: 'a.tme_messages_more[data-before]', attribute: 'data-before', form: /^\d+$/ },
  { selector: 'a.tme_messages_more[data-before]', attribute: 'href', form: /^\/s\/\w+\?before=\d+$/ },
  { selector: '.tme_no_messages_found', form: /^No posts found$/ },
  { selector: '.tgme_widget_message', attribute: 'data-post', form: /^\w+\/\d+$/ },
  { selector: '.tgme_widget_message', attribute: 'data-view', form: /^[\w-]+$/ },
  { selector: '.tgme_widget_message.service_message', attribute: 'data-post', form: /^\w+\/\d+$/ },
  { selector: '.tgme_widget_message_owner_name', attribute: 'href', form: link },
  { selector: '.js-message_text', attribute: 'dir', form: /^auto$/ },
  { selector: '.js-message_reply_text', form: words },
  { selector: 'a.tgme_widget_message_reply', attribute: 'href', form: link },
  { selector: '.tgme_widget_message_forwarded_from_name', form: words },
  { selector: 'a.tgme_widget_message_forwarded_from_name', attribute: 'href', form: link },
  { selector: '.tgme_widget_message_from_author', form: words },
  { selector: '.tgme_widget_message_views', form: count },
  { selector: '.tgme_widget_message_meta', form: /^(?:[^,]+,\s)?(?:edited\s{2})?\d\d:\d\d$/ },
  { selector: 'a.tgme_widget_message_date', attribute: 'href', form: link },
  {
    selector: '.tgme_widget_message_date time',
    attribute: 'datetime',
    form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/,
  },
  {
    selector: '.js-message_grouped_layer a.tgme_widget_message_photo_wrap',
    attribute: 'href',
    form: /^https:\/\/t\.me\/\w+\/\d+\?single$/,
  },
  { selector: '.tgme_widget_message_bubble > .tgme_widget_message_video_player time', form: /^\d+:\d\d$/ },
  { selector: '.tgme_widget_message_poll_question', form: words },
  { selector: '.link_preview_title', form: words },
];

/** What is read of `t.me/<name>`. */
const readOfCards: readonly ReadNode[] = [
  { selector: '.tgme_page_title span', form: words },
  { selector: '.tgme_page_extra', form: /^\d{1,3}(?: \d{3})* (?:members|subscribers?)$/ },
  { selector: '.tgme_page_context_action a', attribute: 'href', form: /^\/s\/\w+$/ },
];
const readOfFreeNames: readonly ReadNode[] = [
  { selector: 'title', form: /^Telegram: Contact @\w+$/ },
  { selector: 'meta[name="robots"]', attribute: 'content', form: /^noindex, nofollow$/ },
  { selector: '.tgme_page_icon .tgme_icon_user', attribute: 'class', form: words },
  { selector: '.tgme_page_description .tgme_username_link', form: /^@\w+$/ },
];

const ownClass = /^(?:tgme|tme|counter|link_preview|js-message_grouped)/;

/** Where a node stands: the first class of Telegram's own of each node from the post (or the body) down to it. */
function placesOf($: CheerioAPI, selector: string): string[] {
  return $(selector)
    .toArray()
    .map((node) =>
      [node, ...$(node).parentsUntil('.tgme_widget_message_wrap, body, head').toArray()]
        .map((each) => ($(each).attr('class') ?? '').split(/\s+/).find((name) => ownClass.test(name)))
        .filter((name) => name !== undefined)
        .reverse()
        .join(' > '),
    );
}

/** What is read of every node that a selector finds. */
function valuesOf($: CheerioAPI, { selector, attribute }: ReadNode): (string | undefined)[] {
  return $(selector)
    .toArray()
    .map((node) => (attribute === undefined ? $(node).text().trim() : $(node).attr(attribute)));
}

function problemOf(real: readonly CheerioAPI[], ours: readonly CheerioAPI[], read: ReadNode): string | null {
  for (const [whose, pages] of [
    ['saved', real],
    ['simulated', ours],
  ] as const) {
    const values = pages.flatMap(($) => valuesOf($, read));
    if (values.length === 0) return `no ${whose} page has it`;
    const strange = values.find((value) => value === undefined || !read.form.test(value));
    if (strange !== undefined || values.includes(undefined)) {
      return `a ${whose} page has «${strange ?? 'nothing'}», not ${read.form.source}`;
    }
  }
  const placesIn = (pages: readonly CheerioAPI[]): string[] => [
    ...new Set(pages.flatMap(($) => placesOf($, read.selector))),
  ];
  const places = placesIn(ours).map((place) => ` > ${place}`);
  // Saved fragments lack what was around them, so theirs may be the end of ours.
  const missing = placesIn(real).filter((place) => !places.some((our) => our.endsWith(` > ${place}`)));
  return missing.length === 0 ? null : `not simulated in its place: ${missing.join('; ')}`;
}

function checksOf(
  what: string,
  real: readonly CheerioAPI[],
  ours: readonly CheerioAPI[],
  reads: readonly ReadNode[],
): DataCheck[] {
  return reads.map((read) => ({
    name: `${what}: ${read.selector}${read.attribute === undefined ? '' : `, ${read.attribute}`}`,
    problem: problemOf(real, ours, read),
  }));
}

/** The keys of every `data-view`, and whether the message of each is a number, or of an album a text with a `g`. */
function viewKeysOf(pages: readonly CheerioAPI[]): string[] {
  const keys = pages.flatMap(($) =>
    valuesOf($, { selector: '[data-view]', attribute: 'data-view', form: words }).map((text) => {
      const key = JSON.parse(Buffer.from(text ?? '', 'base64').toString('utf8')) as Record<string, unknown>;
      const message = typeof key['p'] === 'string' ? key['p'].replace(/\d+/u, 'number-') : typeof key['p'];
      return `${Object.keys(key).join()} ${Number(key['c']) < 0 ? 'negative' : 'positive'} ${message}`;
    }),
  );
  return [...new Set(keys)].sort();
}

/** Everything that a simulated federation shows on `t.me`: posts of all channels, cards, and a name nobody has. */
async function simulatedPages(): Promise<Record<'posts' | 'cards' | 'free', CheerioAPI[]>> {
  const simulation = createSimulation({ seed: 5, anchor, size: { channels: true, historyWeeks: 4 } });
  simulation.clock.speed = 0;
  const server = await simulation.serveTelegramWeb();
  const page = async (address: string): Promise<CheerioAPI | null> => {
    const response = await fetch(`${server.url}${address}`, { redirect: 'manual' });
    return response.status === 200 ? load(await response.text()) : null;
  };
  const pages = async (addresses: readonly string[]): Promise<CheerioAPI[]> =>
    (await Promise.all(addresses.map(page))).filter((found) => found !== null);
  try {
    const names = simulation.world
      .pagesIn('telegram')
      .map(({ screenNames }) => screenNames.at(-1)?.value ?? '');
    return {
      posts: await pages(
        names.flatMap((name) => [`/s/${name}`, `/s/${name}?before=900`, `/s/${name}?before=1`]),
      ),
      cards: (await pages(names.map((name) => `/${name}`))).filter(($) => $('.tgme_page_extra').length > 0),
      free: await pages(['/nobody_has_this_name']),
    };
  } finally {
    await server.close();
  }
}

/** Holds the simulator's pages of `t.me` to saved ones: what is read of them is there, in its place and form. */
export async function checkData(folder: string): Promise<DataCheck[]> {
  const files = await readdir(path.join(folder, saved));
  const savedPage = async (file: string): Promise<CheerioAPI> =>
    load(await readFile(path.join(folder, saved, file), 'utf8'));
  const isOfPosts = (file: string): boolean => file.startsWith('fragment_') || file.startsWith('preview_');
  const realPosts = await Promise.all(files.filter(isOfPosts).map(savedPage));
  const ours = await simulatedPages();
  const [realKeys, ourKeys] = [viewKeysOf(realPosts), viewKeysOf(ours.posts)];
  return [
    ...checksOf('t.me/s/<name>', realPosts, ours.posts, readOfPosts),
    ...checksOf('t.me/<name>', [await savedPage('channel_card_2021.html')], ours.cards, readOfCards),
    ...checksOf('a free name', [await savedPage('free_name_2021.html')], ours.free, readOfFreeNames),
    {
      name: 't.me/s/<name>: what data-view is made of',
      problem:
        realKeys.join('; ') === ourKeys.join('; ') ? null : `${realKeys.join('; ')} | ${ourKeys.join('; ')}`,
    },
  ];
}
