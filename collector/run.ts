import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { endCutShortWriting } from '#schema/operations/owed-days.ts';
import type { Page } from '#schema/operations/pages.ts';
import { listPages, updatePages } from '#schema/operations/pages.ts';
import { commitRevisions, endRuns, takeRevision } from '#schema/operations/revisions.ts';
import { under } from '#schema/revisions.ts';
import type { CollectionContext, CollectionRequest, RunProgress, RunSummary } from './context.ts';
import { CollectionRefused } from './context.ts';
import { readRhythms } from './known-posts.ts';
import { closeUnfinishedRuns, countOutcomes, missedCauses, missedRow, pagesDone, readRun } from './ledger.ts';
import { isDue, looksPerDay, pollInterval, quotaStretch } from './plan.ts';
import { serialize } from '#domain/mutex.ts';
import type { RecordContext } from './record.ts';
import { Reading } from './reading.ts';
import { outcomeChanges } from './record-looks.ts';
import { withSlot, type RunsUnderWay, type SlotOfRun } from './run-lease.ts';

const lateAfterUsually = 15 * 60_000;

/**
 * Makes one run: plans, fetches, inserts, and only then records each page's outcome. Every planned page has exactly one
 * outcome in the slot afterwards; when the process dies, the next run records what is left as missed. Runs of one process
 * wait for each other, and so do runs of the same slot of all processes that share their stores. Rejects with
 * `CollectionRefused`, `RunTakenOver`, or with what the stores throw.
 */
export async function runCollection(
  context: CollectionContext,
  request: CollectionRequest,
): Promise<RunSummary> {
  return await serialize(context.operations, () =>
    withSlot(context, request.slot, (mine) => runNumbered(context, request, mine)),
  );
}

/** The run under a number of its own. What fails leaves it open, as what is killed does: the next run closes both. */
async function runNumbered(
  context: CollectionContext,
  request: CollectionRequest,
  mine: SlotOfRun,
): Promise<RunSummary> {
  const { operations, clock } = context;
  const about = { stream: 'observations', kind: 'run', slot: request.slot } as const;
  const revision = await takeRevision(operations, clock, about);
  try {
    const observations = under(context.observations, revision);
    const beginBatch = () => revision.renew();
    const summary = await run({ ...context, observations, beginBatch }, request, mine);
    const underWay = await mine.runs.others(request.slot);
    await endRuns(operations, revision, { summary: `pages: ${summary.pages}`, underWay });
    return summary;
  } catch (error) {
    if (error instanceof CollectionRefused) await commitRevisions(operations, revision.ids, clock.now());
    throw error;
  }
}

async function run(
  context: CollectionContext,
  request: CollectionRequest,
  { confirm, runs }: SlotOfRun,
): Promise<RunSummary> {
  const { observations, operations, clock, settings, log } = context;
  const { slot, kind } = request;
  const started = clock.now();
  if (slot.getTime() > started.getTime() + 60_000) {
    throw new CollectionRefused(`The slot ${slot.toISOString()} is still to come: give one that has begun.`);
  }
  if ((await runs.others(slot)).length === 0) await endCutShortWriting(operations);
  // Somebody who asks for a look now may have mended what keys were laid aside for.
  if (kind === 'manual') for (const source of context.sources) source.retryParked();
  await closeUnfinished(context, runs, slot);
  const all = await listPages(operations);
  const earlier = await readRun(observations, slot);
  const done = await pagesDone(observations, slot);
  const chosen = choose(context, request, all).filter(({ id }) => !done.has(id));
  const left = (earlier?.planned ?? []).filter((id) => !done.has(id));
  const wanted = new Set([...chosen.map(({ id }) => id), ...left]);
  const todo = all.filter(({ id }) => wanted.has(id));
  const planned = [...new Set([...(earlier?.planned ?? []), ...wanted])];
  const row = { slot, kind: earlier?.kind ?? kind, started: earlier?.started ?? started, planned };
  // A slot of the schedule is recorded even when nothing is due in it: it shows that the collection lives.
  const isRecorded = wanted.size > 0 || (!earlier && kind === 'schedule');
  if (isRecorded) await insertRuns(observations, [{ ...row, finished: null }]);

  const records: RecordContext = {
    observations,
    operations,
    clock,
    slot,
    late: started.getTime() - slot.getTime() > (settings.lateAfter ?? lateAfterUsually),
    zone: settings.zone,
    historyFrom: settings.historyFrom,
    stretch: 1,
    confirm,
  };
  const progress: RunProgress = { slot, done: 0, total: todo.length, posts: 0 };
  if (todo.length > 0) {
    context.onProgress?.({ ...progress });
    const rhythms = await readRhythms(observations, started);
    // Side by side: a network that does not answer must not hold up the others.
    const read = context.sources.map(async (source) => {
      const intervals = all
        .filter(({ network }) => network === source.network)
        .map((page) => {
          const rhythm = rhythms.get(page.id) ?? { postsPerDay: 0, last: null };
          return pollInterval(page.state, rhythm, started);
        });
      const stretch = quotaStretch(intervals, source.looksPerDay);
      const reading = new Reading(context, source, { ...records, stretch }, progress, rhythms);
      const pages = await reading.look(todo.filter(({ network }) => network === source.network));
      await reading.history(pages, looksPerDay(intervals, stretch));
    });
    const failed = (await Promise.allSettled(read)).find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }
  await confirm();
  await recordMissed(context, all, planned, slot);
  if (isRecorded) await insertRuns(observations, [{ ...row, finished: clock.now() }]);
  const outcomes = await countOutcomes(observations, slot);
  log.info({ slot, pages: planned.length, outcomes }, 'Run finished');
  return { slot, pages: planned.length, outcomes };
}

/** Runs that were cut short: what they left is missed, in the ledger and in the register. */
async function closeUnfinished(context: CollectionContext, runs: RunsUnderWay, except: Date): Promise<void> {
  const { operations, clock, log } = context;
  const pages = await listPages(operations);
  const missed = await closeUnfinishedRuns(context, runs, pages, except);
  if (missed.length === 0) return;
  log.warn({ pages: missed.length }, 'A run was cut short: what it left is recorded as missed');
  const byId = new Map(pages.map((page) => [page.id, page]));
  const changes = missed.flatMap(({ pageId, slot }) => {
    const page = byId.get(pageId);
    return page ? [{ id: pageId, changes: outcomeChanges(page, 'missed', slot, clock.now()) }] : [];
  });
  await updatePages(operations, changes);
}

function choose(context: CollectionContext, request: CollectionRequest, all: readonly Page[]): Page[] {
  const networks = new Set<string>(context.sources.map(({ network }) => network));
  const read = all.filter(({ network }) => networks.has(network));
  const { pages, slot } = request;
  if (pages === 'all') return read;
  if (pages === 'due') return read.filter((page) => isDue(page, slot));
  const page = read.find(({ id }) => id === pages.pageId);
  if (!page) {
    throw new CollectionRefused(
      `Page ${pages.pageId} cannot be collected: it is not in the register, or its network is not set up to be read.`,
    );
  }
  return [page];
}

/** What a run was told not to do any more, and what a source left out, is missed. */
async function recordMissed(
  context: CollectionContext,
  all: readonly Page[],
  planned: readonly number[],
  slot: Date,
): Promise<void> {
  const { observations, operations, clock, sources, signal } = context;
  const done = await pagesDone(observations, slot);
  const pages = new Map(all.map((page) => [page.id, page]));
  const left = planned.filter((id) => !done.has(id));
  const readable = new Set<string>(sources.map(({ network }) => network));
  const cause = (page: Page | undefined) => {
    if (!page) return missedCauses.removed;
    if (!readable.has(page.network)) return `the network ${page.network} is not set up to be read`;
    return signal?.aborted ? missedCauses.stopped : 'the source gave no answer for this page';
  };
  await insertOutcomes(
    observations,
    left.map((id) => {
      const page = pages.get(id);
      return missedRow({ id, state: page?.state ?? 'unresolved' }, slot, clock.now(), cause(page));
    }),
  );
  await updatePages(
    operations,
    left
      .flatMap((id) => pages.get(id) ?? [])
      .map((page) => ({ id: page.id, changes: outcomeChanges(page, 'missed', slot, clock.now()) })),
  );
}
