import { WebFailure } from './errors.ts';

/** Other names of the same site. */
const siteHosts = new Set(['t.me', 'www.t.me', 'telegram.me', 'www.telegram.me', 'telegram.dog']);
const homeHosts = new Set(['telegram.org', 'www.telegram.org']);

/** The path and query of an address, without the folder that a mirror stands in. */
function within(address: URL, prefix: string): string {
  const { pathname, search } = address;
  return `${pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname}${search}`;
}

/**
 * Refuses an address that was set and only leads on to the same page under another name (or scheme) of the site: asking
 * it again for every page would go round in circles.
 */
function checkSetAddress(to: URL, current: URL, base: URL, prefix: string): void {
  const isSame = to.host === base.host ? to.protocol === base.protocol : !siteHosts.has(to.host);
  if (isSame || within(to, prefix) !== within(current, prefix)) return;
  const cause = `telegram: ${base.origin} only leads on to ${to.origin}: set TELEGRAM_WEB_URL=${to.origin}`;
  throw new WebFailure('misdirected', cause, { address: to.origin });
}

/**
 * Where a redirect leads. One to Telegram's own names for `t.me` stays at the address that was set, so that a proxy or a
 * mirror is never gone round; `home` is the home page of Telegram. Throws `WebFailure` for one that leads elsewhere, and
 * for one from the address that was set to another name of the site.
 */
export function nextAddress(location: string | null, current: URL, base: URL): URL | 'home' {
  if (location === null || !URL.canParse(location, current.href)) {
    throw new WebFailure('broken', `broken: ${base.host} redirected without a usable address`);
  }
  const to = new URL(location, current);
  const prefix = base.pathname.replace(/\/+$/u, '');
  if (homeHosts.has(to.host)) return 'home';
  checkSetAddress(to, current, base, prefix);
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
