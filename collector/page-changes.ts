import { systemClock, type Clock } from '#domain/clock.ts';
import type { PageState } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { PageEventRow } from '#schema/observations/tables/page-events.ts';
import { insertPageEvents } from '#schema/observations/tables/page-events.ts';
import { insertMirroredPages } from '#schema/observations/tables/register-mirror.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { Page, PageChanges } from '#schema/operations/pages.ts';
import { getPage, updatePages } from '#schema/operations/pages.ts';
import { mirrorOfPage, touchesMirror } from '#schema/register-mirror.ts';
import { whileMirroring } from '#schema/revisions.ts';

/** What was learnt of a page, beside its posts. `undefined` and `null` in state and profile: not learnt. */
export interface Learnt {
  observed: Date;
  state?: PageState | null;
  name?: string | null;
  title?: string;
  /** The first local day known by now, and whether that is all that is wanted. */
  historyReached?: string;
  historyComplete?: boolean;
}

/** The changes of the register that what was learnt makes, and the events worth keeping. Pure. */
export function changesOf(page: Page, learnt: Learnt): { changes: PageChanges; events: PageEventRow[] } {
  const changes: PageChanges = {};
  const events: PageEventRow[] = [];
  const { observed, state, name, title, historyReached } = learnt;
  const event = (kind: PageEventRow['event'], before: string, after: string) =>
    events.push({ pageId: page.id, observed, event: kind, before, after });
  if (state && state !== page.state) {
    changes.state = state;
    changes.stateSince = observed;
    event('state', page.state, state);
  }
  if (name && name !== page.name) {
    changes.name = name;
    // The first name learnt, and another spelling of the same one, are no news.
    if (page.name && page.name.toLowerCase() !== name.toLowerCase()) event('renamed', page.name, name);
  }
  if (title && title !== page.title) {
    changes.title = title;
    if (page.title) event('title', page.title, title);
  }
  if (historyReached && (page.historyReached === null || historyReached < page.historyReached)) {
    changes.historyReached = historyReached;
    if (learnt.historyComplete) event('history_reached', page.historyReached ?? '', historyReached);
  }
  return { changes, events };
}

/**
 * Writes events (once: a replay after a crash does not repeat the newest one of its kind), then the register, then the
 * register's copy of the pages that a reader would see changed. Rejects with `PageTaken`.
 */
export async function writePageChanges(
  stores: { observations: Observations; operations: Operations; clock?: Pick<Clock, 'now'>; slot?: Date },
  pages: readonly { id: number; changes: PageChanges; events: readonly PageEventRow[] }[],
): Promise<void> {
  const { observations, operations } = stores;
  await insertPageEvents(
    observations,
    await newEvents(
      observations,
      pages.flatMap(({ events }) => events),
    ),
  );
  await updatePages(operations, pages);
  const mirrored = pages.filter(({ changes }) => touchesMirror(changes));
  if (mirrored.length === 0) return;
  const { clock = systemClock, slot } = stores;
  const about = { kind: 'run', summary: 'pages', ...(slot ? { slot } : {}) } as const;
  // Not under the run's number: an edit made since the run began has a greater one.
  await whileMirroring({ operations, observations, clock }, about, async (numbered) => {
    const read = await Promise.all(mirrored.map(({ id }) => getPage(operations, id)));
    const rows = read.flatMap((page) => (page && mirrorOfPage(page).row) ?? []);
    await insertMirroredPages(numbered, rows);
    return { result: undefined, whole: false };
  });
}

async function newEvents(
  observations: Observations,
  events: readonly PageEventRow[],
): Promise<PageEventRow[]> {
  if (events.length === 0) return [];
  const rows = await observations.rows<{ page_id: number; event: string; before: string; after: string }>(
    `-- newEvents
       SELECT page_id, event, before, after FROM ${observations.tables.page_events} FINAL
     WHERE page_id IN {pages: Array(UInt32)} ORDER BY observed DESC LIMIT 1 BY page_id, event`,
    { pages: events.map(({ pageId }) => pageId) },
  );
  const key = (page: number, event: string) => `${page} ${event}`;
  const newest = new Map(rows.map((row) => [key(row.page_id, row.event), row]));
  return events.filter(({ pageId, event, before, after }) => {
    const last = newest.get(key(pageId, event));
    return last?.before !== before || last.after !== after;
  });
}
