import { addDays, dayOf } from '../domain/period.ts';
import type { Day } from '../domain/period.ts';
import type { PageState } from '../domain/vocabulary.ts';
import type { Observations } from '../schema/observations/connect.ts';
import type { OutcomeRow } from '../schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '../schema/observations/tables/outcomes.ts';
import type { PostCounterRow } from '../schema/observations/tables/post-counters.ts';
import { insertPostCounters } from '../schema/observations/tables/post-counters.ts';
import type { PostRow } from '../schema/observations/tables/posts.ts';
import { insertPosts } from '../schema/observations/tables/posts.ts';
import type { SubscribersRow } from '../schema/observations/tables/subscribers.ts';
import { insertSubscribers } from '../schema/observations/tables/subscribers.ts';
import type { Operations } from '../schema/operations/connect.ts';
import type { Page, PageChanges } from '../schema/operations/pages.ts';
import { readKnownPosts } from './known-posts.ts';
import type { Merged, Observation } from './merge.ts';
import { countersOf, knownAs, mergePost, missed } from './merge.ts';
import { changesOf, writePageChanges } from './page-changes.ts';
import { isDeep, nextDue, restingInterval, rhythmOf } from './plan.ts';
import type { HistoryChunk, Look, ObservedPost, Window } from './source.ts';

/** What all records of one run share. */
export interface RecordContext {
  observations: Observations;
  operations: Operations;
  slot: Date;
  /** The slot is made up for later: posts only, nothing stamped with the past. */
  late: boolean;
  zone: string;
  /** The first wanted local day. */
  historyFrom: Day;
  /** What the quota stretches all intervals by. */
  stretch: number;
  /** Days of posts that are new or different, by page: filled by the records. */
  changed: Map<number, Set<Day>>;
}

/** What one page's posts come to, before anything is written. */
interface Joined {
  rows: PostRow[];
  counters: PostCounterRow[];
  fresh: number;
}

function join(
  context: RecordContext,
  observation: Observation,
  seen: { posts: readonly ObservedPost[]; removed: readonly number[]; window: Window | null },
  known: ReadonlyMap<number, PostRow>,
): Joined {
  const merged: Merged[] = seen.posts.map((post) => mergePost(post, knownAs(post, known), observation));
  const gone = [...known.values()].filter((row) => isGone(row, seen));
  for (const row of gone) merged.push({ ...missed(row, observation), isNew: false });
  const changed = merged.filter((each) => each.changed);
  note(
    context,
    observation.pageId,
    changed.map(({ row }) => row),
  );
  const { slot } = context;
  return {
    rows: changed.map(({ row }) => row),
    counters: observation.late
      ? []
      : changed
          .filter((each) => each.countersChanged)
          .map(({ row }) => ({
            pageId: row.pageId,
            postId: row.postId,
            slot,
            observed: observation.observed,
            ...countersOf(row),
          })),
    fresh: merged.filter((each) => each.isNew).length,
  };
}

/** Named as removed, or within what one answer covered and not in it; an album only with all of its messages. */
function isGone(row: PostRow, seen: { removed: readonly number[]; window: Window | null }): boolean {
  const messages = row.parts.length > 0 ? row.parts : [row.postId];
  if (messages.every((id) => seen.removed.includes(id))) return true;
  const { window } = seen;
  if (!window || messages.some((id) => window.ids.includes(id))) return false;
  return window.after === null || row.published > window.after;
}

function note(context: RecordContext, pageId: number, rows: readonly PostRow[]): void {
  if (rows.length === 0) return;
  const days = context.changed.get(pageId) ?? new Set<Day>();
  for (const row of rows) days.add(dayOf(row.published, context.zone));
  context.changed.set(pageId, days);
}

/** The ids by which a post may be known. */
function messagesOf(post: ObservedPost): number[] {
  return [post.postId, ...post.parts];
}

/** Counters before posts: what is known is compared with the posts, so a crash in between loses no counter. */
async function writePosts(observations: Observations, joined: readonly Joined[]): Promise<void> {
  await insertPostCounters(
    observations,
    joined.flatMap(({ counters }) => counters),
  );
  await insertPosts(
    observations,
    joined.flatMap(({ rows }) => rows),
  );
}

const successful = (look: Look) => look.outcome === 'ok' || look.outcome === 'empty';

/** The first local day that is wholly known once everything later than the instant is. */
function dayAfter(instant: Date, context: RecordContext): Day {
  const day = addDays(dayOf(instant, context.zone), 1);
  return day < context.historyFrom ? context.historyFrom : day;
}

/** How far a look alone reaches back: to the beginning when it showed the whole wall. */
function reachOf(look: Look, context: RecordContext): Day | null {
  if (!successful(look) || !look.window) return null;
  return look.window.after === null ? context.historyFrom : dayAfter(look.window.after, context);
}

/** A community that was found but whose wall gave no answer is not unresolved any more. */
function stateOf(page: Page, look: Look): PageState | null {
  return look.state ?? (page.state === 'unresolved' && look.profile ? 'ok' : null);
}

function learntChanges(page: Page, look: Look, context: RecordContext) {
  const { profile, observed } = look;
  const state = stateOf(page, look);
  // What was reached before holds only together with every look since; a first reach is this look's own.
  const reach = page.historyReached === null ? reachOf(look, context) : null;
  return changesOf(page, {
    observed,
    state,
    ...(profile ? { name: profile.name, title: profile.title } : {}),
    ...(reach ? { historyReached: reach, historyComplete: reach === context.historyFrom } : {}),
  });
}

function ledgerChanges(page: Page, look: Look, context: RecordContext): PageChanges {
  const { slot } = context;
  const hours = restingInterval(look.state ?? page.state, rhythmOf(look.posts, look.observed), look.observed);
  const due = nextDue(slot, look.outcome, hours * context.stretch);
  const deep = successful(look) && (page.lastDeep === null || isDeep(page, slot));
  return {
    ...outcomeChanges(page, look.outcome, slot),
    nextDue: due,
    ...(successful(look) ? { lastSuccess: look.observed } : {}),
    ...(deep ? { lastDeep: slot } : {}),
  };
}

/** The newest outcome of a page; an older slot made up for leaves it. */
export function outcomeChanges(page: Page, outcome: OutcomeRow['outcome'], slot: Date): PageChanges {
  if (page.lastOutcomeSlot && page.lastOutcomeSlot > slot) return {};
  return { lastOutcome: outcome, lastOutcomeSlot: slot };
}

/**
 * Records looks: posts and subscribers first, only then the outcomes, and last the register. After a crash anywhere in
 * between, doing it again changes nothing that is there.
 */
export async function recordLooks(
  context: RecordContext,
  looks: readonly { page: Page; look: Look }[],
): Promise<void> {
  if (looks.length === 0) return;
  const { observations, slot, late } = context;
  const known = await readKnownPosts(
    observations,
    looks.map(({ page, look }) => ({
      pageId: page.id,
      ids: [...look.posts.flatMap(messagesOf), ...look.removed],
      ...(look.window ? { after: look.window.after } : {}),
    })),
  );
  const joined = looks.map(({ page, look }) => {
    const { observed } = look;
    const observation = { pageId: page.id, observed, before: page.lastSuccess, late };
    return join(context, observation, look, known.get(page.id) ?? new Map());
  });
  const subscribers: SubscribersRow[] = looks.flatMap(({ page, look }) =>
    successful(look) && !late
      ? [
          {
            pageId: page.id,
            slot,
            observed: look.observed,
            count: look.profile?.subscribers ?? null,
            precision: look.profile?.subscribersPrecision ?? null,
          },
        ]
      : [],
  );
  await Promise.all([writePosts(observations, joined), insertSubscribers(observations, subscribers)]);
  const outcomes: OutcomeRow[] = looks.map(({ page, look }, index) => ({
    pageId: page.id,
    slot,
    outcome: look.outcome,
    cause: look.cause,
    state: stateOf(page, look) ?? page.state,
    started: look.started,
    finished: look.observed,
    postsSeen: look.posts.length,
    postsNew: joined[index]?.fresh ?? 0,
    dropped: look.dropped,
  }));
  await insertOutcomes(observations, outcomes);
  const changes = looks.map(({ page, look }) => {
    const learnt = learntChanges(page, look, context);
    return {
      id: page.id,
      changes: { ...learnt.changes, ...ledgerChanges(page, look, context) },
      events: learnt.events,
    };
  });
  await writePageChanges(context, changes);
}

function placeChanges({ place }: HistoryChunk): PageChanges {
  return {
    historyCursor: place?.id ?? null,
    historyPublished: place?.published ?? null,
    historyOffset: place?.offset ?? null,
  };
}

/**
 * Records steps into the past, at most one for a page, and only then their cursors and the days reached. Returns the
 * pages as they are now.
 */
export async function recordHistory(
  context: RecordContext,
  steps: readonly { page: Page; chunk: HistoryChunk }[],
): Promise<Page[]> {
  if (steps.length === 0) return [];
  const known = await readKnownPosts(
    context.observations,
    steps.map(({ page, chunk }) => ({ pageId: page.id, ids: chunk.posts.flatMap(messagesOf) })),
  );
  const joined = steps.map(({ page, chunk }) => {
    const observation = { pageId: page.id, observed: chunk.observed, before: null, late: context.late };
    const seen = { posts: chunk.posts, removed: [], window: null };
    return join(context, observation, seen, known.get(page.id) ?? new Map());
  });
  await writePosts(context.observations, joined);
  const changed = steps.map(({ page, chunk }) => {
    const reach = chunk.reached ? context.historyFrom : chunk.oldest && dayAfter(chunk.oldest, context);
    const { observed } = chunk;
    const historyComplete = reach === context.historyFrom;
    const learnt = changesOf(page, {
      observed,
      ...(reach ? { historyReached: reach, historyComplete } : {}),
    });
    return {
      id: page.id,
      changes: { ...learnt.changes, ...placeChanges(chunk) },
      events: learnt.events,
    };
  });
  await writePageChanges(context, changed);
  return steps.map(({ page }, index) => ({ ...page, ...changed[index]?.changes }));
}
