import { LinkRefused } from './refused.ts';

/** A site has no names: throws `LinkRefused` for every word. */
export function parseSiteWord(): never {
  throw new LinkRefused('not_a_link', 'this is a name, not the address of a site');
}
