import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
import { datedBy, oldestAbout } from '../kit/dates.ts';
import { strangeDrops, strangeReasons } from '../kit/dropped.ts';
import { mapConcurrently } from '../kit/concurrency.ts';
import { WebFailure } from './errors.ts';
import type { Reader } from './reader.ts';
import type { Place, Step } from './step-back.ts';
import { leadsNowhere, mostEmpty, stepBack } from './step-back.ts';

/** One page on its way into the past. */
interface Walk {
  request: HistoryRequest;
  place: Place;
  /** The place before this one in this run; `null` when there was none, or it was read again. */
  former: Place | null;
  /** It has been gone back once, since dates contradicted each other. */
  isRetraced: boolean;
  /** Pages in a row that showed nothing and led on. */
  empty: number;
}

/** A step, and how the way goes on. `chunk` is `null` when the run was stopped. */
interface Stepped {
  chunk: HistoryChunk | null;
  next: Walk | null;
}

function placeAt(id: number | null, published: Date | null): HistoryPlace | null {
  return id === null ? null : { id, published, offset: null };
}

/**
 * Reads the page at a place; one with messages that are oddly no posts is asked for once more, since a past is read once:
 * the better of the two answers is taken.
 */
async function stepWhole(reader: Reader, { request, place }: Walk, signal?: AbortSignal): Promise<Step> {
  const { from } = request;
  const step = await stepBack(reader, request, place, { from, signal });
  const strange = strangeDrops(step.page.dropped);
  if (strange === 0) return step;
  const again = await stepBack(reader, request, place, { from, signal });
  if (strangeDrops(again.page.dropped) >= strange) return step;
  const reasons = strangeReasons(step.page.dropped);
  const note = `telegram: messages that were no posts (${reasons}) were some when asked for again`;
  return { ...again, note: again.note === '' ? note : `${again.note}; ${note}` };
}

/** A step whose doubt was there for hours: what is good in it is believed, and what it does not show is not there. */
function believed(step: Step, { request, place }: Walk): Step {
  if (!step.doubt || step.doubt.detail !== request.accepts) return step;
  const { next, posts } = step.page;
  const showsSome = step.doubt.kind === 'dropped' || step.doubt.kind === 'vanished';
  if (!showsSome || next === null) return { ...step, doubt: null, end: 'weak' };
  const above = oldestAbout(posts) ?? place.above;
  return { ...step, doubt: null, next: { before: next, older: 'linked', above } };
}

/** The oldest message of the step, which the next one goes on from; a step in doubt leaves the place where it was. */
function placeAfter({ page, doubt }: Step, before: number | null): number | null {
  if (doubt) return before;
  return page.next ?? (page.isEmpty ? before : 1);
}

/** What a step that brought nothing says of its place. */
function nothingAt({ request, place }: Walk, observed: Date): HistoryChunk {
  return {
    pageId: request.pageId,
    observed,
    posts: [],
    dropped: {},
    place: placeAt(place.before, place.above),
    oldest: null,
    reached: null,
    doubt: null,
    note: '',
    cause: '',
  };
}

/**
 * How the way goes on after a step. One that is dated later than what stands above it shows that the dates above are
 * wrong: what is above is read again, once in a run.
 */
function onward(walk: Walk, done: Step, chunk: HistoryChunk): Stepped {
  const { former, isRetraced } = walk;
  if (done.runsAhead && former && !isRetraced && !chunk.doubt) {
    const place = placeAt(former.before, former.above);
    const next = { ...walk, place: former, former: null, isRetraced: true };
    return { chunk: { ...chunk, place, reached: null }, next };
  }
  if (done.next === null || chunk.reached) return { chunk, next: null };
  const empty = done.page.isEmpty ? walk.empty + 1 : 0;
  const next = { ...walk, place: done.next, former: walk.place, empty };
  if (empty < mostEmpty) return { chunk, next };
  const isAccepted = walk.request.accepts === leadsNowhere.detail;
  const end = isAccepted ? { reached: 'weak' as const } : { doubt: leadsNowhere };
  return { chunk: { ...chunk, ...end }, next: null };
}

function failed(walk: Walk, { kind, message }: WebFailure, observed: Date): HistoryChunk {
  const nothing = nothingAt(walk, observed);
  if (kind !== 'wrong_place') return { ...nothing, cause: message };
  if (message === walk.request.accepts) return { ...nothing, reached: 'weak' };
  return { ...nothing, doubt: { kind, detail: message } };
}

async function step(reader: Reader, walk: Walk, signal?: AbortSignal): Promise<Stepped> {
  const { request, place } = walk;
  const { before } = place;
  if (before !== null && before <= 1) {
    const chunk = { ...nothingAt(walk, reader.clock.now()), reached: 'proven' as const };
    return { chunk, next: null };
  }
  try {
    const done = believed(await stepWhole(reader, walk, signal), walk);
    const { doubt, page, note } = done;
    const { isReached, oldest } = datedBy(page, request.from);
    const chunk: HistoryChunk = {
      ...nothingAt(walk, reader.clock.now()),
      posts: page.posts.filter(({ published }) => published >= request.from),
      dropped: page.dropped,
      place: placeAt(placeAfter(done, before), (doubt ? null : oldestAbout(page.posts)) ?? place.above),
      oldest,
      reached: doubt ? null : isReached ? 'proven' : done.end,
      doubt,
      note,
    };
    return onward(walk, done, chunk);
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    const chunk = error.kind === 'stopped' ? null : failed(walk, error, reader.clock.now());
    return { chunk, next: null };
  }
}

/** Reads back through the messages of several channels in turn. The place is the oldest message that was read. */
export async function* readHistory(
  reader: Reader,
  requests: readonly HistoryRequest[],
  concurrency: number,
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const walks: Walk[] = requests.map((request) => ({
    request,
    place: {
      before: request.place?.id ?? null,
      older: 'linked',
      above: request.place?.published ?? null,
    },
    former: null,
    isRetraced: false,
    empty: 0,
  }));
  const nextWalk = () => (signal?.aborted ? undefined : walks.shift());
  for await (const { chunk, next } of mapConcurrently(
    nextWalk,
    (each) => step(reader, each, signal),
    concurrency,
  )) {
    if (!chunk) continue;
    yield chunk;
    if (next !== null) walks.push(next);
  }
}
