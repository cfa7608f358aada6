import type { Outcome } from '../../domain/vocabulary.ts';
import type { Observations } from '../../schema/observations/connect.ts';

/** The newest run that has ended. */
export interface LastRun {
  slot: string;
  finished: string;
  planned: number[];
}

/** The newest finished run; `null` before the first one. */
export async function askLastRun(observations: Observations): Promise<LastRun | null> {
  const [run] = await observations.rows<LastRun>(`
    SELECT slot, assumeNotNull(runs.finished) AS finished, planned
    FROM ${observations.tables.runs} AS runs FINAL
    WHERE runs.finished IS NOT NULL
    ORDER BY slot DESC
    LIMIT 1`);
  return run ?? null;
}

/** How many pages' newest look ended in the same way. */
export interface OutcomeCount {
  outcome: Outcome;
  cause: string;
  pages: number;
}

/**
 * How the newest look at every registered page ended, by outcome and cause. A page that has been planned but never
 * looked at is not in it.
 */
export async function askNewestOutcomes(observations: Observations): Promise<OutcomeCount[]> {
  const { tables } = observations;
  return observations.rows<OutcomeCount>(`
    SELECT newest.1 AS outcome, newest.2 AS cause, toUInt32(count()) AS pages
    FROM (
      SELECT page_id, argMax((outcome, cause), slot) AS newest
      FROM ${tables.outcomes} FINAL
      WHERE page_id IN (SELECT page_id FROM ${tables.pages} FINAL WHERE is_deleted = 0)
      GROUP BY page_id
    )
    GROUP BY outcome, cause
    ORDER BY pages DESC, outcome, cause`);
}
