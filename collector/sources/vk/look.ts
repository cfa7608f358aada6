import type { Clock } from '../../../domain/clock.ts';
import type { Look, LookRequest, ObservedPost, PageProfile } from '../../source.ts';
import { BrokenAnswer, VkFailure, outcomeOf } from './errors.ts';
import type { Community } from './map-groups.ts';
import type { WallPage } from './map.ts';
import { mapWall } from './map.ts';
import type { WallAnswer, WallReader } from './walls.ts';

/** Posts in one call of `wall.get`. */
export const postsPerCall = 100;

/** An answer mapped, or the failure it is; a broken shape is a failure that names the field. */
function pageOf(answer: WallAnswer, groupId: number, asked: number): WallPage | VkFailure {
  if ('failure' in answer) return answer.failure;
  try {
    return mapWall(answer.answer, groupId, asked);
  } catch (error) {
    if (error instanceof BrokenAnswer) return new VkFailure('unknown', `broken: ${error.message}`);
    throw error;
  }
}

/** The page's own words about itself, as the port has them. */
function profileOf(community: Community | undefined): PageProfile | null {
  if (!community) return null;
  const { name, title, subscribers } = community;
  return { name, title, subscribers, subscribersPrecision: subscribers === null ? null : 'exact' };
}

const nothing = { posts: [], removed: [], dropped: {}, window: null, doubt: null, note: '' } as const;

/** The look at a page that could not be read. */
export function failedLook(
  failure: VkFailure,
  request: LookRequest,
  community: Community | undefined,
  times: { started: Date; observed: Date },
): Look {
  const { outcome, state } = outcomeOf(failure);
  const profile = profileOf(community);
  return { pageId: request.pageId, outcome, cause: failure.message, state, profile, ...times, ...nothing };
}

/** The look at a page that `groups.getById` already calls deleted or blocked: no call of the wall is spent on it. */
export function deactivatedLook(
  request: LookRequest,
  community: Community,
  times: { started: Date; observed: Date },
): Look {
  const state = community.deactivated ?? 'blocked';
  const cause = `vk: the community is ${state}`;
  return {
    pageId: request.pageId,
    outcome: 'gone',
    cause,
    state,
    profile: profileOf(community),
    ...times,
    ...nothing,
  };
}

/** What a look is made of, while the gap since the last look is being paged through. */
interface Gathered {
  posts: Map<number, ObservedPost>;
  removed: number[];
  dropped: Record<string, number>;
}

function gather(gathered: Gathered, page: WallPage): void {
  for (const post of page.posts) if (!gathered.posts.has(post.postId)) gathered.posts.set(post.postId, post);
  gathered.removed.push(...page.removed);
  for (const [reason, count] of Object.entries(page.dropped)) {
    gathered.dropped[reason] = (gathered.dropped[reason] ?? 0) + count;
  }
}

/** One page back in the past of a wall: what it holds, where the next one begins, and whether this was the end. */
export interface Step {
  page: WallPage;
  next: number;
  ids: ReadonlySet<number>;
  /** The wall has no older posts. */
  end: boolean;
}

/**
 * Reads one page of 100 at an offset. The next one overlaps by five, since deletions shift the offsets. The end is an
 * empty page, one shorter than asked that VK's count agrees with, or one that shows nothing but the page before.
 */
async function readStep(
  reader: WallReader,
  groupId: number,
  offset: number,
  before: ReadonlySet<number>,
  signal?: AbortSignal,
): Promise<Step | VkFailure> {
  const { answers } = await reader.read([{ groupId, offset, count: postsPerCall }], signal);
  return stepOf(answers[0], groupId, offset, before);
}

/** The same for an answer that was read together with others; `before`: ids of the step before. */
export function stepOf(
  answer: WallAnswer | undefined,
  groupId: number,
  offset: number,
  before: ReadonlySet<number>,
): Step | VkFailure {
  const page = answer ? pageOf(answer, groupId, postsPerCall) : new VkFailure('unknown', 'vk: no answer');
  if (page instanceof VkFailure) return page;
  const short = page.returned < postsPerCall && page.count !== null && offset + page.returned >= page.count;
  const overlap = page.returned > 10 ? 5 : 0;
  const ids = new Set(page.posts.map(({ postId }) => postId));
  const nothingNew = ids.size > 0 && [...ids].every((id) => before.has(id));
  return {
    page,
    next: offset + page.returned - overlap,
    ids,
    end: page.returned === 0 || short || nothingNew,
  };
}

/** Steps through the past of a wall from an offset until its end, `until`, or a failure. */
async function* stepsBack(
  reader: WallReader,
  request: LookRequest,
  from: number,
  until: Date,
  signal?: AbortSignal,
) {
  let before: ReadonlySet<number> = new Set();
  for (let offset = from; ;) {
    const step = await readStep(reader, request.nativeId, offset, before, signal);
    yield step;
    if (step instanceof VkFailure || step.end) return;
    if (step.page.oldest && step.page.oldest <= until) return;
    offset = step.next;
    before = step.ids;
  }
}

export interface LookContext {
  reader: WallReader;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/**
 * Makes the look of one page from the answer for its newest posts, paging deeper where there is a gap: where even the
 * oldest of them is newer than the last look. The window is the first answer's, which was one instant. A failure on
 * the way leaves what was found and makes the look one that failed, so that the gap is filled next time.
 */
export async function finishLook(
  context: LookContext,
  request: LookRequest,
  answer: WallAnswer,
  community: Community | undefined,
  times: { started: Date; observed: Date },
): Promise<Look> {
  const first = pageOf(answer, request.nativeId, request.newest);
  if (first instanceof VkFailure) return failedLook(first, request, community, times);
  const gathered: Gathered = { posts: new Map(), removed: [], dropped: {} };
  gather(gathered, first);
  let failure: VkFailure | null = null;
  const { since } = request;
  const complete = first.window?.after === null || first.returned === 0;
  if (since && !complete && first.oldest && first.oldest > since) {
    const from = Math.max(0, first.returned - 5);
    for await (const step of stepsBack(context.reader, request, from, since, context.signal)) {
      if (step instanceof VkFailure) failure = step;
      else gather(gathered, step.page);
    }
  }
  const posts = [...gathered.posts.values()];
  const { removed, dropped } = gathered;
  if (failure) {
    return { ...failedLook(failure, request, community, times), state: 'ok', posts, removed, dropped };
  }
  return {
    pageId: request.pageId,
    outcome: posts.length > 0 ? 'ok' : 'empty',
    cause: '',
    state: 'ok',
    profile: profileOf(community),
    ...times,
    posts,
    removed,
    dropped,
    window: first.window,
    doubt: null,
    note: '',
  };
}
