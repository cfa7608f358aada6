import type { LinkedPage } from '../networks/definition.ts';
import { decoded } from './address.ts';
import { LinkRefused } from './refused.ts';

const hosts = new Set(['vk.com', 'vk.ru', 'vk.me', 'vkontakte.ru', 'vkontakte.com']);
const subdomains = /^(?:www|m|new|mobile|web|0)\./u;

/** Words VK keeps for its own sections: no page can be called so. */
const sections = new Set(
  (
    'about,ads,adsmanager,album,albums,app,apps,article,articles,artist,audio,audio_playlist,audios,blog,board,bookmarks,' +
    'bugs,catalog,calls,clip,clips,curator,dev,discover,doc,docs,donut,edit,event,events,fave,feed,friends,gifts,games,' +
    'groups,help,im,invite,join,jobs,login,mail,market,media,memories,music,notifications,page,pages,people,photo,photos,' +
    'playlist,podcast,podcasts,podcast_episode,press,privacy,product,products,public,restore,search,services,settings,' +
    'shorts,staff,stats,stickers,stories,story,support,terms,topic,uslugi,video,videos,vkpay,wall,write'
  ).split(','),
);

/** Addresses of VK's scripts, such as `away.php`; they are sections too. */
const script = /\.php$/u;

/** VK's house of videos: pages of communities stand under `@name`. */
const videoHosts = new Set(['vkvideo.ru', 'm.vkvideo.ru', 'vk.video', 'm.vk.video']);
/** Broadcasts of persons, and shortened links, which do not tell where they lead. */
const otherHosts: ReadonlyMap<string, string> = new Map([
  ['live.vkvideo.ru', 'this is a broadcast, not a community'],
  ['live.vkplay.ru', 'this is a broadcast, not a community'],
  ['vk.cc', 'this is a shortened link: open it, and take the address it leads to'],
]);

/** A post, photo and so on of a person: its owner's id has no minus. */
const personsItem = /^(?:wall|photo|video|clip|album|audio|topic|market|doc|story|podcast)\d+_\d+$/u;

/** A list of videos or tracks: it can hold what others have published, and does not stand for its owner's page. */
const playlist = /^(?:audio_)?playlist(?:-\d.*|\d+_\d+)?$/u;
const numberedList = /^-?\d+_-?\d+/u;

function playlistError(): LinkRefused {
  return new LinkRefused(
    'playlist',
    'this is a playlist, not a community: give the address of the community',
  );
}

/** Whether a host is VK's, in any of its names and front doors. */
function isVkHost(host: string): boolean {
  return hosts.has(host.replace(subdomains, ''));
}

function isSection(word: string): boolean {
  return sections.has(word) || script.test(word);
}

/** The community an address leads to; `null` when its host is none of VK's. Throws `LinkRefused` for what is no community. */
export function parseVkLink(address: URL, host: string): LinkedPage | null {
  return isVkHost(host) ? parseVkAddress(address) : parseVkVideoAddress(address, host);
}

/** Where VK's warning before foreign links (`away.php`) leads to; `null` for any other address. */
export function vkPassesTo(address: URL, host: string): string | null {
  return isVkHost(host) && address.pathname === '/away.php' ? address.searchParams.get('to') || null : null;
}

/** The community that a mention names in VK's own markup, `[club1|name]`, as `club1`; `null` for any other text. */
export function vkMention(text: string): string | null {
  const mention = /^\[(club|public|event)(\d+)\|[^\]]*\]$/i.exec(text);
  return mention && `club${mention[2]}`;
}

/** Whether a word in lower case can only be VK's: `club1`, `wall-1`, `wall-1_2`. */
export function isVkWord(word: string): boolean {
  return /^(?:(?:club|public|event)\d+|wall-\d+(?:_\d+)?)$/u.test(word);
}

/**
 * The community an address of VK Video leads to: `@name`, `video-123_45`, also within a playlist; `null` when the host
 * is none of VK's houses beside its main one. Throws `LinkRefused` for what names no community.
 */
function parseVkVideoAddress(address: URL, host: string): LinkedPage | null {
  const other = otherHosts.get(host);
  if (other !== undefined) throw new LinkRefused('not_a_page', other);
  if (!videoHosts.has(host)) return null;
  const segments = decoded(address.pathname).toLowerCase().split('/').filter(Boolean);
  const [shown, list] = ['z', 'list'].map((name) => address.searchParams.get(name)?.toLowerCase() ?? '');
  const words = [...segments.filter((_, index) => segments[index - 1] !== 'playlist'), shown ?? ''];
  const named = words.find((word) => /^(?:@[^-]|@?-\d|(?:video|clip)-\d)/u.test(word));
  if (named !== undefined) return parseVkWord(named.replace(/^@(?=-?(?:club|public|event)?\d+$)/u, ''));
  if (segments.some((word) => personsItem.test(word))) {
    throw new LinkRefused('person', 'this is a page of a person, not of a community');
  }
  if (words.some((word) => playlist.test(word)) || numberedList.test(list ?? '')) throw playlistError();
  throw new LinkRefused('not_a_page', 'this is a section of VK Video, not a community');
}

/** The community a VK address leads to. Throws `LinkRefused` for persons, invitations and VK's own sections. */
function parseVkAddress(address: URL): LinkedPage {
  const segments = decoded(address.pathname).toLowerCase().split('/').filter(Boolean);
  const shown = ['w', 'z', 'sel', 'act_post'].map(
    (name) => address.searchParams.get(name)?.toLowerCase() ?? '',
  );
  const [first, second] = segments;
  if (first === 'join' || first === 'invite') {
    throw new LinkRefused('invite', 'this invites into a chat, and does not name a community');
  }
  // An address of a community has one part; what stands in a folder is of a section that has no name here.
  if (
    first !== undefined &&
    !isSection(first) &&
    (second === undefined || /^(?:@|(?:club|public|event)\d+$)/u.test(first))
  ) {
    return parseVkWord(first);
  }
  const items = [first === 'playlist' ? '' : (second ?? ''), ...shown];
  const inside = items.find((part) => /^@|^-\d|^[a-z]+-\d/u.test(part) && !playlist.test(part));
  if (inside !== undefined) {
    return parseVkWord(inside);
  }
  if ([first ?? '', ...items].some((word) => playlist.test(word))) throw playlistError();
  if (first === 'clips' && second !== undefined) {
    return parseVkWord(second);
  }
  throw new LinkRefused('not_a_page', 'this is a section of VK, not a community');
}

/**
 * The community one word of VK names, in lower case: `name`, `club1`, `wall-1_2`, `-1`, `1`, `@name-of-an-article`.
 * Throws `LinkRefused` for persons, playlists and what cannot be a name.
 */
export function parseVkWord(word: string): LinkedPage {
  if (playlist.test(word) && word !== 'playlist') throw playlistError();
  const id =
    /^(?:club|public|event|board|gim)(\d+)$/u.exec(word) ??
    /^(?:[a-z]*|@)-(\d+)(?:[_-].*)?$/u.exec(word) ??
    /^(\d+)$/u.exec(word);
  if (id?.[1] !== undefined) {
    const nativeId = Number(id[1]);
    if (nativeId < 1 || !Number.isSafeInteger(nativeId)) {
      throw new LinkRefused('not_a_page', 'this cannot be the id of a community');
    }
    return { nativeId, name: null };
  }
  const name = word.startsWith('@') ? (word.slice(1).split('-')[0] ?? '') : word;
  if (/^id\d+$/u.test(name) || personsItem.test(name)) {
    throw new LinkRefused('person', 'this is a page of a person, not of a community');
  }
  if (!/^(?=.*[a-z_])[a-z0-9_.]{2,64}$/u.test(name) || isSection(name) || /^app\d+$/u.test(name)) {
    throw new LinkRefused('not_a_page', 'this cannot be the name of a community in VK');
  }
  return { nativeId: null, name };
}
