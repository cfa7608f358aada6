import { decoded } from './address.ts';
import { PageLinkError } from './error.ts';

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
 * Throws `PageLinkError` for invitations, private channels, persons and everything without a public name.
 */
export function parseTelegramAddress(address: URL, host: string, text: string): string | null {
  if (address.protocol === 'tg:') {
    return nameOfCommand(address, text);
  }
  if (webHosts.has(host)) {
    return nameInBrowser(address, text);
  }
  const under = [...hosts].find((known) => host.endsWith(`.${known}`));
  if (under !== undefined) {
    return telegramName(host.slice(0, -under.length - 1), text);
  }
  if (!hosts.has(host)) {
    return null;
  }
  const segments = decoded(address.pathname).split('/').filter(Boolean);
  const first = segments[0]?.toLowerCase();
  if (first === undefined) {
    throw new PageLinkError('not_a_page', text, 'this is Telegram itself, not a channel');
  }
  if (first.startsWith('+') || first === 'joinchat') {
    throw invitation(text);
  }
  if (first === 'c') {
    throw privateChannel(text);
  }
  if (actions.has(first) || first.startsWith('$')) {
    throw new PageLinkError('not_a_page', text, 'this is an action of Telegram, not a channel');
  }
  const isDoor = (first === 's' || first === 'boost') && segments[1] !== undefined;
  return telegramName((isDoor ? segments[1] : first) ?? '', text);
}

/** A channel's name in lower case without @; throws `PageLinkError` for what cannot be one. */
export function telegramName(word: string, text: string): string {
  const name = word.replace(/^@/u, '').toLowerCase();
  if (/^\+|^joinchat$/u.test(name)) {
    throw invitation(text);
  }
  if (!/^[a-z][a-z0-9_]{3,31}$/u.test(name) || actions.has(name)) {
    throw new PageLinkError('not_a_page', text, 'this cannot be the name of a channel in Telegram');
  }
  return name;
}

/** What is open in Telegram's own page stands behind the `#`: a name, a number, or a command that was followed. */
function nameInBrowser(address: URL, text: string): string {
  const opened = decoded(address.hash.slice(1)).replace(/^\/?(?:im)?\??/u, '');
  const asked = new URLSearchParams(opened);
  const command = asked.get('tgaddr');
  if (command !== null && URL.canParse(command)) {
    const followed = new URL(command);
    if (followed.protocol === 'tg:') return nameOfCommand(followed, text);
  }
  const peer = asked.get('p') ?? opened;
  const [name = ''] = peer.replace(/^\/+/u, '').split(/[/?&]/u);
  if (name === '') {
    throw new PageLinkError('not_a_page', text, 'this is Telegram itself, not a channel');
  }
  // `-1001234567890`, `c1234_567`, `u1234`: numbers that mean something to whoever is signed in.
  if (/^-?\d+(?:_\d+)?$|^[cgsu]\d+(?:_\d+)?$/u.test(name)) {
    throw new PageLinkError(
      'not_a_page',
      text,
      'this is a number that only the one who is signed in can open; the public name of the channel is wanted',
    );
  }
  return telegramName(name, text);
}

function nameOfCommand(address: URL, text: string): string {
  const command = (address.hostname || address.pathname).replace(/\//gu, '').toLowerCase();
  if (command === 'join') {
    throw invitation(text);
  }
  if (command === 'privatepost') {
    throw privateChannel(text);
  }
  if (command === 'user') {
    throw new PageLinkError('person', text, 'this is a person, not a channel');
  }
  const domain = address.searchParams.get('domain');
  if (command !== 'resolve' || domain === null) {
    throw new PageLinkError('not_a_page', text, 'this is an action of Telegram, not a channel');
  }
  return telegramName(domain, text);
}

function invitation(text: string): PageLinkError {
  return new PageLinkError(
    'invite',
    text,
    'this invites into a closed chat or channel; its public name is wanted',
  );
}

function privateChannel(text: string): PageLinkError {
  return new PageLinkError('private', text, 'this channel is private, so that nobody outside can read it');
}
