import { decoded } from './address.ts';
import { LinkRefused } from './refused.ts';

const hosts = new Set(['t.me', 'telegram.me', 'telegram.dog']);

/** Telegram in a browser: `web.telegram.org/k/#@name`, also `/a/` and `/z/`, and houses of these alone. */
const webHosts = new Set(['web.telegram.org', 'webk.telegram.org', 'weba.telegram.org', 'webz.telegram.org']);

/** First words of Telegram's addresses that lead to something else than a channel. */
const actions = new Set(
  (
    'addemoji,addlist,addstickers,addtheme,auction,bg,call,confirmphone,contact,giftcode,invoice,iv,login,m,msg,nft,' +
    'passport,proxy,setlanguage,share,socks,stickers,web'
  ).split(','),
);

/**
 * The name of the channel a Telegram address leads to, in lower case; `null` when the host is not Telegram's.
 * Throws `LinkRefused` for invitations, private channels, persons and everything without a public name.
 */
export function parseTelegramAddress(address: URL, host: string): string | null {
  if (address.protocol === 'tg:') {
    return nameOfCommand(address);
  }
  if (webHosts.has(host)) {
    return nameInBrowser(address);
  }
  const under = [...hosts].find((known) => host.endsWith(`.${known}`));
  if (under !== undefined) {
    return telegramName(host.slice(0, -under.length - 1));
  }
  if (!hosts.has(host)) {
    return null;
  }
  const segments = decoded(address.pathname).split('/').filter(Boolean);
  const first = segments[0]?.toLowerCase();
  if (first === undefined) {
    throw new LinkRefused('not_a_page', 'this is Telegram itself, not a channel');
  }
  if (first.startsWith('+') || first === 'joinchat') {
    throw invitation();
  }
  if (first === 'c') {
    throw privateChannel();
  }
  if (actions.has(first) || first.startsWith('$')) {
    throw new LinkRefused('not_a_page', 'this is an action of Telegram, not a channel');
  }
  const isDoor = (first === 's' || first === 'boost') && segments[1] !== undefined;
  return telegramName((isDoor ? segments[1] : first) ?? '');
}

/** A channel's name in lower case without @; throws `LinkRefused` for what cannot be one. */
export function telegramName(word: string): string {
  const name = word.replace(/^@/u, '').toLowerCase();
  if (/^\+|^joinchat$/u.test(name)) {
    throw invitation();
  }
  if (!/^[a-z][a-z0-9_]{3,31}$/u.test(name) || actions.has(name)) {
    throw new LinkRefused('not_a_page', 'this cannot be the name of a channel in Telegram');
  }
  return name;
}

/** What is open in Telegram's own page stands behind the `#`: a name, a number, or a command that was followed. */
function nameInBrowser(address: URL): string {
  const opened = decoded(address.hash.slice(1)).replace(/^\/?(?:im)?\??/u, '');
  const asked = new URLSearchParams(opened);
  const command = asked.get('tgaddr');
  if (command !== null && URL.canParse(command)) {
    const followed = new URL(command);
    if (followed.protocol === 'tg:') return nameOfCommand(followed);
  }
  const peer = asked.get('p') ?? opened;
  const [name = ''] = peer.replace(/^\/+/u, '').split(/[/?&]/u);
  if (name === '') {
    throw new LinkRefused('not_a_page', 'this is Telegram itself, not a channel');
  }
  // `-1001234567890`, `c1234_567`, `u1234`: numbers that mean something to whoever is signed in.
  if (/^-?\d+(?:_\d+)?$|^[cgsu]\d+(?:_\d+)?$/u.test(name)) {
    throw new LinkRefused(
      'not_a_page',
      'this is a number that only the one who is signed in can open; the public name of the channel is wanted',
    );
  }
  return telegramName(name);
}

function nameOfCommand(address: URL): string {
  const command = (address.hostname || address.pathname).replace(/\//gu, '').toLowerCase();
  if (command === 'join') {
    throw invitation();
  }
  if (command === 'privatepost') {
    throw privateChannel();
  }
  if (command === 'user') {
    throw new LinkRefused('person', 'this is a person, not a channel');
  }
  const domain = address.searchParams.get('domain');
  if (command !== 'resolve' || domain === null) {
    throw new LinkRefused('not_a_page', 'this is an action of Telegram, not a channel');
  }
  return telegramName(domain);
}

function invitation(): LinkRefused {
  return new LinkRefused('invite', 'this invites into a closed chat or channel; its public name is wanted');
}

function privateChannel(): LinkRefused {
  return new LinkRefused('private', 'this channel is private, so that nobody outside can read it');
}
