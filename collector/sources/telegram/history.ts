import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
import { datedBy, oldestAbout } from '../kit/dates.ts';
import { mapConcurrently } from '../kit/concurrency.ts';
import { TelegramFailure } from './errors.ts';
import { countedIn } from './likely-page.ts';
import type { SurePage } from './read-back.ts';
import { placeAfter, readSurely } from './read-back.ts';
import type { Place, Reader } from './reader.ts';
import { messagesPerCall, newestPlace } from './reader.ts';

/** One page on its way into the past. */
interface Walk {
  request: HistoryRequest;
  place: Place;
  /** The place before this one in this run; `null` when there was none, or it was read again. */
  former: Place | null;
  /** How many messages the channel counted when the walk began; `null` when it did not begin at the newest. */
  counted: number | null;
  /** It has been gone back once, since dates contradicted each other. */
  isRetraced: boolean;
  /** It is gone a second time, since the channel counts more messages than were read. */
  isSecond: boolean;
}

/** A step, and how the way goes on. `chunk` is `null` when the run was stopped. */
interface Stepped {
  chunk: HistoryChunk | null;
  next: Walk | null;
}

function placeAt({ offsetId, above }: Place): HistoryPlace | null {
  return offsetId === 0 ? null : { id: offsetId, published: above, offset: null };
}

/** What a step that brought nothing says of its place. */
function nothingAt({ request, place }: Walk, observed: Date): HistoryChunk {
  return {
    pageId: request.pageId,
    observed,
    posts: [],
    dropped: {},
    place: placeAt(place),
    oldest: null,
    reached: null,
    doubt: null,
    note: '',
    cause: '',
  };
}

function chunkOf(walk: Walk, page: SurePage, observed: Date): HistoryChunk {
  const { request, place } = walk;
  const posts = page.posts.filter(({ published }) => published >= request.from);
  const { dropped, doubt, note } = page;
  const seen = { ...nothingAt(walk, observed), posts, dropped, doubt, note };
  // A doubtful answer leads nowhere: what is good in it is kept, and this place is read again.
  if (doubt) return seen;
  const { isReached, oldest } = datedBy(page, request.from);
  const above = oldestAbout(page.posts) ?? place.above;
  return {
    ...seen,
    place: placeAt({ ...place, offsetId: page.next ?? place.offsetId, above }),
    oldest,
    reached: isReached ? 'proven' : page.end,
  };
}

/** A page whose doubt was there for hours: what is good in it is believed, and what it does not show is not there. */
function believed(page: SurePage, accepts: string | null | undefined): SurePage {
  if (!page.doubt || page.doubt.detail !== accepts) return page;
  const showsSome = page.doubt.kind === 'dropped' || page.doubt.kind === 'vanished';
  const end = showsSome ? page.end : (page.end ?? 'weak');
  return { ...page, end, doubt: null };
}

/**
 * How many messages a walk that began at the newest and has come to its end left unread, by the channel's own count; those
 * that came or went meanwhile are none of them.
 */
function unread({ place, counted }: Walk, page: SurePage): number {
  if (counted === null || place.before === null) return 0;
  return Math.min(counted, page.count) - place.before - countedIn(page);
}

const readAgain = 'the channel counts more messages than were read: all are read once more';

/**
 * How the way goes on after a step. One that is dated later than what stands above it shows that the dates above are
 * wrong: what is above is read again. At an end that leaves messages unread the whole way is gone once more. Each once in
 * a run.
 */
function onward(walk: Walk, page: SurePage, chunk: HistoryChunk): Stepped {
  const { former, isRetraced, isSecond, place } = walk;
  const counted = place.offsetId === 0 ? page.count : walk.counted;
  if (page.runsAhead && former && !isRetraced) {
    const next = { ...walk, place: former, former: null, isRetraced: true };
    return { chunk: { ...chunk, place: placeAt(former), reached: null }, next };
  }
  const isEnd = page.end !== null || (page.doubt?.kind === 'no_posts' && place.offsetId > 0);
  if (isEnd && unread({ ...walk, counted }, page) > 0) {
    if (isSecond) return { chunk: chunk.reached ? { ...chunk, reached: 'weak' } : chunk, next: null };
    if (place.offsetId > 0) {
      const next = { ...walk, place: newestPlace, former: null, isSecond: true };
      const note = [chunk.note, readAgain].filter((each) => each !== '').join('; ');
      return { chunk: { ...chunk, place: null, reached: null, doubt: null, note }, next };
    }
  }
  const below = placeAfter(place, page);
  if (below === null || chunk.reached || chunk.doubt) return { chunk, next: null };
  return { chunk, next: { ...walk, place: below, former: place, counted } };
}

async function step(reader: Reader, walk: Walk, signal?: AbortSignal): Promise<Stepped> {
  const { request, place } = walk;
  const { clock } = reader;
  const { from } = request;
  // Nothing is older than the first message of all.
  if (place.offsetId === 1) {
    return { chunk: { ...nothingAt(walk, clock.now()), reached: 'proven' }, next: null };
  }
  try {
    const read = await readSurely(reader, request, place, messagesPerCall, { isStrict: true, from, signal });
    const page = believed(read, request.accepts);
    return onward(walk, page, chunkOf(walk, page, clock.now()));
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.kind === 'stopped') return { chunk: null, next: null };
    return { chunk: { ...nothingAt(walk, clock.now()), cause: error.message }, next: null };
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
    place: request.place
      ? { offsetId: request.place.id, before: null, above: request.place.published }
      : newestPlace,
    former: null,
    counted: null,
    isRetraced: false,
    isSecond: false,
  }));
  const nextWalk = () => (signal?.aborted ? undefined : walks.shift());
  const steps = mapConcurrently(
    nextWalk,
    (walk) => step(reader, walk, signal),
    Math.max(1, reader.pool.size),
  );
  for await (const { chunk, next } of steps) {
    if (!chunk) continue;
    yield chunk;
    if (next) walks.push(next);
  }
}
