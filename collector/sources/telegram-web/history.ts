import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
import { strangeDrops } from '../dropped.ts';
import { inLanes } from '../lanes.ts';
import { WebFailure } from './errors.ts';
import type { Reader } from './reader.ts';
import type { Place, Step } from './step-back.ts';
import { stepBack } from './step-back.ts';

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

function placeAt(id: number | null): HistoryPlace | null {
  return id === null ? null : { id, published: null, offset: null };
}

/**
 * Reads the page at a place; one with messages that are oddly no posts is asked for once more, since a past is read once:
 * the better of the two answers is taken.
 */
async function stepWhole(reader: Reader, { request, place }: Walk, signal?: AbortSignal): Promise<Step> {
  const step = await stepBack(reader, request, place, signal);
  const strange = strangeDrops(step.page.dropped);
  if (strange === 0) return step;
  const again = await stepBack(reader, request, place, signal);
  if (strangeDrops(again.page.dropped) >= strange) return step;
  const reasons = Object.keys(step.page.dropped).sort().join(', ');
  const note = `telegram: messages that were no posts (${reasons}) were some when asked for again`;
  return { ...again, note: again.note === '' ? note : `${again.note}; ${note}` };
}

/** A step whose doubt was there for hours: what is good in it is believed, and what it does not show is not there. */
function believed(step: Step, accepts: string | null | undefined): Step {
  if (!step.doubt || step.doubt.detail !== accepts) return step;
  const { next } = step.page;
  if (step.doubt.kind !== 'dropped' || next === null) return { ...step, doubt: null, end: 'weak' };
  return { ...step, doubt: null, next: { before: next, older: 'linked' } };
}

/** The oldest message of the step, which the next one goes on from; a step in doubt leaves the place where it was. */
function placeAfter({ page, doubt }: Step, before: number | null): number | null {
  if (doubt) return before;
  return page.next ?? (page.isEmpty ? before : 1);
}

async function step(reader: Reader, walk: Walk, signal?: AbortSignal): Promise<Stepped> {
  const { request, place } = walk;
  const { pageId, from } = request;
  const { before } = place;
  const nothing = {
    pageId,
    posts: [],
    dropped: {},
    oldest: null,
    reached: null,
    doubt: null,
    note: '',
    cause: '',
  };
  if (before !== null && before <= 1) {
    const chunk = {
      ...nothing,
      observed: reader.clock.now(),
      place: placeAt(before),
      reached: 'proven' as const,
    };
    return { walk, chunk, next: null };
  }
  try {
    const done = believed(await stepWhole(reader, walk, signal), request.accepts);
    const { doubt } = done;
    const { posts, dropped, oldest } = done.page;
    const isPassed = oldest !== null && oldest < from;
    const chunk: HistoryChunk = {
      pageId,
      observed: reader.clock.now(),
      posts: posts.filter(({ published }) => published >= from),
      dropped,
      place: placeAt(placeAfter(done, before)),
      oldest,
      reached: doubt ? null : isPassed ? 'proven' : done.end,
      doubt,
      note: done.note,
      cause: '',
    };
    return { walk, chunk, next: done.next };
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    if (error.kind === 'stopped') return { walk, chunk: null, next: null };
    const observed = reader.clock.now();
    const failed =
      error.kind === 'wrong_place' && error.message === request.accepts
        ? { reached: 'weak' as const }
        : error.kind === 'wrong_place'
          ? { doubt: { kind: error.kind, detail: error.message } }
          : { cause: error.message };
    return { walk, chunk: { ...nothing, observed, place: placeAt(before), ...failed }, next: null };
  }
}

/** Reads back through the messages of several channels in turn. The place is the oldest message that was read. */
export async function* readHistory(
  reader: Reader,
  requests: readonly HistoryRequest[],
  lanes: number,
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const walks: Walk[] = requests.map((request) => ({
    request,
    place: { before: request.place?.id ?? null, older: 'linked' },
  }));
  const nextWalk = () => (signal?.aborted ? undefined : walks.shift());
  for await (const { walk, chunk, next } of inLanes(nextWalk, (each) => step(reader, each, signal), lanes)) {
    if (!chunk) continue;
    yield chunk;
    if (!chunk.reached && next !== null) walks.push({ ...walk, place: next });
  }
}
