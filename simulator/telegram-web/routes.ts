import type { World } from '../world/world.ts';
import type { WebCallKind } from './call-log.ts';
import { blockedPage, cardPage, contactPage } from './card-page.ts';
import type { LeftOut } from './history-page.ts';
import { historyPage } from './history-page.ts';
import { messagePage } from './message-page.ts';
import { namedAt } from './names.ts';
import { homePage } from './other-pages.ts';
import type { Position } from './page-of-posts.ts';

/** What an address means. */
export interface Request {
  kind: WebCallKind;
  /** The name asked for, in small letters; empty without one. */
  name: string;
  position: Position;
  /** Of `message`: its id. */
  id: number | null;
}

/** What is answered to it: a page, or the path to go on to. */
export type WebAnswer = { status: 200; body: string } | { status: 302; location: string };

const nothing: Request = { kind: 'other', name: '', position: null, id: null };
/** How others ask for a message to embed it. */
const embedding = '?embed=1&mode=tme';
/** Names that Telegram gives; others lead to its home page. */
const possibleName = /^[a-z]\w{3,31}$/;

function positionOf(query: URLSearchParams): Position | undefined {
  const entries = [...query];
  const [entry] = entries;
  if (entry === undefined) return null;
  const [side, text] = entry;
  if (entries.length > 1 || !/^[1-9]\d{0,9}$/.test(text)) return undefined;
  if (side === 'before') return { before: Number(text) };
  return side === 'after' ? { after: Number(text) } : undefined;
}

/** Reads an address; whatever `t.me` has beyond `/`, `/<name>`, `/s/<name>?before=N` and embedded messages is `other`. */
export function requestOf(address: URL): Request {
  const { pathname, searchParams } = address;
  if (pathname === '/') return searchParams.size === 0 ? { ...nothing, kind: 'home' } : nothing;
  const [, messageOf, id] = /^\/(\w+)\/([1-9]\d{0,9})$/.exec(pathname) ?? [];
  if (messageOf !== undefined && address.search === embedding) {
    return { kind: 'message', name: messageOf.toLowerCase(), position: null, id: Number(id) };
  }
  const match = /^\/(s\/)?(\w+)$/.exec(pathname);
  const position = positionOf(searchParams);
  if (match === null || position === undefined) return nothing;
  const name = (match[2] ?? '').toLowerCase();
  if (match[1] !== undefined) return { kind: 'history', name, position, id: null };
  return position === null ? { kind: 'card', name, position, id: null } : nothing;
}

/**
 * What `t.me` answers at an instant. Posts that are not shown (no preview, no channel, a blocked one) lead to the card;
 * what cannot be a name leads to the home page, which is shown at `/` so that nobody leaves this server.
 */
export function answerOf(
  world: World,
  request: Request,
  instant: number,
  { cutsAlbums, leftOut }: { cutsAlbums: boolean; leftOut?: LeftOut },
): WebAnswer {
  const { kind, name, position, id } = request;
  if (kind === 'home') return { status: 200, body: homePage };
  if (!possibleName.test(name)) return { status: 302, location: '/' };
  const named = namedAt(world, name, instant);
  if (kind === 'history') {
    return named.kind === 'channel' && named.preview
      ? { status: 200, body: historyPage(named, position, instant, cutsAlbums, leftOut) }
      : { status: 302, location: `/${name}` };
  }
  if (kind === 'message') return { status: 200, body: messagePage(named, name, id ?? 0, instant) };
  switch (named.kind) {
    case 'channel':
      return { status: 200, body: cardPage(named) };
    case 'blocked':
      return { status: 200, body: blockedPage(named.name, named.title) };
    case 'free':
      return { status: 200, body: contactPage(name) };
  }
}
