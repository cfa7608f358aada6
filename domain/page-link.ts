import { cleanLinkText, decoded, linkAddress, siteUrl } from './page-link/address.ts';
import { PageLinkError } from './page-link/error.ts';
import { parseTelegramAddress, telegramName } from './page-link/telegram.ts';
import { isVkHost, parseVkAddress, parseVkVideoAddress, parseVkWord } from './page-link/vk.ts';
import type { MeasuredNetwork, Network } from './vocabulary.ts';

export { PageLinkError, understoodForms } from './page-link/error.ts';
export type { PageLinkReason } from './page-link/error.ts';

/** What a link says about a page: its native id, or its name, or (for a site) only its address. */
export interface PageLink {
  network: Network;
  /** Positive; a VK community's id. `null` until the name is resolved. */
  nativeId: number | null;
  /** Screen name in lower case without @; `null` when the link gives the id. */
  name: string | null;
  /** The link in its usual form: `https://vk.com/club1`, `https://vk.com/name`, `https://t.me/name`, a site's address. */
  url: string;
}

/**
 * Understands a link to a page in any usual form, with or without scheme, tracking parameters and punctuation.
 * `hint` is the network that is expected (the register's column): `@name` and a bare name belong to it, and a link
 * of another network is refused. Throws `PageLinkError` with a reason and the forms that are understood.
 */
export function parsePageLink(text: string, hint?: Network): PageLink {
  const clean = cleanLinkText(text);
  const link = parseClean(clean, text, hint);
  if (hint && link.network !== hint) {
    throw new PageLinkError(
      'other_network',
      text,
      `this is a page of the network "${link.network}", not "${hint}"`,
    );
  }
  return link;
}

/**
 * The address of a page: VK by its id when it is known (names change hands), Telegram by its name.
 * Throws `RangeError` when nothing is known to build it from.
 */
export function pageUrl(network: MeasuredNetwork, nativeId: number | null, name: string | null): string {
  if (network === 'vk' && nativeId !== null) {
    return `https://vk.com/club${nativeId}`;
  }
  if (name === null) {
    throw new RangeError(`A page of ${network} has no address: neither its id nor its name serves for one.`);
  }
  return network === 'vk' ? `https://vk.com/${name}` : `https://t.me/${name}`;
}

/** The address of a post; VK needs the page's native id, Telegram its name. `postId` is the network's own. */
export function postUrl(
  network: MeasuredNetwork,
  nativeId: number | null,
  name: string | null,
  postId: number,
): string {
  return network === 'vk' && nativeId !== null
    ? `https://vk.com/wall-${nativeId}_${postId}`
    : `${pageUrl(network, nativeId, name)}/${postId}`;
}

function parseClean(clean: string, text: string, hint: Network | undefined): PageLink {
  if (clean === '') {
    throw new PageLinkError('empty', text, 'there is nothing in it');
  }
  if (clean.length > 2048 || /\s/u.test(clean)) {
    throw new PageLinkError('several', text, 'one link was wanted, not a text');
  }
  const mention = /^\[(club|public|event)(\d+)\|[^\]]*\]$/i.exec(clean);
  if (mention) {
    return vkPage(parseVkWord(`club${mention[2]}`, text));
  }
  if (clean.startsWith('@') || clean.startsWith('-') || !/[./:]/u.test(clean)) {
    return parseWord(clean, text, hint);
  }
  return parseAddress(clean, text, hint);
}

/** `@name`, `name`, `club1`, `-1`: what stands without a host. */
function parseWord(clean: string, text: string, hint: Network | undefined): PageLink {
  const word = decoded(clean.replace(/^@/u, '')).toLowerCase();
  const isVkId = /^(?:(?:club|public|event)\d+|wall-\d+(?:_\d+)?)$/u.test(word);
  if (hint === 'vk' || (hint === undefined && isVkId)) {
    return vkPage(parseVkWord(word, text));
  }
  if (hint === 'telegram') {
    return telegramPage(telegramName(word, text));
  }
  if (hint === 'site') {
    throw new PageLinkError('not_a_link', text, 'this is a name, not the address of a site');
  }
  throw new PageLinkError('ambiguous', text, 'a name alone does not say which network it belongs to');
}

function parseAddress(clean: string, text: string, hint: Network | undefined): PageLink {
  const address = linkAddress(clean, text);
  const host = address.hostname.replace(/^www\./u, '');
  if (isVkHost(host)) {
    const away = address.pathname === '/away.php' ? address.searchParams.get('to') : null;
    return away ? parseClean(cleanLinkText(away), text, hint) : vkPage(parseVkAddress(address, text));
  }
  const video = parseVkVideoAddress(address, host, text);
  if (video !== null) {
    return vkPage(video);
  }
  const telegram = parseTelegramAddress(address, host, text);
  if (telegram !== null) {
    return telegramPage(telegram);
  }
  return { network: 'site', nativeId: null, name: null, url: siteUrl(address, text) };
}

function vkPage(page: { nativeId: number | null; name: string | null }): PageLink {
  return { network: 'vk', ...page, url: pageUrl('vk', page.nativeId, page.name) };
}

function telegramPage(name: string): PageLink {
  return { network: 'telegram', nativeId: null, name, url: pageUrl('telegram', null, name) };
}
