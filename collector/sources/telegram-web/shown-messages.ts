import type { CheerioAPI } from 'cheerio';
import { outOfLine } from '../kit/dates.ts';
import { countOf } from '../telegram/values.ts';
import { BrokenPage, WrongPlace } from './errors.ts';
import type { ShownMessage } from './map-message.ts';
import { messageSelector, readMessage } from './map-message.ts';

/** A page shows about twenty messages. */
const mostMessages = 200;

/** The messages of one page of a preview, as it shows them. */
export interface ShownMessages {
  /** Those of the channel, by the name in their address. */
  messages: readonly ShownMessage[];
  /** Those of other names. */
  others: readonly ShownMessage[];
  /** How many have an address that cannot be read. */
  withoutId: number;
}

/** The ids of a message, or of an album's messages. */
export function idsOf({ id, parts }: ShownMessage): readonly number[] {
  return parts.length > 0 ? parts : [id];
}

/** Reads the messages of a page. Throws `BrokenPage`. */
export function readMessages($: CheerioAPI, name: string): ShownMessages {
  const elements = $(messageSelector).toArray();
  if (elements.length > mostMessages) {
    throw new BrokenPage(
      `about twenty messages of ${name} were expected, the page has more than ${mostMessages}`,
    );
  }
  const read = elements.map((element) => readMessage($, element));
  const all = read.flatMap((message) => message ?? []);
  const isOwn = ({ channelName }: ShownMessage) => channelName.toLowerCase() === name.toLowerCase();
  if (all.length === 0 && read.length > 0) {
    throw new BrokenPage(
      `messages of ${name} were expected, none of ${read.length} has a data-post with its name and number`,
    );
  }
  return {
    messages: all.filter(isOwn),
    others: all.filter((message) => !isOwn(message)),
    withoutId: read.length - all.length,
  };
}

/** Whether a page leads on to older messages, and before which one; an address without a number is `null`. */
export function readLink($: CheerioAPI): { before: number | null } | null {
  const link = $('a.tme_messages_more[data-before]').first();
  if (link.length > 0) return { before: countOf(Number(link.attr('data-before'))) };
  const head = $('link[rel="prev"]').attr('href');
  if (head === undefined) return null;
  return { before: countOf(Number(/[?&]before=(\d{1,15})(?:&|$)/u.exec(head)?.[1])) };
}

/** Whether ids and dates rise from the first message to the last; of many messages one may have an odd date. */
export function isRising(messages: readonly ShownMessage[]): boolean {
  let last = 0;
  for (const message of messages) {
    if (message.id <= last) return false;
    last = idsOf(message).at(-1) ?? message.id;
  }
  const dates = messages.flatMap(({ published }) => published?.getTime() ?? []);
  return outOfLine(dates, (later, earlier) => later < earlier) !== null;
}

/** Throws `WrongPlace` for messages that are not older than those asked for. */
export function checkPlace(messages: readonly ShownMessage[], name: string, before: number | null): void {
  if (before !== null && messages.some(({ id }) => id >= before)) {
    throw new WrongPlace(`messages of ${name} before ${before} were expected, the page shows others`);
  }
}

/**
 * The messages of a page without an album that its old end may have cut, and without what stands between that album's
 * messages: whoever goes on from the oldest of the others reads them again. An album that encloses all others is taken
 * as it is, so that every page leads further back.
 */
export function withoutCutAlbum(messages: readonly ShownMessage[]): readonly ShownMessage[] {
  const [oldest] = [...messages].sort((one, other) => one.id - other.id);
  if (!oldest || oldest.parts.length === 0 || oldest.id === 1) return messages;
  const last = oldest.parts.at(-1) ?? oldest.id;
  const newer = messages.filter(({ id }) => id > last);
  return newer.length > 0 ? newer : messages;
}
