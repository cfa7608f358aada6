import type { Clock } from '#domain/clock.ts';
import { dayOf } from '#domain/period.ts';
import type { Day } from '#domain/period.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { ValueRefused } from '#schema/observations/errors.ts';
import type { PostCounterRow } from '#schema/observations/tables/post-counters.ts';
import { insertPostCounters } from '#schema/observations/tables/post-counters.ts';
import type { PostStateRow } from '#schema/observations/tables/post-states.ts';
import { insertPostStates, stateOfPost } from '#schema/observations/tables/post-states.ts';
import type { PostRow, PostRowKey } from '#schema/observations/tables/posts.ts';
import { insertPosts, removePostRows } from '#schema/observations/tables/posts.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { whileOwed } from '#schema/operations/owed-days.ts';
import { isMisdated } from './dates.ts';
import type { Merged, Observation } from './merge.ts';
import { countersOf, knownAs, mergePost, missed } from './merge.ts';
import type { Confirming } from './ask-missing.ts';
import type { ObservedPost } from './source.ts';

/** What all records of one run share. */
export interface RecordContext {
  observations: Observations;
  operations: Operations;
  clock: Clock;
  slot: Date;
  /** The slot is made up for later: posts only, nothing stamped with the past. */
  late: boolean;
  zone: string;
  /** The first wanted local day. */
  historyFrom: Day;
  /** What the quota stretches all intervals by. */
  stretch: number;
  /** To be called before anything is written: rejects when the run is not this process's any more (`RunTakenOver`). */
  confirm(): Promise<void>;
}

/** What records of one network need beside: how its posts are asked for by id. */
export interface NetworkRecordContext extends RecordContext {
  confirming: Confirming;
}

/** What one page's posts come to, before anything is written. */
export interface Joined {
  rows: PostRow[];
  /** What history is told of them, and of posts that do not stand under their old publication any more. */
  states: PostStateRow[];
  redatedStates: PostStateRow[];
  counters: PostCounterRow[];
  /** Rows under a publication that was wrong. */
  misdated: PostRowKey[];
  /** Posts that were not known before. */
  fresh: PostRow[];
  /** Posts that had been taken for deleted. */
  returned: number;
  /** Posts shown under another date than they are known by, which does not convince yet: they are to be seen again. */
  unsettled: PostRow[];
  /** Posts whose other date has convinced. */
  redated: PostRow[];
}

/** Joins posts as seen with those known; `gone` are known posts that are not there any more. */
export function join(
  context: RecordContext,
  observation: Observation,
  seen: { posts: readonly ObservedPost[]; gone: readonly PostRow[] },
  known: ReadonlyMap<number, PostRow>,
): Joined {
  const merged: Merged[] = seen.posts.map((post) => mergePost(post, knownAs(post, known), observation));
  const unsettled = merged.filter(({ row }) => row.otherPublished !== null).map(({ row }) => row);
  for (const row of seen.gone) merged.push({ ...missed(row, observation), isNew: false });
  const changed = merged.filter((each) => each.changed);
  const misdated = changed.flatMap(({ row, misdated: published }) =>
    published ? [{ ...row, published }] : [],
  );
  const redated = changed.flatMap(({ row, misdated: published }) =>
    published && !isMisdated({ published, firstSeen: row.firstSeen }) ? [row] : [],
  );
  const { slot } = context;
  const { observed } = observation;
  return {
    rows: changed.map(({ row }) => row),
    states: changed.flatMap(({ row, stateChanged }) =>
      stateChanged ? [stateOfPost(row, { observed, isRedated: false })] : [],
    ),
    redatedStates: changed.flatMap(({ row, misdated: published }) =>
      published ? [stateOfPost({ ...row, published }, { observed, isRedated: true })] : [],
    ),
    misdated,
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
    fresh: [...new Map(merged.flatMap(({ isNew, row }) => (isNew ? [[row.postId, row]] : []))).values()],
    returned: changed.filter(({ row }) => row.returned?.getTime() === observation.observed.getTime()).length,
    unsettled,
    redated,
  };
}

/** The ids by which a post may be known. */
export function messagesOf(post: ObservedPost): number[] {
  return [post.postId, ...post.parts];
}

/**
 * History first (of a post with another publication the end of the old one before the new one), then what it is now: whoever is
 * killed in between has told of a change that the next look finds again. Counters before posts: what is known is compared with the posts, so a crash in between loses no counter. Rows under a
 * wrong publication go last: after a crash before that they are found again. The days of all of them are owed to counting
 * before, whatever becomes of the run.
 */
export async function writePosts(
  {
    observations,
    operations,
    zone,
    clock,
  }: Pick<RecordContext, 'observations' | 'operations' | 'zone' | 'clock'>,
  joined: readonly Joined[],
): Promise<void> {
  const owed = joined
    .flatMap(({ rows, misdated }) => [...rows, ...misdated])
    .map(({ pageId, published }) => ({ pageId, day: dayOf(published, zone) }));
  await whileOwed(operations, owed, clock.now(), async () => {
    await insertPostStates(
      observations,
      joined.flatMap(({ redatedStates }) => redatedStates),
    );
    await insertPostStates(
      observations,
      joined.flatMap(({ states }) => states),
    );
    await insertPostCounters(
      observations,
      joined.flatMap(({ counters }) => counters),
    );
    await insertPosts(
      observations,
      joined.flatMap(({ rows }) => rows),
    );
    await removePostRows(
      observations,
      joined.flatMap(({ misdated }) => misdated),
    );
  });
}

/** Whether a failure is of the values themselves, so that the other pages of a batch can do without them. */
function isOfValues(error: unknown): boolean {
  return error instanceof ValueRefused || error instanceof RangeError || error instanceof TypeError;
}

/**
 * Does the work for all items at once; when a value of theirs is refused, for each alone, and gives the refused ones to
 * `refuse`: one page's trouble is its own. Rejects with what the stores throw.
 */
export async function eachItsOwn<Item, Result>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<Result[]>,
  refuse: (item: Item, error: Error) => Promise<Result>,
): Promise<Result[]> {
  try {
    return await work(items);
  } catch (error) {
    if (!isOfValues(error)) throw error;
    const [only] = items;
    if (items.length === 1 && only !== undefined) return [await refuse(only, error as Error)];
    const results: Result[] = [];
    for (const item of items) results.push(...(await eachItsOwn([item], work, refuse)));
    return results;
  }
}
