import { dayOf, endOfDay, startOfDay } from '../domain/period.ts';
import type { Page } from '../schema/operations/pages.ts';
import { listPages } from '../schema/operations/pages.ts';
import type { CollectionContext, RunProgress } from './context.ts';
import type { Rhythm } from './plan.ts';
import { historySteps, newestFor, sinceFor } from './plan.ts';
import type { RecordContext } from './record.ts';
import { recordHistory, recordLooks } from './record.ts';
import { resolvePages } from './resolve.ts';
import type { HistoryChunk, HistoryPlace, Look, Source } from './source.ts';

/** What is written at once, at most: looks (or steps into the past), and posts. */
const batchItems = 50;
const batchPosts = 2_500;

/** Where a page's past was read to; `null` at its beginning. */
function placeOf(page: Page): HistoryPlace | null {
  if (page.historyCursor === null) return null;
  return { id: page.historyCursor, published: page.historyPublished, offset: page.historyOffset };
}

/** The part of a run that reads one network. */
export class Reading {
  private readonly context: CollectionContext;
  private readonly source: Source;
  private readonly records: RecordContext;
  private readonly progress: RunProgress;
  private readonly rhythms: ReadonlyMap<number, Rhythm>;

  constructor(
    context: CollectionContext,
    source: Source,
    records: RecordContext,
    progress: RunProgress,
    rhythms: ReadonlyMap<number, Rhythm>,
  ) {
    this.context = context;
    this.source = source;
    this.records = records;
    this.progress = progress;
    this.rhythms = rhythms;
  }

  /** Looks at the pages and records them batch by batch. Returns those that were read, and were so wholly. */
  async look(pages: readonly Page[]): Promise<Page[]> {
    const { clock, signal } = this.context;
    const { slot } = this.records;
    const ready = await resolvePages(this.records, this.source, pages, () => clock.now(), signal);
    const byId = new Map(ready.map((page) => [page.id, page]));
    this.tell(pages.length - ready.length, 0);
    const requests = ready.map((page) => ({
      pageId: page.id,
      nativeId: page.nativeId ?? 0,
      name: page.name,
      newest: newestFor(page, slot, this.rhythms.get(page.id)),
      since: sinceFor(page, slot),
    }));
    const read: number[] = [];
    let batch: { page: Page; look: Look }[] = [];
    const flush = async () => {
      await recordLooks(this.records, batch);
      this.tell(
        batch.length,
        batch.reduce((sum, { look }) => sum + look.posts.length, 0),
      );
      batch = [];
    };
    for await (const look of this.source.look(requests, signal)) {
      const page = byId.get(look.pageId);
      if (!page) continue;
      batch.push({ page, look });
      if (look.outcome === 'ok' || look.outcome === 'empty') read.push(page.id);
      const posts = batch.reduce((sum, each) => sum + each.look.posts.length, 0);
      if (batch.length >= batchItems || posts >= batchPosts) await flush();
    }
    await flush();
    const now = new Map((await listPages(this.context.operations)).map((page) => [page.id, page]));
    return read.flatMap((id) => now.get(id) ?? []);
  }

  /** Goes on with the histories of pages that were just read, as far as today's quota lets. */
  async history(pages: readonly Page[], looksPerDay: number): Promise<void> {
    const { signal, settings, clock } = this.context;
    const { historyFrom, zone } = settings;
    const open = pages.filter((page) => page.historyReached === null || page.historyReached > historyFrom);
    if (open.length === 0 || signal?.aborted) return;
    const now = clock.now();
    const dayLeft = (endOfDay(dayOf(now, zone), zone).getTime() - now.getTime()) / 86_400_000;
    const used = await this.source.looksUsed();
    let steps = historySteps({ looksPerDay: this.source.looksPerDay, used }, looksPerDay, dayLeft);
    if (steps === 0) {
      this.context.log.info(
        { pages: open.length },
        'Histories wait for tomorrow: the quota is kept for the looks',
      );
      return;
    }
    const byId = new Map(open.map((page) => [page.id, page]));
    const from = startOfDay(historyFrom, zone);
    const requests = open.map((page) => ({
      pageId: page.id,
      nativeId: page.nativeId ?? 0,
      name: page.name,
      from,
      place: placeOf(page),
    }));
    let batch: { page: Page; chunk: HistoryChunk }[] = [];
    const flush = async () => {
      for (const page of await recordHistory(this.records, batch)) byId.set(page.id, page);
      this.tell(
        0,
        batch.reduce((sum, { chunk }) => sum + chunk.posts.length, 0),
      );
      batch = [];
    };
    for await (const chunk of this.source.history(requests, signal)) {
      steps -= 1;
      if (chunk.cause !== '') {
        this.context.log.warn({ page: chunk.pageId, cause: chunk.cause }, 'The history of a page stopped');
      } else {
        if (batch.some(({ page }) => page.id === chunk.pageId)) await flush();
        const page = byId.get(chunk.pageId);
        if (page) batch.push({ page, chunk });
        const posts = batch.reduce((sum, each) => sum + each.chunk.posts.length, 0);
        if (batch.length >= batchItems || posts >= batchPosts) await flush();
      }
      if (steps <= 0) break;
    }
    await flush();
  }

  private tell(done: number, posts: number): void {
    this.progress.done += done;
    this.progress.posts += posts;
    this.context.onProgress?.({ ...this.progress });
  }
}
