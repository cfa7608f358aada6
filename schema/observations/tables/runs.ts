import { instant, list, nullable, unsigned32, enumText } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';

/** What started a run: the schedule, a person, or the start of the process (making up for missed slots). */
export type RunKind = 'schedule' | 'manual' | 'start';

/** One run of the collector; its key is the slot. */
export interface RunRow {
  slot: Date;
  kind: RunKind;
  started: Date;
  /** `null` while it runs, or when it was cut short. */
  finished: Date | null;
  /** Ids of the pages due in it. */
  planned: readonly number[];
}

export const runs: TableWrite<RunRow> = {
  table: 'runs',
  recorded: false,
  columns: [
    column('slot', 'slot', instant),
    column('kind', 'kind', enumText<RunKind>()),
    column('started', 'started', instant),
    column('finished', 'finished', nullable(instant)),
    column('planned', 'planned', list(unsigned32)),
  ],
};

/** Writes runs: once when started, again when finished. Rejects with `ValueRefused`. */
export async function insertRuns(observations: Observations, rows: readonly RunRow[]): Promise<void> {
  await observations.insert(runs, rows);
}
