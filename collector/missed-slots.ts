import { createTask } from 'node-cron';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import type { RunRow } from '#schema/observations/tables/runs.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import type { Page } from '#schema/operations/pages.ts';
import { listPages, updatePages } from '#schema/operations/pages.ts';
import { commitRevisions, takeRevision } from '#schema/operations/revisions.ts';
import { under } from '#schema/revisions.ts';
import type { CollectionContext } from './context.ts';
import { missedRow, slotsWithRuns } from './ledger.ts';
import { isDue, longestInterval, nextDue } from './plan.ts';
import { outcomeChanges } from './record-looks.ts';

const minute = 60_000;
/** Slots longer ago are not looked back on: nothing is learnt from a longer list of what was missed. */
export const longestLookBack = 14 * 24 * 60 * minute;

/** The slots of a cron expression between two instants, both exclusive, at most 14 days back. */
export function slotsBetween(cron: string, zone: string, after: Date, before: Date): Date[] {
  const task = createTask(cron, () => undefined, { timezone: zone });
  const start = Math.max(after.getTime(), before.getTime() - longestLookBack);
  const slots: Date[] = [];
  for (let time = (Math.floor(start / minute) + 1) * minute; time < before.getTime(); time += minute) {
    const slot = new Date(time);
    if (task.match(slot)) slots.push(slot);
  }
  return slots;
}

/** Hours the page was planned with last; a page never looked at is missed once a day. */
function plannedHours(page: Page): number {
  if (!page.nextDue || !page.lastOutcomeSlot) return longestInterval;
  const hours = (page.nextDue.getTime() - page.lastOutcomeSlot.getTime()) / (60 * minute);
  return Math.max(1, Math.min(longestInterval, Math.round(hours)));
}

/**
 * Records slots in which nothing ran: a run, and the outcome `missed` for each page that was due in it by its own rhythm.
 * The pages stay due. A slot that has a run is left alone. Returns how many slots were recorded.
 */
export async function recordMissedSlots(
  context: CollectionContext,
  slots: readonly Date[],
  cause: string,
): Promise<number> {
  const { observations, operations, clock, sources } = context;
  const networks = new Set<string>(sources.map(({ network }) => network));
  const pages = (await listPages(operations)).filter(({ network }) => networks.has(network));
  const due = new Map(pages.map((page) => [page.id, page.nextDue]));
  const newest = new Map<number, Date>();
  const now = clock.now();
  const have = await slotsWithRuns(observations, slots);
  const outcomes: OutcomeRow[] = [];
  const runs: RunRow[] = [];
  for (const slot of slots) {
    if (have.has(slot.getTime())) continue;
    const missed = pages.filter(
      (page) => page.addedAt <= slot && isDue({ nextDue: due.get(page.id) ?? null }, slot),
    );
    outcomes.push(...missed.map((page) => missedRow(page, slot, now, cause)));
    runs.push({ slot, kind: 'schedule', started: now, finished: null, planned: missed.map(({ id }) => id) });
    for (const page of missed) {
      due.set(page.id, nextDue(slot, 'ok', plannedHours(page)));
      newest.set(page.id, slot);
    }
  }
  if (runs.length === 0) return 0;
  const about = { stream: 'observations', kind: 'run', summary: `missed: ${runs.length}` } as const;
  const revision = await takeRevision(operations, clock, about);
  const numbered = under(observations, revision);
  await insertRuns(numbered, runs);
  await insertOutcomes(numbered, outcomes);
  await insertRuns(
    numbered,
    runs.map((run) => ({ ...run, finished: now })),
  );
  await updatePages(
    operations,
    pages.flatMap((page) => {
      const slot = newest.get(page.id);
      return slot ? [{ id: page.id, changes: outcomeChanges(page, 'missed', slot, now) }] : [];
    }),
  );
  await commitRevisions(operations, revision.ids, clock.now());
  return runs.length;
}
