import { refreshAllRollups, refreshRollups } from '../analytics/rollups.ts';
import type { AnalyticsSources } from '../analytics/sources.ts';
import { storeRankings } from '../analytics/store-rankings.ts';
import type { RunSummary } from '../collector/context.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { getSetting, setSetting } from '../schema/operations/settings.ts';

/** Counts what runs have changed: rollups, then the rankings made of them. One after the other, never two at once. */
export interface Counting {
  /** After a run: what it changed. */
  count(summary: Pick<RunSummary, 'changed'>): Promise<void>;
  /** Everything again. */
  recount(): Promise<void>;
  /** Everything again in its turn. Asked for again before that has begun, it is done once. */
  recountSoon(): Promise<void>;
  /** Everything again when a run was not counted, because its process ended in between; tells whether it was so. */
  recountUnfinished(): Promise<boolean>;
  /** Resolves when nothing is being counted. */
  idle(): Promise<void>;
}

/** The instant at which everything collected until then was counted. */
const countedKey = 'rollups.counted';

/** Makes the counting of a process. */
export function createCounting(context: { operations: Operations; analytics: AnalyticsSources }): Counting {
  const { operations, analytics } = context;
  let last: Promise<unknown> = Promise.resolve();
  /** Counting failed: what the failed one would have counted is nowhere else. */
  let owesAll = false;
  let soon: Promise<void> | null = null;
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return await mine;
  };

  const run = async (changed: RunSummary['changed'] | 'all'): Promise<void> => {
    const at = analytics.clock.now();
    const isAll = changed === 'all' || owesAll;
    owesAll = true;
    if (isAll) await refreshAllRollups(analytics);
    else await refreshRollups(analytics, changed);
    await storeRankings(analytics);
    await setSetting(operations, countedKey, at.toISOString());
    owesAll = false;
  };

  return {
    count: (summary) => inTurn(() => run(summary.changed)),
    recount: () => inTurn(() => run('all')),
    recountSoon: () =>
      (soon ??= inTurn(async () => {
        soon = null;
        await run('all');
      })),
    recountUnfinished: () =>
      inTurn(async () => {
        const counted = await getSetting<string>(operations, countedKey);
        if (!(await hasRunSince(analytics, counted ? new Date(counted) : new Date(0)))) return false;
        await run('all');
        return true;
      }),
    idle: async () => {
      await last;
    },
  };
}

/** Whether a run began, or ended, or was cut short after the instant. */
async function hasRunSince({ observations }: AnalyticsSources, instant: Date): Promise<boolean> {
  const [row] = await observations.rows<{ runs: number }>(
    `
    SELECT toUInt32(count()) AS runs
    FROM ${observations.tables.runs} FINAL
    WHERE finished IS NULL OR finished > {instant: DateTime64(3, 'UTC')}`,
    { instant },
  );
  return (row?.runs ?? 0) > 0;
}
