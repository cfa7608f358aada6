import { pageUrl, postUrl } from '#domain/page-link.ts';
import type { Network } from '#domain/vocabulary.ts';

/** What a page's address is built from. */
export interface Addressed {
  network: Network;
  /** `0` while not known. */
  nativeId: number;
  /** `''` when there is none. */
  name: string;
  /** The link as registered. */
  url: string;
}

/** A page's address: `https://vk.com/club<id>`, `https://t.me/<name>`; the registered link while nothing is known. */
export function buildPageAddress(page: Addressed): string {
  return pageUrl(page.network, page.nativeId || null, page.name || null) ?? page.url;
}

/** A post's address: `https://vk.com/wall-<id>_<post>`, `https://t.me/<name>/<message>`. */
export function buildPostAddress(page: Addressed, postId: string): string {
  return postUrl(page.network, page.nativeId || null, page.name || null, Number(postId)) ?? page.url;
}
