import type { CheerioAPI } from 'cheerio';
import type { ObservedPost } from '../../source.ts';
import { countOf, instantOf } from '../telegram/values.ts';
import type { ShownCount } from './counts.ts';
import { parseCount, shownCount, sumOf } from './counts.ts';
import type { PageNode } from './text.ts';
import type { MessageText } from './message-text.ts';
import { messageText } from './message-text.ts';

/** The messages of a preview. Not their `js-` classes, which serve the page's own script. */
export const messageSelector = '.tgme_widget_message';

/** A message, or an album as one, as a page shows it. */
export interface ShownMessage extends MessageText {
  /** The name in `data-post`, as written there. */
  channelName: string;
  /** Of an album the smallest id that is seen. */
  id: number;
  /** Ids of an album's messages, ascending; empty for a single message. */
  parts: readonly number[];
  /** Positive id of the channel by `data-view`; `null` when it does not say. */
  channelId: number | null;
  isService: boolean;
  published: Date | null;
  views: ShownCount | null;
  /** All reactions of readers summed; `absent` when the message shows none, `null` when they cannot be read. */
  reactions: ShownCount | 'absent' | null;
  /** Paid reactions (Stars); `null` when the message shows none, or they cannot be read. */
  stars: number | null;
  /** Where it was forwarded from; `null` for a message of the channel's own. */
  source: MessageSource | null;
}

/** The source of a forward as its link tells it. */
export interface MessageSource {
  /** The channel's name, or `null` when the link holds none. */
  name: string | null;
  /** The id of a channel without a name, positive; `null` elsewhere. */
  channelId: number | null;
  post: number | null;
}

/** Longer than any link or key of a message. */
const longestAttribute = 2_000;

interface View {
  channelId: number | null;
  isAlbum: boolean;
}

/** Reads `data-view`: base64 (of either alphabet) of JSON with `c`, the channel, and `p`, the message, `123g` for an album. */
export function parseView(encoded: string | undefined): View {
  const nothing = { channelId: null, isAlbum: false };
  if (encoded === undefined || encoded.length > longestAttribute) return nothing;
  try {
    const view = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { c?: unknown; p?: unknown };
    const channelId = typeof view.c === 'number' && Number.isSafeInteger(view.c) ? Math.abs(view.c) : null;
    return { channelId: channelId || null, isAlbum: typeof view.p === 'string' && view.p.endsWith('g') };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return nothing;
    throw error;
  }
}

function hrefOf($: CheerioAPI, link: PageNode): string {
  return ($(link).attr('href') ?? '').slice(0, longestAttribute);
}

function partsOf($: CheerioAPI, message: PageNode, channelName: string, id: number): number[] {
  const part = new RegExp(`/${channelName}/(\\d+)\\?(?:[^#]*&)?single\\b`, 'iu');
  const ids = $(message)
    .find('a[href]')
    .filter(
      (_, link) => $(link).closest('.tgme_widget_message_text, .tgme_widget_message_reply').length === 0,
    )
    .toArray()
    .flatMap((link) => countOf(Number(part.exec(hrefOf($, link))?.[1])) ?? []);
  return [...new Set([id, ...ids])].sort((one, other) => one - other);
}

/** Paid reactions have a class of their own and no emoji, at times only the icon of Stars. */
function isPaid($: CheerioAPI, reaction: PageNode): boolean {
  return $(reaction).is('.tgme_reaction_paid') || $(reaction).find('[class*="telegram-stars"]').length > 0;
}

function countIn($: CheerioAPI, reaction: PageNode): ShownCount | null {
  const own = $(reaction).clone().children().remove().end().text().trim();
  // An emoji may be text beside the number, without an element around it.
  return parseCount(own) ?? shownCount(/-?[\d.,]+\s?[KMB]?$/iu.exec(own.slice(-20))?.[0] ?? '');
}

function reactionsOf($: CheerioAPI, message: PageNode): Pick<ShownMessage, 'reactions' | 'stars'> {
  const shown = $(message)
    .find('.tgme_widget_message_reactions')
    .find('.tgme_reaction, .tgme_reaction_paid')
    .toArray();
  const [paid, free] = [true, false].map((wanted) =>
    shown.filter((reaction) => isPaid($, reaction) === wanted).map((reaction) => countIn($, reaction)),
  );
  return {
    reactions: free && free.length > 0 ? sumOf(free) : 'absent',
    stars: paid && paid.length > 0 ? (sumOf(paid)?.count ?? null) : null,
  };
}

function sourceOf($: CheerioAPI, message: PageNode): MessageSource | null {
  const from = $(message).find('.tgme_widget_message_forwarded_from');
  if (from.length === 0) return null;
  const link = (from.find('a.tgme_widget_message_forwarded_from_name').attr('href') ?? '').slice(
    0,
    longestAttribute,
  );
  const path = URL.canParse(link) ? new URL(link).pathname : '';
  const [, numbered, numberedPost] = /^\/c\/(\d+)(?:\/(\d+))?/u.exec(path) ?? [];
  if (numbered !== undefined) {
    return { name: null, channelId: countOf(Number(numbered)), post: countOf(Number(numberedPost)) };
  }
  const [, name, post] = /^\/(?:s\/)?(\w+)(?:\/(\d+))?/u.exec(path) ?? [];
  return { name: name ?? null, channelId: null, post: countOf(Number(post)) };
}

/** Reads one element of messages; `null` when its `data-post` names none. */
export function readMessage($: CheerioAPI, message: PageNode): ShownMessage | null {
  const [, channelName, number] = /^(\w+)\/(\d+)$/u.exec($(message).attr('data-post') ?? '') ?? [];
  const id = countOf(Number(number));
  if (channelName === undefined || id === null || id === 0) return null;
  const { channelId, isAlbum } = parseView($(message).attr('data-view'));
  const isGrouped = isAlbum || $(message).find('.tgme_widget_message_grouped_wrap').length > 0;
  const parts = isGrouped ? partsOf($, message, channelName, id) : [];
  const time = $(message).find('.tgme_widget_message_date time[datetime]').attr('datetime') ?? '';
  return {
    channelName,
    id: parts[0] ?? id,
    parts,
    channelId,
    isService: $(message).hasClass('service_message'),
    published: instantOf(Date.parse(time) / 1000),
    ...messageText($, message),
    views: shownCount($(message).find('.tgme_widget_message_views').first().text()),
    ...reactionsOf($, message),
    source: sourceOf($, message),
  };
}

/** What a message is mapped to a post by. */
export interface PostContext {
  /** Whether some message of the page shows reactions, so that their absence means none. */
  reactions: boolean;
  /** The positive id of a channel by its name, where it is known. */
  idOf(name: string): number | null;
}

/**
 * The post that a message is. What `t.me` does not show is unknown: forwards, comments, the instant of an edit (the page
 * only has the word), pins. Throws `RangeError` without a time.
 */
export function mapPost(message: ShownMessage, { reactions, idOf }: PostContext): ObservedPost {
  const { source, views, published } = message;
  if (!published) throw new RangeError('A post has a time of publication.');
  const likes =
    message.reactions === 'absent'
      ? reactions
        ? { count: 0, precision: 'exact' as const }
        : null
      : message.reactions;
  const sourceId = source?.channelId ?? (source?.name ? idOf(source.name) : null);
  return {
    postId: message.id,
    parts: message.parts,
    published,
    placement: 'own',
    kind: source ? 'repost' : 'original',
    text: message.text,
    textKind: message.textKind,
    sourceOwner: sourceId === null ? null : -sourceId,
    sourcePost: source?.post ?? null,
    sourceText: '',
    counters: { views: views?.count ?? null, likes: likes?.count ?? null, comments: null, reposts: null },
    precisions: {
      views: views?.precision ?? null,
      likes: likes?.precision ?? null,
      comments: null,
      reposts: null,
    },
    stars: message.stars,
    edited: null,
    removed: false,
    pinned: false,
    donut: false,
  };
}
