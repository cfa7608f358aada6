import type { CheerioAPI } from 'cheerio';
import type { OtherKind } from '#domain/vocabulary.ts';
import type { ShownCount } from './counts.ts';
import { parseSubscribers, shownCount } from './counts.ts';
import type { Card } from './errors.ts';
import { BrokenPage } from './errors.ts';
import { parseHtml } from './html.ts';
import { messageSelector } from './map-message.ts';

/** What a channel says of itself at the head of its preview. */
export interface Header {
  /** As the channel writes it, without `@`. */
  name: string;
  /** The page says the name; without, it is taken for the one that was asked for. */
  isNamed: boolean;
  title: string;
  /** Rounded from a thousand on. */
  subscribers: ShownCount | null;
}

/** What an address of `t.me` shows: a preview, a card, a notice of blocking, nobody, or no channel. */
export type Shown =
  | { is: 'preview'; header: Header; $: CheerioAPI }
  | { is: 'card'; card: Card }
  | { is: 'blocked'; title: string; reason: string }
  | { is: 'free'; cause: string }
  | { is: 'other'; other: OtherKind };

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Longer than any title or description of `t.me`. */
const longestLine = 2_000;

function trimmed(text: string): string {
  return text.slice(0, longestLine).replace(/\s+/gu, ' ').trim();
}

/** The head of a preview; `null` when the page has none. One that does not say its name is taken for the one asked for. */
export function readHeader($: CheerioAPI, asked: string): Header | null {
  if ($('.tgme_channel_info, .tgme_channel_info_header_username').length === 0) return null;
  const said = trimmed($('.tgme_channel_info_header_username').first().text()).replace(/^@/u, '');
  const name = said || asked;
  const title =
    trimmed($('.tgme_channel_info_header_title').first().text()) ||
    trimmed($('meta[property="og:title"]').attr('content') ?? '');
  const counter = $('.tgme_channel_info_counter')
    .toArray()
    .find((each) =>
      /^(?:subscriber|member)s?$/iu.test(trimmed($(each).find('.counter_type').first().text())),
    );
  const subscribers = counter ? shownCount($(counter).find('.counter_value').first().text()) : null;
  return { name, isNamed: said !== '', title, subscribers };
}

function readCard($: CheerioAPI, name: string): Shown {
  const link = $('a[href^="tg://resolve?domain="], a[href^="tg://resolve/?domain="]').attr('href') ?? '';
  const domain = /domain=(\w+)/u.exec(link)?.[1];
  if (domain !== undefined && !same(domain, name)) {
    throw new BrokenPage(`the page of ${name} was expected, this one is of ${domain}`);
  }
  const title = trimmed($('.tgme_page_title').first().text());
  if (title === '' && domain === undefined) {
    throw new BrokenPage(
      `the page of ${name} was expected, this one has neither a title nor a link to contact it`,
    );
  }
  if (title === '') return { is: 'free', cause: `telegram: nobody has the name ${name}` };
  const extra = trimmed($('.tgme_page_extra').first().text());
  const description = trimmed($('.tgme_page_description').first().text());
  if (extra === '' && /can.t be displayed/iu.test(description)) {
    return { is: 'blocked', title, reason: description.slice(0, 200) };
  }
  const subscribers = parseSubscribers(extra);
  const hasPreview = $(`a[href*="/s/"]`)
    .toArray()
    .some(
      (each) => /\/s\/(\w+)/u.exec($(each).attr('href') ?? '')?.[1]?.toLowerCase() === name.toLowerCase(),
    );
  if (/subscribers?$/iu.test(extra) || hasPreview) return { is: 'card', card: { title, subscribers } };
  if (/members?\b/iu.test(extra)) return { is: 'other', other: 'group_chat' };
  return {
    is: 'other',
    other: /monthly users?$/iu.test(extra) || /bot$/iu.test(name) ? 'bot' : 'person',
  };
}

function hasHomeTitle($: CheerioAPI): boolean {
  // The page of a name is called «Telegram: Contact @name».
  return /^Telegram(?!:)(?!\w)/u.test(trimmed($('title').first().text()));
}

/** The cause of a name that leads to the home page of Telegram. */
export function homeCause(name: string): string {
  return `telegram: the name ${name} leads to the home page of Telegram: nobody has it`;
}

/**
 * Reads whatever an address of the name answered with. A status of 200 proves nothing, so that a page is taken for what
 * it is only by its own marks. Throws `BrokenPage`, which says what was expected.
 */
export function readShown(html: string, name: string): Shown {
  if (!/<\/html>/iu.test(html)) {
    throw new BrokenPage(
      html.includes('tgme_')
        ? 'the page is cut off: </html> was expected at its end'
        : `a page of the channel ${name} was expected, the answer is no HTML page`,
    );
  }
  const $ = parseHtml(html);
  const header = readHeader($, name);
  if (header) {
    if (!same(header.name, name)) {
      throw new BrokenPage(`the channel ${name} was expected, the page is of ${header.name}`);
    }
    if ($(`.tgme_channel_history, ${messageSelector}`).length === 0) {
      throw new BrokenPage(`the messages of ${name} were expected, the page has no .tgme_channel_history`);
    }
    return { is: 'preview', header, $ };
  }
  if ($('.tgme_page').length > 0) return readCard($, name);
  if (hasHomeTitle($)) return { is: 'free', cause: homeCause(name) };
  const title = trimmed($('title').first().text()).slice(0, 80);
  throw new BrokenPage(
    `a page of the channel ${name} was expected, the page has neither .tgme_channel_info nor .tgme_page` +
      (title === '' ? '' : ` and is called "${title}"`),
  );
}
