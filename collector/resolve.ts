import { PageLinkError, parsePageLink } from '#domain/page-link.ts';
import type { PageState } from '#domain/vocabulary.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import { PageTaken } from '#schema/operations/errors.ts';
import type { Page, PageChanges } from '#schema/operations/pages.ts';
import { changesOf, writePageChanges } from './page-changes.ts';
import { nextDue } from './plan.ts';
import type { RecordContext } from './record.ts';
import { outcomeChanges } from './record-looks.ts';
import type { Resolution, Source } from './source.ts';

type Failed = Exclude<Resolution, { result: 'found' }>;

/** How often a page that has shown nothing yet is asked for, in hours. */
const emptyInterval = 6;

/** The outcome of a page whose id is not known: nobody has its name, it is somebody else's, it shows nothing, or the network could not be asked. */
function outcomeOf(resolution: Failed): OutcomeRow['outcome'] {
  if (resolution.result === 'not_found') return 'gone';
  return 'outcome' in resolution ? resolution.outcome : 'error';
}

function stateOf(resolution: Failed, page: Page): PageState {
  if (resolution.result === 'failed') return page.state;
  return resolution.result === 'unidentified' ? resolution.state : resolution.result;
}

/** A page that shows no post has been read to its beginning. */
function emptyChanges(context: RecordContext, resolution: Failed, observed: Date): PageChanges {
  const isEmpty = resolution.result === 'unidentified' && resolution.outcome === 'empty';
  return isEmpty ? { lastSuccess: observed, historyReached: context.historyFrom, reachProof: 'weak' } : {};
}

/**
 * Finds the native ids of pages known by name. Those found are `ready` to be looked at in the same run; others get
 * their outcome and state at once, and are counted as `refused`. A page that the source said nothing of, as it was told to
 * stop, is neither. `now` gives the time of each record.
 */
export async function resolvePages(
  context: RecordContext,
  source: Source,
  pages: readonly Page[],
  now: () => Date,
  signal?: AbortSignal,
): Promise<{ ready: Page[]; refused: number }> {
  const unresolved = new Map(
    pages.filter(({ nativeId }) => nativeId === null).map((page) => [page.id, page]),
  );
  const ready: Page[] = pages.filter(({ nativeId }) => nativeId !== null);
  let refused = 0;
  if (unresolved.size === 0) return { ready, refused };
  const wanted = [...unresolved.values()].map(({ id, name, link }) => ({ pageId: id, name, link }));
  for await (const resolution of source.resolve(wanted, signal)) {
    const page = unresolved.get(resolution.pageId);
    if (!page) continue;
    const resolved = await record(context, page, resolution, now());
    if (resolved) ready.push(resolved);
    else refused += 1;
  }
  return { ready, refused };
}

/** A page is looked up anew after so many looks in a row that failed by itself, and then after every eighth. */
const failuresBeforeAsking = 3;
const failuresBetween = 8;

function isDoubtfulId({ nativeId, lastSuccess, failedLooks }: Page): boolean {
  if (nativeId === null || lastSuccess !== null) return false;
  return failedLooks >= failuresBeforeAsking && (failedLooks - failuresBeforeAsking) % failuresBetween === 0;
}

/**
 * Asks anew for the names of pages that have never been read by the id they were found to have: an odd answer may have
 * told a wrong one. Returns all pages, those with another id now by it.
 */
export async function resolveAgain(
  context: RecordContext,
  source: Source,
  pages: readonly Page[],
  now: () => Date,
  signal?: AbortSignal,
): Promise<Page[]> {
  const byId = new Map(pages.map((page) => [page.id, page]));
  // The name as registered: what was learnt may be of the wrong community.
  const wanted = pages.filter(isDoubtfulId).map(({ id, link }) => ({ pageId: id, name: nameIn(link), link }));
  const named = wanted.filter(({ name }) => name !== null);
  if (named.length === 0) return [...pages];
  for await (const resolution of source.resolve(named, signal)) {
    const page = byId.get(resolution.pageId);
    if (!page || resolution.result !== 'found' || resolution.nativeId === page.nativeId) continue;
    const { nativeId, name, title } = resolution;
    const learnt = changesOf(page, { observed: now(), name, title });
    const changes: PageChanges = { ...learnt.changes, nativeId, failedLooks: 0 };
    await context.confirm();
    try {
      await writePageChanges(context, [{ id: page.id, changes, events: learnt.events }]);
      byId.set(page.id, { ...page, ...changes });
    } catch (error) {
      // The community is in the register under another link: this page stays what it is.
      if (!(error instanceof PageTaken)) throw error;
    }
  }
  return [...byId.values()];
}

/** The name that a registered link holds; `null` when it holds an id. */
function nameIn(link: string): string | null {
  try {
    return parsePageLink(link).name;
  } catch (error) {
    if (error instanceof PageLinkError) return null;
    throw error;
  }
}

/** The page with its native id, or `null` when this resolution is its outcome. */
async function record(
  context: RecordContext,
  page: Page,
  resolution: Resolution,
  observed: Date,
): Promise<Page | null> {
  await context.confirm();
  if (resolution.result !== 'found') {
    await refuse(context, page, resolution, observed);
    return null;
  }
  const { nativeId, name, title } = resolution;
  const learnt = changesOf(page, { observed, name, title });
  const changes: PageChanges = { ...learnt.changes, nativeId, foundAs: null };
  try {
    await writePageChanges(context, [{ id: page.id, changes, events: [] }]);
    return { ...page, ...changes };
  } catch (error) {
    if (!(error instanceof PageTaken)) throw error;
    const cause = `the community ${nativeId} is in the register already, under another link`;
    await refuse(context, page, { pageId: page.id, result: 'unresolved', is: null, cause }, observed);
    return null;
  }
}

async function refuse(context: RecordContext, page: Page, resolution: Failed, observed: Date): Promise<void> {
  const { slot } = context;
  const outcome = outcomeOf(resolution);
  const state = stateOf(resolution, page);
  await insertOutcomes(context.observations, [
    {
      pageId: page.id,
      slot,
      outcome,
      cause: resolution.cause,
      state,
      started: observed,
      finished: observed,
      postsSeen: 0,
      postsNew: 0,
      dropped: {},
    },
  ]);
  if (resolution.result === 'unidentified' && resolution.subscribers !== null && !context.late) {
    const { subscribers: count, subscribersPrecision: precision } = resolution;
    await insertSubscribers(context.observations, [{ pageId: page.id, slot, observed, count, precision }]);
  }
  const title = resolution.result === 'unidentified' ? resolution.title : '';
  const learnt = changesOf(page, { observed, state, title });
  // Names are not asked for hourly for ever: only what failed by the moment is tried again soon.
  const isSoon = resolution.result === 'failed' || outcome === 'empty';
  const due = nextDue(slot, isSoon ? outcome : 'gone', outcome === 'empty' ? emptyInterval : 1);
  const changes = {
    ...learnt.changes,
    ...outcomeChanges(page, outcome, slot, observed),
    ...emptyChanges(context, resolution, observed),
    ...(resolution.result === 'failed'
      ? {}
      : { foundAs: resolution.result === 'unresolved' ? resolution.is : null }),
    nextDue: due,
  };
  await writePageChanges(context, [{ id: page.id, changes, events: learnt.events }]);
}
