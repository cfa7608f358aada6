import type { CheerioAPI } from 'cheerio';
import type { ObservedPost } from '../../source.ts';
import { countOf } from '../telegram/values.ts';
import { BrokenPage } from './errors.ts';
import type { ShownMessage } from './map-message.ts';
import { mapPost, messageSelector, readMessage } from './map-message.ts';

/** The messages of one page of a preview, mapped. */
export interface MessagesPage {
  /** Whose messages they are: positive; `null` when the page has none. */
  channelId: number | null;
  posts: ObservedPost[];
  dropped: Record<string, number>;
  /** Ids that are there: every message of this page, those of no post too. */
  ids: number[];
  /** Older messages are asked for from this id on, itself left out; `null` when there are none. */
  next: number | null;
  /** Publication of the oldest message of this page; `null` when there is none. */
  oldest: Date | null;
  /** A message has shown reactions, on this page or before. */
  hasReacted: boolean;
  /** Ids and dates rise from the first message to the last, each with its id, so that absence means something. */
  inOrder: boolean;
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
  /** The positive id of a channel by its name, where it is known. */
  idOf(name: string): number | null;
}

function idsOf({ id, parts }: ShownMessage): readonly number[] {
  return parts.length > 0 ? parts : [id];
}

function isRising(messages: readonly ShownMessage[]): boolean {
  let [id, date] = [0, 0];
  for (const message of messages) {
    const at = message.published?.getTime() ?? date;
    if (message.id <= id || at < date) return false;
    [id, date] = [Math.max(...idsOf(message)), at];
  }
  return true;
}

/** Where the link to older messages leads; `null` without such a link. */
function olderThan($: CheerioAPI): number | null {
  const link = $('a.tme_messages_more[data-before]').first();
  if (link.length === 0) return null;
  const before = countOf(Number(link.attr('data-before')));
  if (before === null) {
    throw new BrokenPage(
      `the link to older messages leads before "${link.attr('data-before') ?? ''}", a number was expected`,
    );
  }
  return before;
}

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

function dropReason(message: ShownMessage, channelId: number | null): string | null {
  if (message.channelId !== null && message.channelId !== channelId) return 'other_channel';
  if (message.isService) return 'service';
  return message.published ? null : 'no_date';
}

function checkPlace(messages: readonly ShownMessage[], { name, before }: PageQuestion): void {
  const newest = Math.max(0, ...messages.flatMap(idsOf));
  if (before !== null && newest >= before) {
    throw new BrokenPage(`messages of ${name} before ${before} were expected, the page goes up to ${newest}`);
  }
}

/**
 * Maps the messages of a preview. Pure. An album is one post. One that the old end of the page may have cut is left out
 * altogether, and read again by whoever goes on from `next`. Throws `BrokenPage`, which says what was expected.
 */
export function mapMessages($: CheerioAPI, question: PageQuestion): MessagesPage {
  const { name, before } = question;
  const elements = $(messageSelector).toArray();
  const read = elements.map((element) => readMessage($, element));
  const all = read.filter((message) => message?.channelName.toLowerCase() === name.toLowerCase());
  const messages = all.flatMap((message) => message ?? []);
  const page: MessagesPage = {
    channelId: null,
    posts: [],
    dropped: {},
    ids: [],
    next: olderThan($),
    oldest: null,
    hasReacted: question.hasReacted || messages.some((message) => message.reactions !== 'absent'),
    inOrder: isRising(messages) && !read.includes(null),
  };
  const drop = (reason: string) => (page.dropped[reason] = (page.dropped[reason] ?? 0) + 1);
  for (const message of read) {
    if (!message) drop('no_id');
    else if (!messages.includes(message)) drop('other_channel');
  }
  if (messages.length === 0 && read.length > 0) {
    const [other] = read.flatMap((message) => message ?? []);
    throw new BrokenPage(
      other
        ? `messages of ${name} were expected, the page shows those of ${other.channelName}`
        : `messages of ${name} were expected, none of ${read.length} has a data-post with its name and number`,
    );
  }
  checkPlace(messages, question);
  page.channelId = channelOf(messages, question);
  const [oldest] = [...messages].sort((one, other) => one.id - other.id);
  const isCut = page.next !== null && oldest && oldest.parts.length > 0 && messages.length > 1;
  if (isCut) page.next = Math.max(...oldest.parts) + 1;
  const kept = isCut ? messages.filter((message) => message !== oldest) : messages;
  for (const message of kept) {
    page.ids.push(...idsOf(message));
    if (message.published && (page.oldest === null || message.published < page.oldest)) {
      page.oldest = message.published;
    }
    const reason = dropReason(message, page.channelId);
    if (reason === null)
      page.posts.push(mapPost(message, { reactions: page.hasReacted, idOf: question.idOf }));
    else drop(reason);
  }
  const strange = Object.keys(page.dropped).filter((reason) => reason !== 'service');
  if (strange.length > 0 && page.posts.length + (page.dropped.service ?? 0) === 0) {
    throw new BrokenPage(`not one of ${read.length} messages of ${name} is a post (${strange.join(', ')})`);
  }
  if (page.next !== null && before !== null && page.next >= before) {
    throw new BrokenPage(
      `older messages than ${before} were expected, the page leads on before ${page.next}`,
    );
  }
  return page;
}
