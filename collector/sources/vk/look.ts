import type { Clock } from '#domain/clock.ts';
import type { Doubt, HistoryPlace, Look, LookRequest, PageProfile } from '../../source.ts';
import { LookAccumulator, passedInWords } from '../kit/look-accumulator.ts';
import { pageOf } from './answer.ts';
import { VkFailure, outcomeOf } from './errors.ts';
import { doubtOfItems, lineOf } from './line.ts';
import type { Community } from './map-groups.ts';
import type { WallPage } from './map.ts';
import type { Newest } from './newest.ts';
import { takeStep } from './steps.ts';
import { continueWalk, postsPerCall } from './walk.ts';
import type { WallReader } from './walls.ts';

/** The page's own words about itself, as the port has them. */
function profileOf(community: Community | undefined): PageProfile | null {
  if (!community) return null;
  const { name, title, subscribers } = community;
  return { name, title, subscribers, subscribersPrecision: subscribers === null ? null : 'exact' };
}

const nothing = { posts: [], removed: [], dropped: {}, window: null, doubt: null, note: '' } as const;

interface Times {
  started: Date;
  observed: Date;
}

/** The look at a page that could not be read; what the community says of itself is known all the same. */
export function failedLook(
  failure: VkFailure,
  request: LookRequest,
  community: Community | undefined,
  times: Times,
): Look {
  const { outcome, state } = outcomeOf(failure);
  const profile = profileOf(community);
  return { pageId: request.pageId, outcome, cause: failure.message, state, profile, ...times, ...nothing };
}

/** The look at a page that `groups.getById` already calls deleted or blocked: no call of the wall is spent on it. */
export function deactivatedLook(request: LookRequest, community: Community, times: Times): Look {
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

/** Whether the newest posts contradict themselves: none where there are some, or too few that are any. */
function doubtOf(page: WallPage, now: Date): Doubt | null {
  if (page.returned > 0) return doubtOfItems(page, now);
  if (page.count === 0) return null;
  const detail =
    page.count === null
      ? 'no posts are shown, nor how many there are'
      : 'no posts are shown, though the wall is said to have some';
  return { kind: 'no_posts', detail };
}

/** The oldest post of an answer for the newest: everything newer than it has been read. */
function placeOf(page: WallPage, now: Date): HistoryPlace | null {
  const last = lineOf(page, now).at(-1);
  return last ? { id: last.id, published: last.published, offset: last.index } : null;
}

export interface LookContext {
  reader: WallReader;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/** Answers by which one gap is paged through, at most: more posts than a community may publish in a year. */
const mostSteps = 250;

/** What paging through a gap has come to: what ended it too early, and a doubt that was passed over. */
interface Filled {
  failed: Doubt | VkFailure | null;
  passed: Doubt | null;
}

/** Pages through the gap behind a place until everything since an instant has been seen. */
async function fillGap(
  { reader, clock, signal }: LookContext,
  request: LookRequest,
  seen: LookAccumulator,
  since: Date,
  place: HistoryPlace,
): Promise<Filled> {
  let walk = continueWalk(since, place, request.accepts);
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const call = { groupId: request.nativeId, offset: walk.offset, count: postsPerCall };
    const { answers } = await reader.read([call], signal);
    const page = pageOf(answers[0], request.nativeId, postsPerCall);
    if (page instanceof VkFailure) return { failed: page, passed: null };
    const step = takeStep(walk, page, clock.now());
    // The step beyond is only to show what those before it left out.
    const posts = walk.beyond ? page.posts.filter(({ published }) => published >= since) : page.posts;
    if (!step.isHeldBack) seen.addPosts({ ...page, posts }, 'first');
    if (step.doubt || step.reached) return { failed: step.doubt, passed: step.walk.passed };
    walk = step.walk;
  }
  return { failed: new VkFailure('unknown', 'vk: the gap since the last look has no end'), passed: null };
}

/** A look with what it has shown, and how far that reaches without a gap; `null` when that is not known. */
export interface Finished {
  look: Look;
  place: HistoryPlace | null;
}

/**
 * Makes the look of one page from the answer for its newest posts, paging deeper where there is a gap: where even the
 * oldest of them is newer than the last look. The window is the first answer's, which was one instant. A failure or a
 * doubt on the way leaves what was found and makes the look one that failed, so that the gap is filled next time.
 */
export async function finishLook(
  context: LookContext,
  request: LookRequest,
  { page: first, failure }: Newest,
  community: Community | undefined,
  times: Times,
): Promise<Finished> {
  if (failure) {
    const look = failedLook(failure, request, community, times);
    if (!first) return { look, place: null };
    const { posts, removed, dropped } = first;
    return { look: { ...look, state: 'ok', posts, removed, dropped }, place: null };
  }
  const accumulated = new LookAccumulator();
  accumulated.addPosts(first, 'first');
  const doubt = doubtOf(first, times.observed);
  const { since, accepts = [] } = request;
  // Where a doubt has been there for hours, what stands behind is read all the same.
  const place = doubt && !accepts.includes(doubt.detail) ? null : placeOf(first, times.observed);
  const isWhole = first.window?.after === null;
  let filled: Filled = { failed: null, passed: null };
  if (since && !isWhole && place?.published && place.published > since) {
    filled = await fillGap(context, request, accumulated, since, place);
  }
  const { failed, passed } = filled;
  const seen = { state: 'ok', ...accumulated.shown() } as const;
  if (failed) {
    const failure = failed instanceof VkFailure ? failed : new VkFailure('unknown', `vk: ${failed.detail}`);
    const look = { ...failedLook(failure, request, community, times), ...seen };
    return { look: { ...look, doubt: failed instanceof VkFailure ? null : failed }, place };
  }
  const look: Look = {
    pageId: request.pageId,
    outcome: seen.posts.length > 0 ? 'ok' : 'empty',
    cause: '',
    profile: profileOf(community),
    ...times,
    ...seen,
    window: doubt ? null : first.window,
    doubt: doubt ?? passed,
    note: passedInWords(passed),
  };
  return { look, place };
}
