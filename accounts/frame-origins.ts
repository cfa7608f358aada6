/** More sites than this show no frame of one link. */
const mostOrigins = 10;

/**
 * The origins of the sites that were entered, each once; `null` when one of them is no site: with a path, a password or anything
 * else, or when there are too many. What is kept is made anew from what was understood: it stands in a header.
 */
export function readFrameOrigins(entered: string): string[] | null {
  const sites = entered.split(/[\s,;]+/u).filter(Boolean);
  const origins = sites.map(originOf);
  if (origins.includes(null)) return null;
  const distinct = [...new Set(origins.flatMap((origin) => origin ?? []))];
  return distinct.length > mostOrigins ? null : distinct;
}

/** A site is entered with its scheme or without: then it is one of https. */
function originOf(site: string): string | null {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(site) ? site : `https://${site}`);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null;
  const { username, password, pathname, search, hash, origin, hostname } = url;
  if (username || password || search || hash || pathname !== '/' || /[?#]$/u.test(site)) return null;
  // A wildcard, or anything else that means more than one site in a policy, is none.
  return /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])$/u.test(hostname) ? origin : null;
}
