import { WebFailure } from './errors.ts';

/** Other names of the same site. */
const siteHosts = new Set(['t.me', 'www.t.me', 'telegram.me', 'www.telegram.me', 'telegram.dog']);
const homeHosts = new Set(['telegram.org', 'www.telegram.org']);

/**
 * Where a redirect leads. One to Telegram's own names for `t.me` stays at the address that was set, so that a proxy or a
 * mirror is never gone round; `home` is the home page of Telegram. Throws `WebFailure` for one that leads elsewhere.
 */
export function nextAddress(location: string | null, current: URL, base: URL): URL | 'home' {
  if (location === null || !URL.canParse(location, current.href)) {
    throw new WebFailure('broken', `broken: ${base.host} redirected without a usable address`);
  }
  const to = new URL(location, current);
  const prefix = base.pathname.replace(/\/+$/u, '');
  if (homeHosts.has(to.host)) return 'home';
  if (to.host === base.host) {
    const path = to.pathname.slice(to.pathname.startsWith(prefix) ? prefix.length : 0);
    return path === '' || path === '/' ? 'home' : new URL(`${base.origin}${to.pathname}${to.search}`);
  }
  if (!siteHosts.has(to.host)) {
    throw new WebFailure(
      'broken',
      `broken: ${base.host} redirected to ${to.host}, a page of ${base.host} was expected: something between answers instead`,
    );
  }
  return to.pathname === '/' ? 'home' : new URL(`${base.origin}${prefix}${to.pathname}${to.search}`);
}
