import type { Outcome } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';

/** A run and how its looks ended. */
export interface RunSummaryRow {
  slot: string;
  started: string;
  finished: string | null;
  pages: number;
  outcomes: Partial<Record<Outcome, number>>;
}

/** Runs with slots from `from` (inclusive) to `to` (exclusive), newest first. */
export async function queryRuns(
  observations: Observations,
  question: { from: Date; to: Date; limit: number },
): Promise<RunSummaryRow[]> {
  const { tables } = observations;
  return observations.rows<RunSummaryRow>(
    `
    -- queryRuns
    SELECT run.slot AS slot, run.started AS started, run.finished AS finished,
           toUInt32(greatest(length(run.planned), looks.pages)) AS pages, looks.outcomes AS outcomes
    FROM (
      SELECT slot, started, finished, planned
      FROM ${tables.runs} FINAL
      WHERE slot >= {from: DateTime64(3, 'UTC')} AND slot < {to: DateTime64(3, 'UTC')}
      ORDER BY slot DESC
      LIMIT {limit: UInt32}
    ) AS run
    LEFT JOIN (
      SELECT slot, sumMap(map(toString(outcome), toUInt32(1))) AS outcomes, count() AS pages
      FROM ${tables.outcomes} FINAL
      WHERE slot >= {from: DateTime64(3, 'UTC')} AND slot < {to: DateTime64(3, 'UTC')}
      GROUP BY slot
    ) AS looks ON looks.slot = run.slot
    ORDER BY slot DESC`,
    { from: question.from, to: question.to, limit: question.limit },
  );
}
