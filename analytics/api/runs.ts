import { formulaVersion } from '#domain/activity-index.ts';
import type { Outcome } from '#domain/vocabulary.ts';
import { outcomes } from '#domain/vocabulary.ts';
import type { ListAnswer, ListRequest } from './list-request.ts';
import { parseBounds, encodeCursor, parseLimit, decodeCursor } from './list-request.ts';
import { queryRuns } from '../queries/runs-page.ts';
import type { AnalyticsSources } from '../sources.ts';

/** A run in the shape of the API: how many pages were planned, and how the looks ended (every outcome, 0 too). */
export interface RunListRow {
  slot: string;
  started: string;
  finished: string | null;
  pages: number;
  outcomes: Record<Outcome, number>;
}

/**
 * Runs, newest first; `from` and `to` go by the slot. Throws `ListRequestError` or `PeriodError` for a request that
 * cannot be understood.
 */
export async function listRuns(
  sources: AnalyticsSources,
  request: Pick<ListRequest, 'from' | 'to' | 'limit' | 'cursor'>,
): Promise<ListAnswer<RunListRow>> {
  const limit = parseLimit(request);
  const { from, to } = parseBounds(sources, request);
  const [before] = request.cursor === undefined ? [] : decodeCursor(request.cursor, ['instant']);
  const end = before === undefined ? to : new Date(Math.min(to.getTime(), new Date(before).getTime()));
  const found = await queryRuns(sources.observations, { from, to: end, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map((run) => ({ ...run, outcomes: allOutcomes(run.outcomes) })),
    meta: {
      period: { from: request.from ?? null, to: request.to ?? null },
      zone: sources.zone,
      formulaVersion,
      nextCursor: found.length > limit && last ? encodeCursor([last.slot]) : null,
    },
  };
}

function allOutcomes(counted: Partial<Record<Outcome, number>>): Record<Outcome, number> {
  return Object.fromEntries(outcomes.map((outcome) => [outcome, counted[outcome] ?? 0])) as Record<
    Outcome,
    number
  >;
}
