import type { Clock } from '../../../domain/clock.ts';
import { BrokenPage, WebFailure } from './errors.ts';
import type { MessagesPage } from './map.ts';
import { mapMessages } from './map.ts';
import type { Card, Header, Shown } from './map-page.ts';
import { homeCause, readShown } from './map-page.ts';
import type { Web } from './web.ts';

/** What reading is done with. */
export interface Reader {
  web: Web;
  clock: Clock;
  /** Positive ids of channels by their names in small letters, as far as they were told or read. */
  ids: Map<string, number>;
  /** Native ids of channels whose readers were seen to react since their newest page was read. */
  reacting: Set<number>;
  /** When a channel's exact subscribers were read, by native id. */
  cards: Map<number, Date>;
}

/** A channel known by its id, to be read by its name. */
export interface KnownPage {
  nativeId: number;
  name: string | null;
}

/** One page of a channel's preview. */
export interface PreviewPage extends MessagesPage {
  header: Header;
}

/** Maps what was answered; HTML of another shape is a failure that says what was expected. */
function mapped<Result>(map: () => Result): Result {
  try {
    return map();
  } catch (error) {
    if (error instanceof BrokenPage) throw new WebFailure('broken', `broken: ${error.message}`);
    throw error;
  }
}

async function show(reader: Reader, path: string, name: string, signal?: AbortSignal): Promise<Shown> {
  const answer = await reader.web.get(path, signal);
  if (answer.isHome) return { is: 'free', cause: homeCause(name) };
  return mapped(() => readShown(answer.html, name));
}

/** A channel without messages to read: no preview, or blocked; and why. */
export interface Unread {
  title: string;
  failure: WebFailure;
}

/** The page of a name, or the channel without messages that it is. Throws `WebFailure`. */
export async function readPreview(
  reader: Reader,
  name: string,
  question: { nativeId: number | null; before: number | null },
  signal?: AbortSignal,
): Promise<PreviewPage | Unread> {
  const query = question.before === null ? '' : `?before=${question.before}`;
  const shown = await show(reader, `/s/${encodeURIComponent(name)}${query}`, name, signal);
  switch (shown.is) {
    case 'free':
      throw new WebFailure('free_name', shown.cause);
    case 'other':
      throw new WebFailure('not_channel', `telegram: ${name} is not a channel but ${shown.other}`);
    case 'blocked': {
      const cause = `telegram: the channel ${name} is blocked (${shown.reason})`;
      return { title: shown.title, failure: new WebFailure('blocked', cause) };
    }
    case 'card': {
      const cause = `telegram: the channel ${name} shows no preview: read it by an account (telegram login)`;
      return { title: shown.card.title, failure: new WebFailure('closed', cause) };
    }
    default: {
      const { header, $ } = shown;
      const idOf = (other: string) => reader.ids.get(other.toLowerCase()) ?? null;
      const known = question.nativeId ?? idOf(name);
      // The newest page says it anew: readers may have been told to stop reacting.
      const isOlder = question.before !== null;
      const hasReacted = isOlder && known !== null && reader.reacting.has(known);
      const page = mapped(() => mapMessages($, { name, ...question, hasReacted, idOf }));
      if (page.channelId !== null) reader.ids.set(name.toLowerCase(), page.channelId);
      if (page.channelId !== null && page.hasReacted) reader.reacting.add(page.channelId);
      else if (page.channelId !== null) reader.reacting.delete(page.channelId);
      return { ...page, header };
    }
  }
}

/** One page of the preview of a known channel. Throws `WebFailure`, also when the name leads elsewhere. */
export async function readPage(
  reader: Reader,
  { nativeId, name }: KnownPage,
  before: number | null,
  signal?: AbortSignal,
): Promise<PreviewPage> {
  if (name === null) {
    throw new WebFailure(
      'closed',
      `telegram: the channel ${nativeId} has no name by which t.me would show it: read it by an account (telegram login)`,
    );
  }
  const page = await readPreview(reader, name, { nativeId, before }, signal);
  if ('failure' in page) throw page.failure;
  if (page.channelId !== null && page.channelId !== nativeId) {
    throw new WebFailure(
      'taken_over',
      `telegram: the name ${name} leads to the channel ${page.channelId} now, the page was the channel ${nativeId}`,
    );
  }
  return page;
}

/** The card of a channel; `null` when the name shows something else by now. Throws `WebFailure`. */
export async function readCard(reader: Reader, name: string, signal?: AbortSignal): Promise<Card | null> {
  const shown = await show(reader, `/${encodeURIComponent(name)}`, name, signal);
  return shown.is === 'card' ? shown.card : null;
}
