import { z } from 'zod';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Page, PageChanges } from '#schema/operations/pages.ts';
import { readStoredJson } from '#schema/operations/stored-json.ts';
import { isUncounted, missingByCount, uncounted } from './counted.ts';
import type { DoubtSeen } from './doubts.ts';
import { nextDoubt, readDoubt, strangeOf } from './doubts.ts';
import { describeDoubt, describeDrops, joined as joinedNotes } from './judge.ts';
import { readKnownPosts } from './known-posts.ts';
import { knownAs } from './merge.ts';
import { changesOf, writePageChanges } from './page-changes.ts';
import { withPossibleValues } from './possible.ts';
import type { RecordContext } from './record.ts';
import type { Joined } from './record.ts';
import { eachItsOwn, join, messagesOf, writePosts } from './record.ts';
import { dayAfter } from './record-looks.ts';
import { readReview, reviewAt, reviewDone, reviewForDates, secondReading } from './review.ts';
import { strangeDrops } from './sources/kit/dropped.ts';
import type { Doubt, HistoryChunk } from './source.ts';

/**
 * Why a page's past is read: it is not known yet (`open`), its end was seen once and is looked at again (`verify`), or
 * all of it is read once more (`review`).
 */
export type HistoryPurpose = 'open' | 'verify' | 'review';

/** A step into the past of a page. */
export interface HistoryStep {
  page: Page;
  purpose: HistoryPurpose;
  chunk: HistoryChunk;
}

/** A step as it was recorded. */
export interface RecordedStep {
  page: Page;
  /** What is to be said of it in the page's outcome; ''. */
  note: string;
  dropped: Readonly<Record<string, number>>;
  /** Posts not known before, and posts that came back. */
  fresh: number;
  returned: number;
}

function possibleChunk(chunk: HistoryChunk): HistoryChunk {
  const { posts, dropped, note } = withPossibleValues(chunk.posts, chunk.observed);
  return {
    ...chunk,
    posts,
    dropped: added(chunk.dropped, dropped),
    note: joinedNotes(chunk.note, note === '' ? '' : `history: ${note}`),
  };
}

function placeChanges({ place }: HistoryChunk): PageChanges {
  return {
    historyCursor: place?.id ?? null,
    historyPublished: place?.published ?? null,
    historyOffset: place?.offset ?? null,
  };
}

const noPlace: PageChanges = { historyCursor: null, historyPublished: null, historyOffset: null };

/** What is doubted of a past after a step, and whether it has convinced by being the same for hours. */
function doubtChanges(
  page: Page,
  doubt: DoubtSeen,
  observed: Date,
): { changes: PageChanges; convinced: boolean } {
  const kept = nextDoubt(readDoubt(page.historyDoubt), doubt, observed);
  return { changes: { historyDoubt: JSON.stringify(kept) }, convinced: kept.accepted === true };
}

/** Items left out on the way into a past, counted since it was begun. */
const walkedShape = z.object({ drops: z.record(z.string(), z.number()) });
type Walked = z.infer<typeof walkedShape>;

function walkedOf(page: Page): Walked {
  const read = page.historyDropped === null ? null : readStoredJson(page.historyDropped);
  const walked = walkedShape.safeParse(read);
  return walked.success ? walked.data : { drops: {} };
}

function added(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const sum: Record<string, number> = { ...one };
  for (const [reason, count] of Object.entries(other)) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}

interface Consequence {
  changes: PageChanges;
  reach: string | null;
  note: string;
}

/** What is doubted at the end of the way into a past: items left out, or posts that the network counts; `null`: nothing. */
function endDoubt(drops: Readonly<Record<string, number>>, missing: number): DoubtSeen | null {
  if (strangeDrops(drops) > 0) {
    const detail = `on the whole way ${describeDrops(drops)}`;
    return { kind: 'dropped', detail, drops: strangeOf(drops) };
  }
  return missing > 0 ? uncounted : null;
}

/** How many posts the network counts that were not read, in words: what is doubted is the same whatever their number. */
function counted(missing: number): Doubt {
  return { ...uncounted, detail: `${uncounted.detail}: ${missing}` };
}

/** A past that is not known yet. It is complete when its end was reached and nothing was left out on the way, or the same twice. */
function afterOpen(context: RecordContext, page: Page, chunk: HistoryChunk, fresh: number): Consequence {
  const { observed } = chunk;
  const oldest = chunk.oldest && dayAfter(chunk.oldest, context);
  const drops = added(walkedOf(page).drops, chunk.dropped);
  const strange = strangeDrops(drops);
  const walked = strange > 0 ? JSON.stringify({ drops }) : null;
  if (chunk.doubt) {
    const { changes } = doubtChanges(page, chunk.doubt, observed);
    const note = `history: ${describeDoubt(chunk.doubt)}`;
    return { changes: { ...changes, ...placeChanges(chunk), historyDropped: walked }, reach: oldest, note };
  }
  if (!chunk.reached) {
    const changes = { ...placeChanges(chunk), historyDropped: walked };
    return { changes, reach: oldest, note: '' };
  }
  const missing = missingByCount(page, chunk, fresh, drops);
  const doubt = endDoubt(drops, missing);
  if (doubt) {
    const { changes, convinced } = doubtChanges(page, doubt, observed);
    if (!convinced) {
      // What was left out may be shown by another answer: the way is gone once more.
      const note = `history: ${describeDoubt(isUncounted(doubt) ? counted(missing) : doubt)}`;
      return { changes: { ...changes, ...noPlace, historyDropped: null }, reach: null, note };
    }
  }
  const reachProof = missing > 0 ? 'weak' : chunk.reached;
  return {
    changes: { ...placeChanges(chunk), reachProof, historyDoubt: null, historyDropped: null },
    reach: context.historyFrom,
    note: '',
  };
}

/** The end of a past, looked at again. When there is more, the past is not known wholly after all. */
function afterVerify(context: RecordContext, page: Page, chunk: HistoryChunk, fresh: number): Consequence {
  if (chunk.doubt) return { changes: {}, reach: null, note: `history: ${describeDoubt(chunk.doubt)}` };
  if (chunk.reached) {
    const reachProof = missingByCount(page, chunk, fresh, {}) > 0 ? 'weak' : 'proven';
    return { changes: { reachProof }, reach: null, note: '' };
  }
  const known = chunk.oldest && dayAfter(chunk.oldest, context);
  return {
    changes: { ...placeChanges(chunk), reachProof: null, historyReached: known ?? page.historyReached },
    reach: null,
    note: 'history: it did not end where it seemed to',
  };
}

/** A past that is read once more, beside what is known of it. */
function afterReview(page: Page, chunk: HistoryChunk, isUnsettled: boolean, fresh: number): Consequence {
  const before = readReview(page.review);
  const at = reviewAt(before, chunk.place, isUnsettled);
  const done = reviewDone(before, isUnsettled, chunk.observed);
  if (chunk.doubt) {
    const { changes, convinced } = doubtChanges(page, chunk.doubt, chunk.observed);
    const note = `history: ${describeDoubt(chunk.doubt)}`;
    return { changes: { ...changes, review: convinced ? done : at }, reach: null, note };
  }
  if (!chunk.reached) return { changes: { review: at }, reach: null, note: '' };
  // Two ways through the same past that end alike agree, unless the network counts more.
  const missing = missingByCount(page, chunk, fresh, {});
  const reachProof = missing > 0 ? 'weak' : 'proven';
  const changes: PageChanges = { review: done, reachProof, historyDoubt: null };
  const note = missing > 0 ? `history: ${counted(missing).detail}` : '';
  return { changes: { ...changes, ...placeChanges(chunk) }, reach: null, note };
}

/** When the past is to be read again: for dates that are to be seen twice, and once after it has been read wholly. */
function againChanges(
  page: Page,
  { observed }: HistoryChunk,
  isUnsettled: boolean,
  isDone: boolean,
): PageChanges {
  const { isOpen, from } = readReview(page.review);
  if (isOpen) return {};
  if (isUnsettled) return { review: reviewForDates(observed) };
  return isDone && from === null ? { review: secondReading(observed) } : {};
}

function consequenceOf(
  context: RecordContext,
  { page, purpose, chunk }: HistoryStep,
  { unsettled, fresh }: Pick<Joined, 'unsettled' | 'fresh'>,
): Consequence {
  const isUnsettled = unsettled.length > 0;
  if (purpose === 'review') {
    const consequence = afterReview(page, chunk, isUnsettled, fresh.length);
    return { ...consequence, note: joinedNotes(chunk.note, consequence.note) };
  }
  const { changes, reach, note } =
    purpose === 'open'
      ? afterOpen(context, page, chunk, fresh.length)
      : afterVerify(context, page, chunk, fresh.length);
  const isDone = reach === context.historyFrom;
  const again = againChanges(page, chunk, isUnsettled, isDone);
  return { changes: { ...changes, ...again }, reach, note: joinedNotes(chunk.note, note) };
}

async function record(context: RecordContext, given: readonly HistoryStep[]): Promise<RecordedStep[]> {
  const steps = given.map((step) => ({ ...step, chunk: possibleChunk(step.chunk) }));
  const known = await readKnownPosts(
    context.observations,
    steps.map(({ page, chunk }) => ({ pageId: page.id, ids: chunk.posts.flatMap(messagesOf) })),
  );
  const joined = steps.map(({ page, chunk }) => {
    const observation = { pageId: page.id, observed: chunk.observed, before: null, late: context.late };
    const ofPage = known.get(page.id) ?? new Map<number, PostRow>();
    // That a known post is removed is for a look to find out, which asks for it.
    const posts = chunk.posts.filter((post) => !post.removed || knownAs(post, ofPage) === null);
    return join(context, observation, { posts, gone: [] }, ofPage);
  });
  await context.confirm();
  await writePosts(context, joined);
  const consequences = steps.map((step, index) =>
    consequenceOf(context, step, joined[index] ?? { unsettled: [], fresh: [] }),
  );
  const changed = steps.map(({ page, chunk }, index) => {
    const { changes = {}, reach = null } = consequences[index] ?? {};
    const historyComplete = reach === context.historyFrom;
    const learnt = changesOf(page, {
      observed: chunk.observed,
      ...(reach ? { historyReached: reach, historyComplete } : {}),
    });
    const storedPosts = page.storedPosts + (joined[index]?.fresh.length ?? 0);
    return { id: page.id, changes: { ...learnt.changes, ...changes, storedPosts }, events: learnt.events };
  });
  await writePageChanges(context, changed);
  return steps.map(({ page, chunk }, index) => ({
    page: { ...page, ...changed[index]?.changes },
    note: consequences[index]?.note ?? '',
    dropped: chunk.dropped,
    fresh: joined[index]?.fresh.length ?? 0,
    returned: joined[index]?.returned ?? 0,
  }));
}

/**
 * Records steps into the past, at most one for a page, and only then their places and the days reached. Returns the
 * pages as they are now, with what is to be said of the step. A step whose values are refused leaves its page as it was.
 */
export async function recordHistory(
  context: RecordContext,
  steps: readonly HistoryStep[],
): Promise<RecordedStep[]> {
  if (steps.length === 0) return [];
  return await eachItsOwn(
    steps,
    (some) => record(context, some),
    ({ page }, error) =>
      Promise.resolve({
        page,
        note: `history: broken: what the network showed cannot be stored (${error.message.slice(0, 200)})`,
        dropped: {},
        fresh: 0,
        returned: 0,
      }),
  );
}

/** The outcome of a look with what its page's past had to say in the same run. */
export function withHistory(outcome: OutcomeRow, said: Pick<RecordedStep, 'note' | 'dropped'>): OutcomeRow {
  return {
    ...outcome,
    cause: joinedNotes(outcome.cause, said.note),
    dropped: added(outcome.dropped, said.dropped),
  };
}
