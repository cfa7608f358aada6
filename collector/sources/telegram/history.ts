import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
import { inLanes } from '../lanes.ts';
import { TelegramFailure } from './errors.ts';
import type { SurePage } from './read-back.ts';
import { placeAfter, readSurely } from './read-back.ts';
import type { Place, Reader } from './reader.ts';
import { messagesPerCall, newestPlace } from './reader.ts';

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

/** What a step that brought nothing says of its place. */
function nothingAt({ request, place }: Walk, observed: Date): HistoryChunk {
  return {
    pageId: request.pageId,
    observed,
    posts: [],
    dropped: {},
    place: placeAt(place.offsetId),
    oldest: null,
    reached: null,
    doubt: null,
    note: '',
    cause: '',
  };
}

/**
 * What the dates of a page say: whether the wanted instant was reached, and how far back it goes. One message that is
 * older proves nothing, as its date may be wrong: the next page shows others.
 */
function datedBy(
  { oldest, dates, inOrder }: SurePage,
  from: Date,
): { isReached: boolean; oldest: Date | null } {
  const older = dates.filter((date) => date < from);
  if (older.length === 0) return { isReached: false, oldest };
  if (older.length > 1) return { isReached: inOrder || older.length === dates.length, oldest };
  const wanted = dates.filter((date) => date >= from).map((date) => date.getTime());
  return { isReached: false, oldest: wanted.length > 0 ? new Date(Math.min(...wanted)) : null };
}

function chunkOf(walk: Walk, page: SurePage, observed: Date): HistoryChunk {
  const { from } = walk.request;
  const posts = page.posts.filter(({ published }) => published >= from);
  const { dropped, doubt, note } = page;
  const seen = { ...nothingAt(walk, observed), posts, dropped, doubt, note };
  // A doubtful answer leads nowhere: what is good in it is kept, and this place is read again.
  if (doubt) return seen;
  const { isReached, oldest } = datedBy(page, from);
  return {
    ...seen,
    place: placeAt(page.next ?? walk.place.offsetId),
    oldest,
    reached: isReached ? 'proven' : page.end,
  };
}

/** A page whose doubt was there for hours: what is good in it is believed, and what it does not show is not there. */
function believed(page: SurePage, accepts: string | null | undefined): SurePage {
  if (!page.doubt || page.doubt.detail !== accepts) return page;
  const end = page.doubt.kind === 'dropped' ? page.end : (page.end ?? 'weak');
  return { ...page, end, doubt: null };
}

async function step(reader: Reader, walk: Walk, signal?: AbortSignal): Promise<Stepped> {
  const { request, place } = walk;
  const { clock } = reader;
  // Nothing is older than the first message of all.
  if (place.offsetId === 1) {
    return { walk, chunk: { ...nothingAt(walk, clock.now()), reached: 'proven' }, next: null };
  }
  try {
    const read = await readSurely(reader, request, place, messagesPerCall, { isStrict: true, signal });
    const page = believed(read, request.accepts);
    return { walk, chunk: chunkOf(walk, page, clock.now()), next: placeAfter(place, page) };
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'stopped') return { walk, chunk: null, next: null };
    return { walk, chunk: { ...nothingAt(walk, clock.now()), cause: error.message }, next: null };
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
    if (!chunk.reached && !chunk.doubt && next) walks.push({ ...walk, place: next });
  }
}
