import { LinkRefused } from './refused.ts';

/** What people and programs leave around a link: spaces, quotes, brackets, the sentence's punctuation. */
const invisible = /[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]/gu;
const opening = new Set('"\'«„“‘<({`*•—–→,;:'.split(''));
const closing = new Set('"\'»”“’>)}`*,;:.!?…'.split(''));

const siteEnding = new Set([...closing, '/']);

/** Parameters that follow the reader and do not name a page. */
const tracking =
  /^(?:utm_.*|from|ref|ysclid|yclid|gclid|fbclid|dclid|msclkid|igshid|mc_[ce]id|_openstat|etext|roistat|erid|_ga|_gl|admitad_uid)$/iu;

/** The text without what stands around the link. */
export function cleanLinkText(text: string): string {
  const visible = text.normalize('NFKC').replace(invisible, '').replaceAll('&amp;', '&').trim();
  let start = 0;
  while (
    start < visible.length &&
    (opening.has(visible.charAt(start)) || visible.charAt(start).trim() === '')
  ) {
    start += 1;
  }
  return withoutEnding(visible.slice(start), closing);
}

/** The text up to the last character that is none of those; a bracket stays when one was opened in the text. */
function withoutEnding(text: string, endings: ReadonlySet<string>): string {
  let end = text.length;
  const isEnding = (character: string) =>
    character.trim() === '' || (endings.has(character) && !(character === ')' && text.includes('(')));
  while (end > 0 && isEnding(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** Percent-encoding undone where it can be; else the text as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address as a URL; a missing scheme is https. Throws `LinkRefused` for what is no address of a page. */
export function linkAddress(clean: string): URL {
  if (/^(?:mailto|tel):/iu.test(clean) || /^[^/?#]+@/u.test(clean.replace(/^[a-z]+:\/\//iu, ''))) {
    throw new LinkRefused('not_a_link', 'this is a contact, not a page');
  }
  const scheme = /^([a-z][a-z0-9+.-]*):(?=\/\/|resolve|join|privatepost|user)/iu
    .exec(clean)?.[1]
    ?.toLowerCase();
  if (scheme !== undefined && !['http', 'https', 'tg'].includes(scheme)) {
    throw new LinkRefused('not_a_link', `addresses that begin with ${scheme}: are not read`);
  }
  const full = scheme === undefined ? `https://${clean.replace(/^\/+/u, '')}` : clean;
  try {
    return new URL(full.replace(/^tg:(?!\/\/)/iu, 'tg://'));
  } catch {
    throw new LinkRefused('not_a_link', 'this is not an address');
  }
}

/** The usual form of a site's address: without tracking parameters, anchor and trailing slash. */
export function siteUrl(address: URL): string {
  const host = address.hostname.replace(/\.$/u, '');
  if (address.protocol === 'tg:' || !/^(?:[\p{L}\p{N}_-]+\.)+\p{L}[\p{L}\p{N}-]+$/u.test(host)) {
    throw new LinkRefused('not_a_link', 'this is not the address of a site');
  }
  const kept = [...address.searchParams].filter(([name]) => !tracking.test(name));
  const query = new URLSearchParams(kept).toString();
  const port = address.port === '' ? '' : `:${address.port}`;
  const path = withoutEnding(address.pathname, siteEnding);
  return withoutEnding(`${address.protocol}//${host}${port}${path}${query && `?${query}`}`, siteEnding);
}
