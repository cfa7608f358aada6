import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
import { inLanes } from '../lanes.ts';
import { WebFailure } from './errors.ts';
import type { Reader } from './reader.ts';
import { readPage } from './reader.ts';

/** One page on its way into the past. */
interface Walk {
  request: HistoryRequest;
  /** Messages with smaller ids are wanted; `null`: from the newest on. */
  before: number | null;
}

/** A step, and where the next one begins. `chunk` is `null` when the run was stopped. */
interface Stepped {
  walk: Walk;
  chunk: HistoryChunk | null;
  next: number | null;
}

function placeAt(id: number | null): HistoryPlace | null {
  return id === null ? null : { id, published: null, offset: null };
}

async function step(reader: Reader, walk: Walk, signal?: AbortSignal): Promise<Stepped> {
  const { request, before } = walk;
  const { pageId, from } = request;
  try {
    const page = await readPage(reader, request, before, signal);
    const { posts, dropped, oldest, next } = page;
    const chunk: HistoryChunk = {
      pageId,
      observed: reader.clock.now(),
      posts: posts.filter(({ published }) => published >= from),
      dropped,
      place: placeAt(next ?? before),
      doubt: null,
      note: '',
      oldest,
      reached: oldest !== null && oldest < from ? 'proven' : next === null ? 'weak' : null,
      cause: '',
    };
    return { walk, chunk, next };
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    if (error.kind === 'stopped') return { walk, chunk: null, next: null };
    const nothing = { posts: [], dropped: {}, oldest: null, reached: null, doubt: null, note: '' };
    const chunk = {
      pageId,
      observed: reader.clock.now(),
      ...nothing,
      place: placeAt(before),
      cause: error.message,
    };
    return { walk, chunk, next: null };
  }
}

/** Reads back through the messages of several channels in turn. The place is the id below which messages are wanted. */
export async function* readHistory(
  reader: Reader,
  requests: readonly HistoryRequest[],
  lanes: number,
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const walks: Walk[] = requests.map((request) => ({ request, before: request.place?.id ?? null }));
  const nextWalk = () => (signal?.aborted ? undefined : walks.shift());
  for await (const { walk, chunk, next } of inLanes(nextWalk, (each) => step(reader, each, signal), lanes)) {
    if (!chunk) continue;
    yield chunk;
    if (!chunk.reached && next !== null) walks.push({ ...walk, before: next });
  }
}
