import type { Clock } from '../../../domain/clock.ts';
import type { HistoryChunk, HistoryRequest } from '../../source.ts';
import { inLanes } from '../lanes.ts';
import { VkFailure } from './errors.ts';
import { postsPerCall, stepOf } from './look.ts';
import type { Pool } from './pool.ts';
import type { WallAnswer, WallReader } from './walls.ts';

/** Posts in one `execute` that stay below 5 MB (4.6 KB a post, with room to spare). */
const postsPerExecute = 800;
/** A history begins behind the newest posts, which the look has read, with a little overlap. */
const firstOffset = 15;
/** What was deleted since the last run has moved everything older up: go on a little earlier. */
const overlapOfRuns = 20;

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
  lanes: number;
  budget: Budget;
}

/** One page on its way into the past. */
interface Walk {
  request: HistoryRequest;
  offset: number;
  /** Ids of the step before. */
  before: ReadonlySet<number>;
}

interface Stepped {
  walk: Walk;
  /** `null` when the run was stopped. */
  chunk: HistoryChunk | null;
  ids: ReadonlySet<number>;
}

function stepped(walk: Walk, answer: WallAnswer | undefined, observed: Date): Stepped {
  const { pageId, nativeId, from, place } = walk.request;
  const step = stepOf(answer, nativeId, walk.offset, walk.before);
  if (step instanceof VkFailure) {
    const nothing = { posts: [], dropped: {}, oldest: null, reached: null, doubt: null, note: '' };
    const failed = { pageId, observed, ...nothing, place, cause: step.message };
    return { walk, chunk: step.kind === 'stopped' ? null : failed, ids: walk.before };
  }
  const { posts, dropped, oldest } = step.page;
  const chunk: HistoryChunk = {
    pageId,
    observed,
    posts: posts.filter(({ published, pinned }) => pinned || published >= from),
    dropped,
    place: { id: 0, published: null, offset: step.next },
    doubt: null,
    note: '',
    oldest,
    reached: oldest !== null && oldest < from ? 'proven' : step.end ? 'weak' : null,
    cause: '',
  };
  return { walk, chunk, ids: step.ids };
}

/** Pages back through the walls of several pages at once, packed by `execute` where the token may. See `Source`. */
export async function* readHistory(
  parts: HistoryParts,
  requests: readonly HistoryRequest[],
  signal?: AbortSignal,
): AsyncGenerator<HistoryChunk> {
  const { pool, reader, clock, lanes, budget } = parts;
  pool.begin();
  const walks: Walk[] = requests.map((request) => ({
    request,
    offset: request.place?.offset == null ? firstOffset : Math.max(0, request.place.offset - overlapOfRuns),
    before: new Set(),
  }));
  const next = () => {
    const batch = signal?.aborted ? [] : walks.splice(0, Math.floor(budget.posts() / postsPerCall));
    return batch.length > 0 ? batch : undefined;
  };
  const step = async (batch: Walk[]) => {
    const calls = batch.map(({ request, offset }) => ({
      groupId: request.nativeId,
      offset,
      count: postsPerCall,
    }));
    const { answers, split } = await reader.read(calls, signal);
    if (split) budget.tooLarge(batch.length * postsPerCall);
    const observed = clock.now();
    return batch.map((walk, index) => stepped(walk, answers[index], observed));
  };
  for await (const results of inLanes(next, step, lanes)) {
    for (const { walk, chunk, ids } of results) {
      if (!chunk) continue;
      yield chunk;
      const { place } = chunk;
      if (chunk.reached || chunk.cause !== '' || place?.offset == null) continue;
      walks.push({ request: { ...walk.request, place }, offset: place.offset, before: ids });
    }
  }
}
