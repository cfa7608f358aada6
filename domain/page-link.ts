import { cleanLinkText, decoded, linkAddress, siteUrl } from './page-link/address.ts';
import { PageLinkError } from './page-link/error.ts';
import { LinkRefused } from './page-link/refused.ts';
import { networkDefinition, networks, type Network } from './networks.ts';
import type { AddressForms, LinkedPage } from './networks/definition.ts';

export { PageLinkError, understoodForms } from './page-link/error.ts';
export type { PageLinkReason } from './page-link/refused.ts';

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
  try {
    const link = parseClean(cleanLinkText(text), hint);
    if (hint && link.network !== hint) {
      throw new LinkRefused(
        'other_network',
        `this is a page of the network "${link.network}", not "${hint}"`,
      );
    }
    return link;
  } catch (error) {
    if (!(error instanceof LinkRefused)) throw error;
    throw new PageLinkError(error.reason, text, error.message);
  }
}

/**
 * The address of a page: VK by its id when it is known (names change hands), Telegram by its name. `null` when nothing is
 * known to build it from, as for a site, which is only where it is.
 */
export function pageUrl(network: Network, nativeId: number | null, name: string | null): string | null {
  return formsOf(network).page(nativeId, name);
}

/**
 * The address of a post; VK needs the page's native id, Telegram its name. `postId` is the network's own. `null` when that
 * is not known.
 */
export function postUrl(
  network: Network,
  nativeId: number | null,
  name: string | null,
  postId: number,
): string | null {
  return formsOf(network).post(nativeId, name, postId);
}

function formsOf(network: Network): AddressForms {
  return networkDefinition(network).addresses;
}

function parseClean(clean: string, hint: Network | undefined): PageLink {
  if (clean === '') throw new LinkRefused('empty', 'there is nothing in it');
  if (clean.length > 2048 || /\s/u.test(clean)) {
    throw new LinkRefused('several', 'one link was wanted, not a text');
  }
  for (const network of networks) {
    const mentioned = formsOf(network).mention?.(clean) ?? null;
    if (mentioned !== null) return linkTo(network, formsOf(network).parseWord(mentioned));
  }
  return clean.startsWith('@') || clean.startsWith('-') || !/[./:]/u.test(clean)
    ? parseWord(clean, hint)
    : parseAddress(clean, hint);
}

/** `@name`, `name`, `club1`, `-1`: what stands without a host. */
function parseWord(clean: string, hint: Network | undefined): PageLink {
  const word = decoded(clean.replace(/^@/u, '')).toLowerCase();
  const network = hint ?? networks.find((each) => formsOf(each).owns?.(word));
  if (network === undefined) {
    throw new LinkRefused('ambiguous', 'a name alone does not say which network it belongs to');
  }
  return linkTo(network, formsOf(network).parseWord(word));
}

function parseAddress(clean: string, hint: Network | undefined): PageLink {
  const address = linkAddress(clean);
  const host = address.hostname.replace(/^www\./u, '');
  for (const network of networks) {
    const forms = formsOf(network);
    const further = forms.passesTo?.(address, host) ?? null;
    if (further !== null) return parseClean(cleanLinkText(further), hint);
    const page = forms.parse(address, host);
    if (page !== null) return linkTo(network, page);
  }
  // What is no network's page is a site.
  return { network: 'site', nativeId: null, name: null, url: siteUrl(address) };
}

function linkTo(network: Network, page: LinkedPage): PageLink {
  const url = pageUrl(network, page.nativeId, page.name);
  if (url === null) throw new LinkRefused('not_a_page', `this names no page of the network "${network}"`);
  return { network, ...page, url };
}
