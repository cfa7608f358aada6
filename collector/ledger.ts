import type { Outcome } from '#domain/vocabulary.ts';
import { outcomes as outcomeNames } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { decodeRow, selectList } from '#schema/observations/table.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import type { RunRow } from '#schema/observations/tables/runs.ts';
import { insertRuns, runs } from '#schema/observations/tables/runs.ts';
import type { Page } from '#schema/operations/pages.ts';
import type { CollectionContext } from './context.ts';
import type { RunsUnderWay } from './run-lease.ts';

/** Why a page has the outcome `missed`. */
export const missedCauses = {
  interrupted: 'the run was interrupted: the process ended',
  stopped: 'stopped: the run was told to end',
  asleep: 'nothing was running at that time',
  cutOff: 'the databases could not be reached at that time',
  busy: 'the run before was still under way',
  removed: 'the page was taken out of the register',
} as const;

/** The run of a slot, or `null`. */
export async function readRun(observations: Observations, slot: Date): Promise<RunRow | null> {
  const rows = await observations.rows<Record<string, unknown>>(
    `-- readRun
       SELECT ${selectList(runs)} FROM ${observations.tables.runs} FINAL WHERE slot = {slot: DateTime64(3, 'UTC')}`,
    { slot },
  );
  return rows[0] ? decodeRow(runs, rows[0]) : null;
}

/** Which of the slots have a run, as milliseconds. */
export async function slotsWithRuns(
  observations: Observations,
  slots: readonly Date[],
): Promise<Set<number>> {
  const times = slots.map((slot) => slot.getTime());
  if (times.length === 0) return new Set();
  // Two weeks of slots a minute apart are more than a server takes as one parameter.
  const rows = await observations.rows<{ slot: string }>(
    `-- slotsWithRuns
       SELECT DISTINCT slot FROM ${observations.tables.runs}
     WHERE slot BETWEEN {first: DateTime64(3, 'UTC')} AND {last: DateTime64(3, 'UTC')}`,
    { first: new Date(Math.min(...times)), last: new Date(Math.max(...times)) },
  );
  return new Set(rows.map(({ slot }) => new Date(slot).getTime()));
}

/**
 * The newest slot up to the instant that has a run, or `null` when there is none. What lies ahead was written by a clock that
 * was wrong.
 */
export async function lastSlot(observations: Observations, until: Date): Promise<Date | null> {
  const rows = await observations.rows<{ slot: string }>(
    `-- lastSlot
       SELECT slot FROM ${observations.tables.runs} WHERE slot <= {until: DateTime64(3, 'UTC')} ORDER BY slot DESC LIMIT 1`,
    { until },
  );
  return rows[0] ? new Date(rows[0].slot) : null;
}

/** The pages that have an outcome in a slot. */
export async function pagesDone(observations: Observations, slot: Date): Promise<Set<number>> {
  const rows = await observations.rows<{ page_id: number }>(
    `-- pagesDone
       SELECT DISTINCT page_id FROM ${observations.tables.outcomes} WHERE slot = {slot: DateTime64(3, 'UTC')}`,
    { slot },
  );
  return new Set(rows.map((row) => row.page_id));
}

/** How the pages of a slot ended, counted. */
export async function countOutcomes(
  observations: Observations,
  slot: Date,
): Promise<Record<Outcome, number>> {
  const rows = await observations.rows<{ outcome: Outcome; pages: number }>(
    `-- countOutcomes
       SELECT outcome, toUInt32(count()) AS pages FROM ${observations.tables.outcomes} FINAL
     WHERE slot = {slot: DateTime64(3, 'UTC')} GROUP BY outcome`,
    { slot },
  );
  const counted = Object.fromEntries(outcomeNames.map((name) => [name, 0])) as Record<Outcome, number>;
  for (const { outcome, pages } of rows) counted[outcome] = pages;
  return counted;
}

/** The outcome of a planned page that was not looked at. */
export function missedRow(page: Pick<Page, 'id' | 'state'>, slot: Date, at: Date, cause: string): OutcomeRow {
  return {
    pageId: page.id,
    slot,
    outcome: 'missed',
    cause,
    state: page.state,
    started: at,
    finished: at,
    postsSeen: 0,
    postsNew: 0,
    dropped: {},
  };
}

/**
 * Ends runs that were cut short: what they planned and did not do is recorded as missed. Runs that are under way, in
 * whatever process, are left alone; so is that of `except`. Returns the pages missed, with their slots.
 */
export async function closeUnfinishedRuns(
  { observations, clock }: Pick<CollectionContext, 'observations' | 'clock'>,
  underWay: Pick<RunsUnderWay, 'take'>,
  pages: readonly Page[],
  except: Date,
): Promise<{ pageId: number; slot: Date }[]> {
  const rows = await observations.rows<{ slot: string }>(
    `-- closeUnfinishedRuns
       SELECT slot FROM ${observations.tables.runs} FINAL WHERE finished IS NULL ORDER BY slot`,
  );
  const missed: { pageId: number; slot: Date }[] = [];
  for (const slot of rows.map((row) => new Date(row.slot))) {
    const held = slot.getTime() === except.getTime() ? null : await underWay.take(slot);
    if (!held) continue;
    try {
      const run = await readRun(observations, slot);
      // It may have ended while we looked.
      if (run?.finished !== null) continue;
      const left = await closeRun(observations, run, pages, clock.now());
      missed.push(...left.map((pageId) => ({ pageId, slot })));
    } finally {
      await held.release();
    }
  }
  return missed;
}

async function closeRun(
  observations: Observations,
  run: RunRow,
  pages: readonly Page[],
  now: Date,
): Promise<number[]> {
  const states = new Map(pages.map((page) => [page.id, page.state]));
  const done = await pagesDone(observations, run.slot);
  const left = run.planned.filter((id) => !done.has(id));
  const state = (id: number) => states.get(id) ?? 'unresolved';
  await insertOutcomes(
    observations,
    left.map((id) => missedRow({ id, state: state(id) }, run.slot, now, missedCauses.interrupted)),
  );
  await insertRuns(observations, [{ ...run, finished: now }]);
  return left;
}
