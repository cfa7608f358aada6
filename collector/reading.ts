import { dayOf, endOfDay, startOfDay } from '#domain/period.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import type { Page } from '#schema/operations/pages.ts';
import { listPages } from '#schema/operations/pages.ts';
import type { CollectionContext, RunProgress } from './context.ts';
import { acceptedIn, chooseHistories } from './histories.ts';
import type { Rhythm } from './plan.ts';
import { historySteps, isDeep, postsToRequest, sinceFor } from './plan.ts';
import { askForDeleted } from './deleted-posts.ts';
import type { NetworkRecordContext, RecordContext } from './record.ts';
import type { HistoryPurpose, RecordedStep } from './record-history.ts';
import { recordHistory, withHistory } from './record-history.ts';
import { recordLooks } from './record-looks.ts';
import { resolveAgain, resolvePages } from './resolve.ts';
import type { HistoryChunk, Look, Source } from './source.ts';

/** What is written at once, at most: looks (or steps into the past), and posts. */
const batchItems = 50;
const batchPosts = 2_500;

/** The part of a run that reads one network. */
export class Reading {
  private readonly context: CollectionContext;
  private readonly source: Source;
  private readonly records: NetworkRecordContext;
  private readonly progress: RunProgress;
  private readonly rhythms: ReadonlyMap<number, Rhythm>;
  /** Outcomes of this run's looks, by page: what histories have to say is added to them. */
  private readonly outcomes = new Map<number, OutcomeRow>();

  constructor(
    context: CollectionContext,
    source: Source,
    records: RecordContext,
    progress: RunProgress,
    rhythms: ReadonlyMap<number, Rhythm>,
  ) {
    this.context = context;
    this.source = source;
    const confirming = {
      confirmAtOnce: source.confirmAtOnce,
      confirm: (request: Parameters<Source['confirm']>[0]) => source.confirm(request, context.signal),
    };
    this.records = { ...records, confirming };
    this.progress = progress;
    this.rhythms = rhythms;
  }

  /** Looks at the pages and records them batch by batch. Returns those that were read, and were so wholly. */
  async look(pages: readonly Page[]): Promise<Page[]> {
    const { clock, signal } = this.context;
    const { slot } = this.records;
    const known = await resolveAgain(this.records, this.source, pages, () => clock.now(), signal);
    const { ready, refused } = await resolvePages(
      this.records,
      this.source,
      known,
      () => clock.now(),
      signal,
    );
    const byId = new Map(ready.map((page) => [page.id, page]));
    this.tell(refused, 0);
    const requests = ready.map((page) => ({
      pageId: page.id,
      nativeId: page.nativeId ?? 0,
      name: page.name,
      title: page.title,
      newest: postsToRequest(page, slot, this.rhythms.get(page.id)),
      since: sinceFor(page, slot),
      accepts: acceptedIn(page.lookDoubt, clock.now()),
    }));
    const read: number[] = [];
    let batch: { page: Page; look: Look }[] = [];
    const flush = async () => {
      for (const { page, look, outcome } of await recordLooks(this.records, batch)) {
        this.outcomes.set(page.id, outcome);
        if (look.outcome === 'ok' || look.outcome === 'empty') read.push(page.id);
      }
      this.tell(
        batch.length,
        batch.reduce((sum, { look }) => sum + look.posts.length, 0),
      );
      batch = [];
      await this.context.beginBatch?.();
    };
    await this.context.beginBatch?.();
    for await (const look of this.source.look(requests, signal)) {
      const page = byId.get(look.pageId);
      if (!page) continue;
      batch.push({ page, look });
      const posts = batch.reduce((sum, each) => sum + each.look.posts.length, 0);
      if (batch.length >= batchItems || posts >= batchPosts) await flush();
    }
    await flush();
    const deep = ready.filter((page) => isDeep(page, slot) && read.includes(page.id));
    await askForDeleted(this.records, deep, slot);
    const now = new Map((await listPages(this.context.operations)).map((page) => [page.id, page]));
    return read.flatMap((id) => now.get(id) ?? []);
  }

  /** Goes on with the pasts of pages that were just read, as far as today's quota lets. */
  async history(pages: readonly Page[], looksPerDay: number): Promise<void> {
    const { signal, settings, clock } = this.context;
    const { historyFrom, zone } = settings;
    const now = clock.now();
    const chosen = chooseHistories(pages, { historyFrom, slot: this.records.slot, now });
    if (chosen.length === 0 || signal?.aborted) return;
    const dayLeft = (endOfDay(dayOf(now, zone), zone).getTime() - now.getTime()) / 86_400_000;
    const used = await this.source.looksUsed();
    let steps = historySteps({ looksPerDay: this.source.looksPerDay, used }, looksPerDay, dayLeft);
    if (steps === 0) {
      this.context.log.info(
        { pages: chosen.length },
        'Histories wait for tomorrow: the quota is kept for the looks',
      );
      return;
    }
    const byId = new Map(chosen.map(({ page }) => [page.id, page]));
    const purposes = new Map<number, HistoryPurpose>(chosen.map(({ page, purpose }) => [page.id, purpose]));
    const from = startOfDay(historyFrom, zone);
    const requests = chosen.map(({ page, place, accepts }) => ({
      pageId: page.id,
      nativeId: page.nativeId ?? 0,
      name: page.name,
      from,
      place,
      accepts,
    }));
    const said = new Map<number, Pick<RecordedStep, 'note' | 'dropped'>>();
    let batch: { page: Page; purpose: HistoryPurpose; chunk: HistoryChunk }[] = [];
    const flush = async () => {
      for (const step of await recordHistory(this.records, batch)) {
        byId.set(step.page.id, step.page);
        add(said, step);
      }
      this.tell(
        0,
        batch.reduce((sum, { chunk }) => sum + chunk.posts.length, 0),
      );
      batch = [];
      await this.context.beginBatch?.();
    };
    await this.context.beginBatch?.();
    for await (const chunk of this.source.history(requests, signal)) {
      steps -= 1;
      if (chunk.cause !== '') {
        this.context.log.warn({ page: chunk.pageId, cause: chunk.cause }, 'The history of a page stopped');
      } else {
        if (batch.some(({ page }) => page.id === chunk.pageId)) await flush();
        const page = byId.get(chunk.pageId);
        const purpose = purposes.get(chunk.pageId);
        if (page && purpose) batch.push({ page, purpose, chunk });
        // Behind an end that was none there is a past that is not known.
        if (purpose === 'verify' && !chunk.reached && !chunk.doubt) purposes.set(chunk.pageId, 'open');
        const posts = batch.reduce((sum, each) => sum + each.chunk.posts.length, 0);
        if (batch.length >= batchItems || posts >= batchPosts) await flush();
      }
      if (steps <= 0) break;
    }
    await flush();
    await this.writeSaid(said);
  }

  /** What the pasts had to say stands in the outcomes of their pages. */
  private async writeSaid(said: ReadonlyMap<number, Pick<RecordedStep, 'note' | 'dropped'>>): Promise<void> {
    const rows = [...said].flatMap(([pageId, each]) => {
      const outcome = this.outcomes.get(pageId);
      const isSilent = each.note === '' && Object.keys(each.dropped).length === 0;
      return outcome && !isSilent ? [withHistory(outcome, each)] : [];
    });
    if (rows.length > 0) await this.records.confirm();
    await insertOutcomes(this.context.observations, rows);
  }

  private tell(done: number, posts: number): void {
    this.progress.done += done;
    this.progress.posts += posts;
    this.context.onProgress?.({ ...this.progress });
  }
}

function add(said: Map<number, Pick<RecordedStep, 'note' | 'dropped'>>, step: RecordedStep): void {
  const { page, note, dropped } = step;
  const before = said.get(page.id) ?? { note: '', dropped: {} };
  const sum: Record<string, number> = { ...before.dropped };
  for (const [reason, count] of Object.entries(dropped)) sum[reason] = (sum[reason] ?? 0) + count;
  // The last word of a past is the one that holds.
  said.set(page.id, { note: note || before.note, dropped: sum });
}
