import { addDays, dayOf } from '#domain/period.ts';
import type { Day } from '#domain/period.ts';
import type { PageState } from '#domain/vocabulary.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import type { PageEventRow } from '#schema/observations/tables/page-events.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { SubscribersRow } from '#schema/observations/tables/subscribers.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import type { Page, PageChanges } from '#schema/operations/pages.ts';
import type { JudgedLook } from './judge.ts';
import { judgeLook } from './judge.ts';
import { clockTolerance } from './dates.ts';
import { middleOf } from './evidence.ts';
import { readKnownPosts } from './known-posts.ts';
import { changesOf, writePageChanges } from './page-changes.ts';
import { isDeep, marksAfter, nextDue, pollInterval, rhythmOf } from './plan.ts';
import type { Joined, NetworkRecordContext, RecordContext } from './record.ts';
import { eachItsOwn, join, messagesOf, writePosts } from './record.ts';
import { reviewChanges } from './look-review.ts';
import type { Look } from './source.ts';

/** A look as it was recorded. */
export interface RecordedLook {
  page: Page;
  /** With the outcome that it has in the ledger. */
  look: Look;
  outcome: OutcomeRow;
}

interface Judged extends JudgedLook {
  page: Page;
}

const isSuccess = ({ outcome }: Pick<Look, 'outcome'>) => outcome === 'ok' || outcome === 'empty';

/** The first local day that is wholly known once everything later than the instant is. */
export function dayAfter(instant: Date, context: RecordContext): Day {
  const day = addDays(dayOf(instant, context.zone), 1);
  return day < context.historyFrom ? context.historyFrom : day;
}

/** How far a look alone reaches back: to the beginning when it showed the whole wall. */
function reachOf({ look }: JudgedLook, context: RecordContext): Day | null {
  if (!isSuccess(look) || !look.window) return null;
  return look.window.after === null ? context.historyFrom : dayAfter(look.window.after, context);
}

/** A community that was found but whose wall gave no answer is not unresolved any more. */
function stateOf(page: Page, look: Look): PageState | null {
  return look.state ?? (page.state === 'unresolved' && look.profile ? 'ok' : null);
}

/** What an address is by now that was a page of publications, or is one again. */
function foundAsChanges(page: Page, look: Look): PageChanges {
  if (look.became) return page.foundAs === look.became ? {} : { foundAs: look.became };
  return isSuccess(look) && page.foundAs !== null ? { foundAs: null } : {};
}

function identityEvents(page: Page, look: Look): PageEventRow[] {
  const event = (kind: PageEventRow['event'], before: string, after: string): PageEventRow => ({
    pageId: page.id,
    observed: look.observed,
    event: kind,
    before,
    after,
  });
  return [
    ...(look.became && page.foundAs !== look.became
      ? [event('became', page.foundAs ?? '', look.became)]
      : []),
    ...(look.foundAgain ? [event('found_again', page.name ?? '', look.profile?.name ?? '')] : []),
  ];
}

/** A page whose dates have changed: what was reached by them is not, and its past is read again from the newest on. */
const unread = {
  historyReached: null,
  historyCursor: null,
  historyPublished: null,
  historyOffset: null,
  reachProof: null,
  historyDoubt: null,
  historyDropped: null,
} satisfies PageChanges;

function learntChanges(judged: Judged, context: RecordContext) {
  const { look } = judged;
  const forgotten = judged.redated ? unread : {};
  const page = { ...judged.page, ...forgotten };
  const { profile, observed } = look;
  // What was reached before holds only together with every look since; a first reach is this look's own.
  const reach = page.historyReached === null ? reachOf(judged, context) : null;
  const learnt = changesOf(page, {
    observed,
    state: stateOf(page, look),
    ...(profile ? { name: profile.name, title: profile.title } : {}),
    ...(reach ? { historyReached: reach, historyComplete: reach === context.historyFrom } : {}),
  });
  const isWhole = reach !== null && look.window?.after === null;
  const proof: PageChanges = isWhole ? { reachProof: look.window?.proof ?? 'weak' } : {};
  const changes: PageChanges = {
    ...forgotten,
    ...learnt.changes,
    ...proof,
    ...foundAsChanges(page, look),
  };
  return { changes, events: [...learnt.events, ...identityEvents(page, look)] };
}

/** The newest outcome of a page; an older slot made up for leaves it, unless it lies ahead of now. */
export function outcomeChanges(
  page: Page,
  outcome: OutcomeRow['outcome'],
  slot: Date,
  now: Date,
): PageChanges {
  const newest = page.lastOutcomeSlot;
  if (newest && newest > slot && newest.getTime() <= now.getTime() + clockTolerance) return {};
  return { lastOutcome: outcome, lastOutcomeSlot: slot };
}

/** A failure of the page itself, as of an id that is nobody's: not of the network or the key. */
function isOwnFailure({ outcome, cause }: Look): boolean {
  return (outcome === 'error' && !cause.startsWith('network:')) || outcome === 'gone';
}

function ledgerChanges({ page, look, doubt, whole }: Judged, context: RecordContext): PageChanges {
  const { slot } = context;
  const hours = pollInterval(look.state ?? page.state, rhythmOf(look.posts, look.observed), look.observed);
  const deep = isSuccess(look) && (page.lastDeep === null || isDeep(page, slot));
  return {
    ...outcomeChanges(page, look.outcome, slot, look.observed),
    nextDue: nextDue(slot, look.outcome, hours * context.stretch),
    lookDoubt: doubt === null ? null : JSON.stringify(doubt),
    failedLooks: isSuccess(look) ? 0 : page.failedLooks + (isOwnFailure(look) ? 1 : 0),
    ...(isSuccess(look)
      ? {
          lastSuccess: look.observed,
          ...marksAfter(page, { observed: look.observed, whole }),
        }
      : {}),
    ...(deep ? { lastDeep: slot } : {}),
  };
}

function subscribersOf({ page, look }: Judged, { slot, late }: RecordContext): SubscribersRow[] {
  const count = look.profile?.subscribers ?? null;
  // A page that shows no posts may tell its subscribers all the same.
  if (late || (!isSuccess(look) && count === null)) return [];
  const precision = look.profile?.subscribersPrecision ?? null;
  return [{ pageId: page.id, slot, observed: look.observed, count, precision }];
}

function outcomeOf({ page, look }: Judged, slot: Date, joined: Joined | undefined): OutcomeRow {
  return {
    pageId: page.id,
    slot,
    outcome: look.outcome,
    cause: look.cause,
    state: stateOf(page, look) ?? page.state,
    started: look.started,
    finished: look.observed,
    postsSeen: look.posts.length,
    postsNew: joined?.fresh.length ?? 0,
    dropped: look.dropped,
  };
}

type Known = Map<number, Map<number, PostRow>>;

async function judgeAll(
  context: NetworkRecordContext,
  looks: readonly { page: Page; look: Look }[],
  known: Known,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const { page, look } of looks) {
    judged.push({
      page,
      ...(await judgeLook(page, look, known.get(page.id) ?? new Map(), context.confirming)),
    });
  }
  return judged;
}

/** The ids of posts that a look shows or names. */
const shownIds = ({ posts, removed }: Look): number[] => [...posts.flatMap(messagesOf), ...removed];

/** What is known of the posts that looks show or should show; of a look without posts all that is known of its page. */
async function readKnown(
  context: RecordContext,
  looks: readonly { page: Page; look: Look }[],
): Promise<Known> {
  return await readKnownPosts(
    context.observations,
    looks.map(({ page, look }) => ({
      pageId: page.id,
      ids: shownIds(look),
      ...(look.window
        ? { after: look.window.after, above: middleOf(look.window.ids) }
        : look.posts.length === 0
          ? { after: null }
          : {}),
    })),
  );
}

/** Adds what is known of posts that were shown only when asked for by id. */
async function addKnownOfAsked(
  context: RecordContext,
  looks: readonly { page: Page; look: Look }[],
  judged: readonly Judged[],
  known: Known,
): Promise<void> {
  const wanted = judged.flatMap(({ page, look }, index) => {
    const read = new Set(shownIds(looks[index]?.look ?? look));
    const ids = shownIds(look).filter((id) => !read.has(id));
    return ids.length > 0 ? [{ pageId: page.id, ids }] : [];
  });
  for (const [pageId, rows] of await readKnownPosts(context.observations, wanted)) {
    for (const [postId, row] of rows) known.get(pageId)?.set(postId, row);
  }
}

async function record(
  context: NetworkRecordContext,
  looks: readonly { page: Page; look: Look }[],
): Promise<RecordedLook[]> {
  const { observations, slot, late } = context;
  const known = await readKnown(context, looks);
  const judged = await judgeAll(context, looks, known);
  await addKnownOfAsked(context, looks, judged, known);
  const joined = judged.map(({ page, look, gone }) => {
    const observation = { pageId: page.id, observed: look.observed, before: page.lastSuccess, late };
    return join(context, observation, { posts: look.posts, gone }, known.get(page.id) ?? new Map());
  });
  const subscribers = judged.flatMap((each) => subscribersOf(each, context));
  await context.confirm();
  await Promise.all([writePosts(context, joined), insertSubscribers(observations, subscribers)]);
  const outcomes = judged.map((each, index) => outcomeOf(each, slot, joined[index]));
  await insertOutcomes(observations, outcomes);
  const changed = judged.map((each, index) => {
    const learnt = learntChanges(each, context);
    const { fresh, unsettled, redated } = joined[index] ?? { fresh: [], unsettled: [], redated: [] };
    return {
      id: each.page.id,
      changes: {
        ...learnt.changes,
        ...ledgerChanges(each, context),
        ...reviewChanges(each, { fresh, unsettled, redated }),
        storedPosts: each.page.storedPosts + fresh.length,
      },
      events: learnt.events,
    };
  });
  await writePageChanges(context, changed);
  return judged.flatMap(({ page, look }, index) => {
    const outcome = outcomes[index];
    return outcome ? [{ page: { ...page, ...changed[index]?.changes }, look, outcome }] : [];
  });
}

/** A look whose values the store refuses, as the failure that it is. */
function refused(look: Look, error: Error): Look {
  const cause = `broken: what the network showed cannot be stored (${error.message.slice(0, 200)})`;
  return {
    ...look,
    outcome: 'error',
    cause,
    state: null,
    profile: null,
    posts: [],
    removed: [],
    window: null,
    doubt: null,
    dropped: {},
  };
}

/**
 * Records looks: decides what follows from them (`judgeLook`), writes posts and subscribers first, only then the outcomes,
 * and last the register. After a crash anywhere in between, doing it again changes nothing that is there. A page whose
 * values are refused ends as an error, and the others are recorded.
 */
export async function recordLooks(
  context: NetworkRecordContext,
  looks: readonly { page: Page; look: Look }[],
): Promise<RecordedLook[]> {
  if (looks.length === 0) return [];
  return await eachItsOwn(
    looks,
    (some) => record(context, some),
    async ({ page, look }, error) => {
      const [recorded] = await record(context, [{ page, look: refused(look, error) }]);
      if (!recorded) throw error;
      return recorded;
    },
  );
}
