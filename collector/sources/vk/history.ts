import type { Clock } from '#domain/clock.ts';
import type { HistoryChunk, HistoryPlace, HistoryRequest } from '../../source.ts';
import { mapConcurrently } from '../kit/concurrency.ts';
import { pageOf } from './answer.ts';
import { VkFailure } from './errors.ts';
import type { Pool } from './pool-type.ts';
import { takeStep } from './steps.ts';
import type { Walk } from './walk.ts';
import { postsPerCall, startWalk } from './walk.ts';
import type { WallAnswer, WallReader } from './walls.ts';

/** Posts in one `execute` that stay below 5 MB (4.6 KB a post, with room to spare). */
const postsPerExecute = 800;

/** How many posts fit into one answer. */
export interface Budget {
  posts(): number;
  /** VK said that an answer with so many was too large. */
  tooLarge(posts: number): void;
}

/** A budget that is halved whenever an answer was too large, down to one call's. */
export function createBudget(): Budget {
  let budget = postsPerExecute;
  return {
    posts: () => budget,
    tooLarge: (posts) => {
      budget = Math.max(postsPerCall, Math.min(budget, Math.floor(posts / 2)));
    },
  };
}

export interface HistoryParts {
  pool: Pool;
  reader: WallReader;
  clock: Clock;
  /** Calls under way at once. */
  concurrency: number;
  budget: Budget;
  /** By native id, how far the last look has read. */
  looked: ReadonlyMap<number, HistoryPlace>;
}

/** One page on its way into the past. */
interface Going {
  request: HistoryRequest;
  walk: Walk;
}

interface Taken {
  going: Going;
  /** `null` when the run was stopped. */
  chunk: HistoryChunk | null;
}

function take({ request, walk }: Going, answer: WallAnswer | undefined, observed: Date): Taken {
  const { pageId, nativeId, from } = request;
  const page = pageOf(answer, nativeId, postsPerCall);
  if (page instanceof VkFailure) {
    const nothing = { posts: [], dropped: {}, oldest: null, reached: null, doubt: null, note: '' };
    const failed = { pageId, observed, ...nothing, place: walk.place, cause: page.message };
    return { going: { request, walk }, chunk: page.kind === 'stopped' ? null : failed };
  }
  const step = takeStep(walk, page, observed);
  const chunk: HistoryChunk = {
    pageId,
    observed,
    posts: step.isHeldBack ? [] : page.posts.filter(({ published, pinned }) => pinned || published >= from),
    // What is asked for a second time is counted then.
    dropped: step.walk.again ? {} : page.dropped,
    place: step.walk.place,
    oldest: step.oldest,
    reached: step.reached,
    counted: step.counted,
    doubt: step.doubt,
    note:
      step.walk.isPatchy && !walk.isPatchy ? 'history: vk shows the same posts differently each time' : '',
    cause: '',
  };
  return { going: { request, walk: step.walk }, chunk };
}

function acceptedBy({ accepts }: HistoryRequest): string[] {
  return accepts ? [accepts] : [];
}

/** Pages back through the walls of several pages at once, packed by `execute` where the token may. See `Source`. */
export async function* readHistory(
  parts: HistoryParts,
  requests: readonly HistoryRequest[],
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const { pool, reader, clock, concurrency, budget, looked } = parts;
  pool.begin();
  const waiting: Going[] = requests.map((request) => ({
    request,
    walk: startWalk(request.from, request.place, looked.get(request.nativeId), acceptedBy(request)),
  }));
  const next = () => {
    const batch = signal?.aborted ? [] : waiting.splice(0, Math.floor(budget.posts() / postsPerCall));
    return batch.length > 0 ? batch : undefined;
  };
  const step = async (batch: Going[]) => {
    const calls = batch.map(({ request, walk }) => ({
      groupId: request.nativeId,
      offset: walk.offset,
      count: postsPerCall,
    }));
    const { answers, split } = await reader.read(calls, signal);
    if (split) budget.tooLarge(batch.length * postsPerCall);
    const observed = clock.now();
    return batch.map((going, index) => take(going, answers[index], observed));
  };
  for await (const results of mapConcurrently(next, step, concurrency)) {
    for (const { going, chunk } of results) {
      if (!chunk) continue;
      yield chunk;
      if (chunk.reached === null && chunk.doubt === null && chunk.cause === '') waiting.push(going);
    }
  }
}
