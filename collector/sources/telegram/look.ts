import type { Look, LookRequest, PageProfile } from '../../source.ts';
import { LookAccumulator } from '../kit/look-accumulator.ts';
import { getFullChannel } from './calls.ts';
import { TelegramFailure, mapped, outcomeOf } from './errors.ts';
import type { Channel, FullChannel } from './map-channel.ts';
import { mapFullChannel } from './map-channel.ts';
import { blockedBy, takenOver } from './page-failures.ts';
import { pagesBack } from './read-back.ts';
import type { Reader } from './reader.ts';
import { messagesPerCall, mustBeOpen, notesOn } from './reader.ts';

const hour = 3_600_000;
/** Subscribers and settings are asked for once a day; growth needs them within two days of any bound. */
const fullEvery = 20 * hour;
/** The name of a channel that lets nobody in is looked up once a week: somebody else may have it. */
const nameEvery = 7 * 24 * hour;

function profileOf(shown: Channel | null, full: FullChannel | null): PageProfile | null {
  const channel = shown ?? full?.channel;
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
    mustBeOpen(full.channel);
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
    const blocked = isOurs ? thing.channel.blocked : null;
    notes.nameTaken = isOurs ? (blocked === null ? null : blockedBy(blocked)) : takenOver(request, thing);
    return notes.nameTaken ?? failure;
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'free_name') notes.nameAt = reader.clock.now();
    return failure;
  }
}

/** Whether enough was read: what is wanted since then, and not only the little that stands above a spread album. */
function isEnough({ newest, since }: LookRequest, seen: LookAccumulator): boolean {
  return seen.doubt !== null || (seen.reaches(since) && seen.seen * 2 >= Math.min(newest, messagesPerCall));
}

/** The look at one page: a page of messages, more of them until `since`, and once a day all of its settings. */
export async function lookAt(
  reader: Reader,
  wanted: LookRequest,
  signal?: AbortSignal,
): Promise<Look | null> {
  const { clock, pool } = reader;
  const { pageId, nativeId } = wanted;
  const notes = notesOn(reader, nativeId);
  const request = { ...wanted, title: wanted.title || notes.title };
  const started = clock.now();
  const wantedPages = { count: request.newest, accepts: request.accepts };
  const seen = new LookAccumulator();
  let channel: Channel | null = null;
  let full: FullChannel | null = null;
  let failure: TelegramFailure | null = null;
  try {
    full = await readFull(reader, request, signal);
    for await (const page of pagesBack(reader, request, wantedPages, signal)) {
      seen.add(page, page.end);
      channel ??= page.channel;
      if (isEnough(request, seen)) break;
    }
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'stopped') return null;
    failure = await whoseName(reader, request, error, signal);
  }
  const profile = profileOf(channel, full);
  notes.title = profile?.title || notes.title;
  const became = failure?.kind === 'became_group' ? ('group_chat' as const) : null;
  const foundAgain = pool.wasFoundAgain(nativeId);
  const look = { pageId, profile, started, observed: clock.now(), became, foundAgain };
  const failed = failure && { ...outcomeOf(failure), cause: failure.message };
  return seen.toLook(look, seen.window(), failed);
}
