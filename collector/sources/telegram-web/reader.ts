import type { Clock } from '#domain/clock.ts';
import type { OtherKind } from '#domain/vocabulary.ts';
import type { NewestSeen } from '../kit/plausible.ts';
import type { Card } from './errors.ts';
import { BrokenPage, WebFailure, WrongPlace } from './errors.ts';
import type { MessagesPage } from './map.ts';
import { mapMessages } from './map.ts';
import type { Header, Shown } from './map-page.ts';
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
  /** What a channel's newest page showed last, by native id. */
  newest: Map<number, NewestSeen>;
  /** Before which message a channel was proven to have none, and when, by native id. */
  ends: Map<number, { before: number; at: Date }>;
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

/**
 * Maps what was answered; HTML of another shape is a failure that says what was expected. Whatever else a page makes the
 * mapping throw is that page's failure too: it must not end the run of the others.
 */
export function mapped<Result>(map: () => Result): Result {
  try {
    return map();
  } catch (error) {
    if (error instanceof WrongPlace) throw new WebFailure('wrong_place', `telegram: ${error.message}`);
    if (error instanceof BrokenPage) throw new WebFailure('broken', `broken: ${error.message}`);
    const said = error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'unknown';
    throw new WebFailure('broken', `broken: the page could not be read (${said})`);
  }
}

async function show(reader: Reader, path: string, name: string, signal?: AbortSignal): Promise<Shown> {
  const answer = await reader.web.get(path, signal);
  if (answer.isHome) return { is: 'free', cause: homeCause(name) };
  return mapped(() => readShown(answer.html, name));
}

const otherWords: Readonly<Record<OtherKind, string>> = {
  group_chat: 'a group chat',
  bot: 'a bot',
  person: 'a person',
  application: 'an application',
};

/** The channel without messages to read that a name is: without preview, or blocked. */
function unread(shown: Exclude<Shown, { is: 'preview' }>, name: string): WebFailure {
  switch (shown.is) {
    case 'free':
      return new WebFailure('free_name', shown.cause);
    case 'other': {
      const cause = `telegram: ${name} is not a channel but ${otherWords[shown.other]}`;
      return new WebFailure('not_channel', cause, { is: shown.other });
    }
    case 'blocked': {
      const cause = `telegram: the channel ${name} is blocked (${shown.reason})`;
      return new WebFailure('blocked', cause, { card: { title: shown.title, subscribers: null } });
    }
    case 'card': {
      const cause = `telegram: the channel ${name} shows no preview: read it by an account (telegram login)`;
      return new WebFailure('closed', cause, { card: shown.card });
    }
  }
}

/** The page of a name. Throws `WebFailure`, also for a channel without messages to read, with its card. */
export async function readPreview(
  reader: Reader,
  name: string,
  question: { nativeId: number | null; before: number | null },
  signal?: AbortSignal,
): Promise<PreviewPage> {
  const query = question.before === null ? '' : `?before=${question.before}`;
  const shown = await show(reader, `/s/${encodeURIComponent(name)}${query}`, name, signal);
  if (shown.is !== 'preview') throw unread(shown, name);
  const { header, $ } = shown;
  const idOf = (other: string) => reader.ids.get(other.toLowerCase()) ?? null;
  const known = question.nativeId ?? idOf(name);
  // The newest page says it anew: readers may have been told to stop reacting.
  const isOlder = question.before !== null;
  const hasReacted = isOlder && known !== null && reader.reacting.has(known);
  const now = reader.clock.now();
  const page = mapped(() => mapMessages($, { name, ...question, hasReacted, now, idOf }));
  if (page.channelId !== null) reader.ids.set(name.toLowerCase(), page.channelId);
  if (page.channelId !== null && page.hasReacted) reader.reacting.add(page.channelId);
  else if (page.channelId !== null) reader.reacting.delete(page.channelId);
  return { ...page, header };
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
