import type { CheerioAPI } from 'cheerio';
import type { Doubt, ObservedPost } from '../../source.ts';
import { oldestInOrder } from '../kit/dates.ts';
import { strangeDrops, strangeReasons } from '../kit/dropped.ts';
import { BrokenPage, WrongPlace } from './errors.ts';
import type { ShownMessage } from './map-message.ts';
import { mapPost } from './map-message.ts';
import { checkPlace, idsOf, isRising, readLink, readMessages, withoutCutAlbum } from './shown-messages.ts';

/** The messages of one page of a preview, mapped. */
export interface MessagesPage {
  /** Whose messages they are: positive; `null` when the page has none. */
  channelId: number | null;
  posts: ObservedPost[];
  dropped: Record<string, number>;
  /** Ids that are there: every message of this page, those of no post too. */
  ids: number[];
  /** How many messages the page shows, whatever they are, those of albums counted singly. */
  shown: number;
  /** The page shows no message at all, whoever's. */
  isEmpty: boolean;
  /** The page itself says that there are older messages. */
  isLinked: boolean;
  /** An album at the old end was left out: the next page shows it. */
  isCut: boolean;
  /**
   * Older messages are asked for from this id on, itself left out: the oldest one here, whatever the page's link says,
   * so that nothing is passed over. `null` when the page shows the channel's first message, or nothing and no way on.
   */
  next: number | null;
  /**
   * Publication of the oldest message of this page, one odd date passed over; of the newest one where dates do not rise
   * with ids, for odd dates must not end a way back. `null` when there is none.
   */
  oldest: Date | null;
  /** Publications from the newest message to the oldest. */
  dates: readonly Date[];
  /** A message has shown reactions, on this page or before. */
  hasReacted: boolean;
  /**
   * Ids and dates rise from the first message to the last, each with its id, so that absence means something; of many
   * one date may be odd.
   */
  inOrder: boolean;
  /** Half of the messages or more are no posts of this channel. */
  doubt: Doubt | null;
}

/** What a page is read by. */
export interface PageQuestion {
  /** The name that was asked for. */
  name: string;
  /** The id that the name belonged to; `null` when it is to be learnt. */
  nativeId: number | null;
  /** Only messages with smaller ids were asked for; `null`: the newest. */
  before: number | null;
  /** A message of the channel has shown reactions before, so that none on this page are none. */
  hasReacted: boolean;
  /** When the page was asked for: nothing can have been published later. */
  now: Date;
  /** The positive id of a channel by its name, where it is known. */
  idOf(name: string): number | null;
}

/** Milliseconds that the clocks of this machine and of Telegram may differ by. */
const clocksDiffer = 3_600_000;

/** Whose the messages are. A page of several channels is that of the one asked for, when it is among them. */
function channelOf(messages: readonly ShownMessage[], { name, nativeId }: PageQuestion): number | null {
  if (messages.length === 0) return null;
  const ids = messages.flatMap(({ channelId }) => channelId ?? []);
  const [first] = ids;
  if (first === undefined) {
    throw new BrokenPage(`no message of ${name} tells its channel: a number c in data-view was expected`);
  }
  if (nativeId !== null && ids.includes(nativeId)) return nativeId;
  if (ids.some((id) => id !== first)) {
    throw new BrokenPage(`messages of one channel were expected, those of ${name} are of several`);
  }
  return first;
}

function isLater({ published }: ShownMessage, now: Date): boolean {
  return published !== null && published.getTime() > now.getTime() + clocksDiffer;
}

function dropReason(message: ShownMessage, channelId: number | null, now: Date): string | null {
  if (message.channelId !== null && message.channelId !== channelId) return 'other_channel';
  if (message.isService) return 'service';
  if (!message.published) return 'no_date';
  return isLater(message, now) ? 'future_date' : null;
}

/** Where the way back goes on from a page that shows no message. */
function nextOfEmpty(link: { before: number | null } | null, { name, before }: PageQuestion): number | null {
  if (!link) return null;
  if (link.before === null) throw new BrokenPage(`the link to older messages of ${name} names no message`);
  if (before !== null && link.before >= before) {
    throw new WrongPlace(
      `older messages of ${name} than ${before} were expected, the page does not lead there`,
    );
  }
  // There is no message before the first.
  return link.before > 1 ? link.before : null;
}

/** Publications in the order of the page, those of the future left out. */
function datesOf(messages: readonly ShownMessage[], now: Date): Date[] {
  return messages.flatMap((message) => (isLater(message, now) ? [] : (message.published ?? [])));
}

function oldestOf(dates: readonly Date[], inOrder: boolean): Date | null {
  if (inOrder) return oldestInOrder(dates, (later, earlier) => later < earlier);
  return dates.length === 0 ? null : new Date(Math.max(...dates.map((date) => date.getTime())));
}

function doubtOf({ posts, dropped }: MessagesPage, name: string): Doubt | null {
  const strange = strangeDrops(dropped);
  const all = posts.length + Object.values(dropped).reduce((sum, count) => sum + count, 0);
  if (strange === 0 || 2 * strange < all) return null;
  return {
    kind: 'dropped',
    detail: `half of the messages of ${name} or more are no posts of it (${strangeReasons(dropped)})`,
  };
}

/**
 * Maps the messages of a preview. Pure. An album is one post. One that the old end of the page may have cut is left out
 * altogether, and read again by whoever goes on from `next`. Throws `BrokenPage`, which says what was expected, and
 * `WrongPlace`.
 */
export function mapMessages($: CheerioAPI, question: PageQuestion): MessagesPage {
  const { name, before, now } = question;
  const { messages, others, withoutId } = readMessages($, name);
  checkPlace(messages, name, before);
  const link = readLink($);
  const isEmpty = messages.length + others.length + withoutId === 0;
  const kept = withoutCutAlbum(messages);
  const ids = kept.flatMap(idsOf);
  const smallest = kept.reduce((least, { id }) => Math.min(least, id), Infinity);
  const inOrder = isRising(messages) && withoutId === 0;
  const dates = datesOf(kept, now);
  const page: MessagesPage = {
    channelId: channelOf(messages, question),
    posts: [],
    dropped: {},
    ids: [...new Set(ids)],
    shown: messages.flatMap(idsOf).length + others.length + withoutId,
    isEmpty,
    isLinked: link !== null,
    isCut: kept.length < messages.length,
    next: isEmpty ? nextOfEmpty(link, question) : smallest > 1 && kept.length > 0 ? smallest : null,
    oldest: oldestOf(dates, inOrder),
    dates: dates.toReversed(),
    hasReacted: question.hasReacted || messages.some(({ reactions }) => reactions !== 'absent'),
    inOrder,
    doubt: null,
  };
  const drop = (reason: string, count = 1) => {
    if (count > 0) page.dropped[reason] = (page.dropped[reason] ?? 0) + count;
  };
  drop('no_id', withoutId);
  drop('other_channel', others.length);
  const seen = new Set<number>();
  for (const message of kept) {
    const reason = seen.has(message.id) ? 'twice' : dropReason(message, page.channelId, now);
    seen.add(message.id);
    if (reason !== null) drop(reason);
    else page.posts.push(mapPost(message, { reactions: page.hasReacted, idOf: question.idOf }));
  }
  page.doubt = doubtOf(page, name);
  return page;
}
