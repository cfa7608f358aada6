import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
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

function placeAt(id: number): HistoryPlace | null {
  return id === 0 ? null : { id, published: null, offset: null };
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
      place: placeAt(page.next ?? place.offsetId),
      doubt: null,
      note: '',
      oldest: page.oldest,
      reached: page.oldest !== null && page.oldest < from ? 'proven' : next === null ? 'weak' : null,
      cause: '',
    };
    return { walk, chunk, next };
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'stopped') return { walk, chunk: null, next: null };
    const nothing = { posts: [], dropped: {}, oldest: null, reached: null, doubt: null, note: '' };
    const chunk = {
      pageId,
      observed: reader.clock.now(),
      ...nothing,
      place: placeAt(place.offsetId),
      cause: error.message,
    };
    return { walk, chunk, next: null };
  }
}

/** Reads back through the messages of several channels in turn. The place is the id below which messages are wanted. */
export async function* readHistory(
  reader: Reader,
  requests: readonly HistoryRequest[],
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const walks: Walk[] = requests.map((request) => ({
    request,
    place: request.place === null ? newestPlace : { offsetId: request.place.id, before: null },
  }));
  const nextWalk = () => (signal?.aborted ? undefined : walks.shift());
  const steps = inLanes(nextWalk, (walk) => step(reader, walk, signal), Math.max(1, reader.pool.size));
  for await (const { walk, chunk, next } of steps) {
    if (!chunk) continue;
    yield chunk;
    if (!chunk.reached && next) walks.push({ ...walk, place: next });
  }
}
