import type { HistoryChunk, HistoryRequest } from '../../source.ts';
import { inLanes } from '../lanes.ts';
import { TelegramFailure } from './errors.ts';
import type { Place, Reader } from './reader.ts';
import { messagesPerCall, newestPlace, placeAfter, readPage } from './reader.ts';

/** One page on its way into the past. */
interface Walk {
  request: HistoryRequest;
  place: Place;
}

/** A step, and where the next one begins. `chunk` is `null` when the run was stopped. */
interface Stepped {
  walk: Walk;
  chunk: HistoryChunk | null;
  next: Place | null;
}

async function step(reader: Reader, walk: Walk, signal?: AbortSignal): Promise<Stepped> {
  const { request, place } = walk;
  const { pageId, from } = request;
  try {
    const page = await readPage(reader, request, place, messagesPerCall, signal);
    const next = placeAfter(place, page);
    const chunk: HistoryChunk = {
      pageId,
      observed: reader.clock.now(),
      posts: page.posts.filter(({ published }) => published >= from),
      dropped: page.dropped,
      cursor: page.next ?? (place.offsetId || null),
      oldest: page.oldest,
      reached: next === null || (page.oldest !== null && page.oldest < from),
      cause: '',
    };
    return { walk, chunk, next };
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'stopped') return { walk, chunk: null, next: null };
    const nothing = { posts: [], dropped: {}, oldest: null, reached: false };
    const cursor = place.offsetId || null;
    const chunk = { pageId, observed: reader.clock.now(), ...nothing, cursor, cause: error.message };
    return { walk, chunk, next: null };
  }
}

/** Reads back through the messages of several channels in turn. The cursor is the id below which messages are wanted. */
export async function* readHistory(
  reader: Reader,
  requests: readonly HistoryRequest[],
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const walks: Walk[] = requests.map((request) => ({
    request,
    place: request.cursor === null ? newestPlace : { offsetId: request.cursor, before: null },
  }));
  const nextWalk = () => (signal?.aborted ? undefined : walks.shift());
  const steps = inLanes(nextWalk, (walk) => step(reader, walk, signal), Math.max(1, reader.pool.size));
  for await (const { walk, chunk, next } of steps) {
    if (!chunk) continue;
    yield chunk;
    if (!chunk.reached && next) walks.push({ ...walk, place: next });
  }
}
