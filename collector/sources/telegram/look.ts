import type { Look, LookRequest, ObservedPost, PageProfile, Window } from '../../source.ts';
import { getFullChannel } from './calls.ts';
import { TelegramFailure, outcomeOf } from './errors.ts';
import type { HistoryPage } from './map.ts';
import type { Channel, FullChannel } from './map-channel.ts';
import { mapFullChannel } from './map-channel.ts';
import { takenOver } from './pool.ts';
import type { Reader } from './reader.ts';
import { blockedBy, mapped, notesOn, pagesBack } from './reader.ts';

const hour = 3_600_000;
/** Subscribers and settings are asked for once a day; growth needs them within two days of any bound. */
const fullEvery = 20 * hour;
/** The name of a channel that lets nobody in is looked up once a week: somebody else may have it. */
const nameEvery = 7 * 24 * hour;
/** Pages of messages about the channel itself that are passed to find a post. */
const mostWithoutPosts = 5;

/** What a look is made of, while pages of messages are read. */
interface Gathered {
  posts: Map<number, ObservedPost>;
  removed: number[];
  dropped: Record<string, number>;
  ids: number[];
  pages: number;
  inOrder: boolean;
  oldest: Date | null;
  end: boolean;
  channel: Channel | null;
}

function gather(gathered: Gathered, page: HistoryPage): void {
  for (const post of page.posts) gathered.posts.set(post.postId, post);
  gathered.removed.push(...page.removed);
  gathered.ids.push(...page.ids);
  for (const [reason, count] of Object.entries(page.dropped)) {
    gathered.dropped[reason] = (gathered.dropped[reason] ?? 0) + count;
  }
  const isLater = page.oldest !== null && gathered.oldest !== null && page.oldest > gathered.oldest;
  gathered.inOrder &&= page.inOrder && !isLater;
  gathered.oldest = page.oldest ?? gathered.oldest;
  gathered.end = page.end;
  gathered.channel ??= page.channel;
  gathered.pages += 1;
}

/** Messages keep their ids and are read by them, so that several answers cover what one would. */
function windowOf({ inOrder, end, oldest, ids }: Gathered): Window | null {
  if (!inOrder) return null;
  if (end) return { after: null, ids };
  return oldest ? { after: oldest, ids } : null;
}

function profileOf(gathered: Gathered, full: FullChannel | null): PageProfile | null {
  const channel = gathered.channel ?? full?.channel;
  if (!channel || channel.forbidden) return null;
  const subscribers = full?.subscribers ?? channel.subscribers;
  const { name, title } = channel;
  return { name, title, subscribers, subscribersPrecision: subscribers === null ? null : 'exact' };
}

function isDue(last: Date | null, now: Date, every: number): boolean {
  return last === null || Math.abs(now.getTime() - last.getTime()) >= every;
}

/**
 * All of a channel's settings, when it is time to ask. A failure that tells nothing of the channel is passed over: its
 * posts may still be had. Throws `TelegramFailure` for one that does.
 */
async function readFull(
  reader: Reader,
  request: LookRequest,
  signal?: AbortSignal,
): Promise<FullChannel | null> {
  const notes = notesOn(reader, request.nativeId);
  if (!isDue(notes.fullAt, reader.clock.now(), fullEvery)) return null;
  try {
    const answer = await reader.pool.read(request, 'channels.getFullChannel', getFullChannel, signal);
    const full = mapped(() => mapFullChannel(answer, request.nativeId));
    notes.fullAt = reader.clock.now();
    notes.reactions = full.reactions;
    if (full.channel?.blocked) throw blockedBy(full.channel.blocked);
    return full;
  } catch (error) {
    if (error instanceof TelegramFailure && error.kind !== 'stopped' && outcomeOf(error).state === null) {
      return null;
    }
    throw error;
  }
}

/**
 * A channel that lets nobody in may have been deleted, and its name be somebody else's by now: Telegram says the same of
 * both. Returns what is known after looking the name up; when that is not possible, what was known before.
 */
async function whoseName(
  reader: Reader,
  request: LookRequest,
  failure: TelegramFailure,
  signal?: AbortSignal,
): Promise<TelegramFailure> {
  const notes = notesOn(reader, request.nativeId);
  const { name, nativeId } = request;
  if (failure.kind !== 'closed' || name === null) return failure;
  if (!isDue(notes.nameAt, reader.clock.now(), nameEvery)) return notes.nameTaken ?? failure;
  try {
    const thing = await reader.pool.resolve(name, signal);
    notes.nameAt = reader.clock.now();
    const isOurs = 'channel' in thing && thing.channel.nativeId === nativeId;
    notes.nameTaken = isOurs ? null : takenOver(request, thing);
    return notes.nameTaken ?? failure;
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'free_name') notes.nameAt = reader.clock.now();
    return failure;
  }
}

/** The look at one page: a page of messages, more of them until `since`, and once a day all of its settings. */
export async function lookAt(
  reader: Reader,
  request: LookRequest,
  signal?: AbortSignal,
): Promise<Look | null> {
  const { clock } = reader;
  const { pageId, since } = request;
  const started = clock.now();
  const gathered: Gathered = {
    posts: new Map(),
    removed: [],
    dropped: {},
    ids: [],
    pages: 0,
    inOrder: true,
    oldest: null,
    end: false,
    channel: null,
  };
  let full: FullChannel | null = null;
  let failure: TelegramFailure | null = null;
  try {
    full = await readFull(reader, request, signal);
    for await (const page of pagesBack(reader, request, request.newest, signal)) {
      gather(gathered, page);
      const isReached = since === null || (page.oldest !== null && page.oldest <= since);
      const isBarren = gathered.posts.size === 0 && gathered.pages < mostWithoutPosts;
      if (isReached && !isBarren) break;
    }
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'stopped') return null;
    failure = await whoseName(reader, request, error, signal);
  }
  const posts = [...gathered.posts.values()];
  const { removed, dropped } = gathered;
  const seen = {
    pageId,
    profile: profileOf(gathered, full),
    started,
    observed: clock.now(),
    removed,
    dropped,
    posts,
  };
  if (failure) {
    const { outcome, state } = outcomeOf(failure);
    const known = state ?? (gathered.pages > 0 ? 'ok' : null);
    return { ...seen, outcome, cause: failure.message, state: known, window: null };
  }
  const outcome = posts.length > 0 ? 'ok' : 'empty';
  return { ...seen, outcome, cause: '', state: 'ok', window: windowOf(gathered) };
}
